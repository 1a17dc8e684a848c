-- +goose Up
-- Who acted or agreed when, for looking up what may be the same act.
CREATE TABLE deeds (
    party TEXT COLLATE "C" NOT NULL,                -- state, or name of whoever has none
    root  TEXT COLLATE "C" NOT NULL,                -- PLOVER root; of agreements AGREE
    day   TEXT COLLATE "C" NOT NULL,                -- known day of the report
    item  BIGINT NOT NULL,
    PRIMARY KEY (party, root, day, item)
);
INSERT INTO deeds SELECT DISTINCT CASE p.state WHEN '' THEN p.name ELSE p.state END, CASE i.kind WHEN 'agreement' THEN 'AGREE' ELSE i.type END, p.day, p.item
    FROM parties p JOIN items i ON i.number = p.item WHERE p.item_kind IN ('act', 'agreement');

-- +goose Down
DROP TABLE deeds;
