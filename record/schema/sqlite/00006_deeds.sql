-- +goose Up
-- Who acted or agreed when, for looking up what may be the same act.
CREATE TABLE deeds (
    party TEXT NOT NULL,                -- state, or name of whoever has none
    root  TEXT NOT NULL,                -- PLOVER root; of agreements AGREE
    day   TEXT NOT NULL,                -- known day of the report
    item  INTEGER NOT NULL,
    PRIMARY KEY (party, root, day, item)
) WITHOUT ROWID;
INSERT INTO deeds SELECT DISTINCT CASE p.state WHEN '' THEN p.name ELSE p.state END, CASE i.kind WHEN 'agreement' THEN 'AGREE' ELSE i.type END, p.day, p.item
    FROM parties p JOIN items i ON i.number = p.item WHERE p.item_kind IN ('act', 'agreement');

-- +goose Down
DROP TABLE deeds;
