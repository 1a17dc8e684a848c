-- +goose Up
-- What parties are counted by stands beside them, so that counting reads an index alone.
ALTER TABLE parties ADD COLUMN item_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE parties ADD COLUMN day TEXT NOT NULL DEFAULT '';        -- known day of the report
ALTER TABLE parties ADD COLUMN superseded TEXT NOT NULL DEFAULT ''; -- that of the report
ALTER TABLE parties ADD COLUMN again INTEGER NOT NULL DEFAULT 0;    -- bits: an earlier party of the item has the same 1 state, 2 name; and role: 4 state, 8 name
UPDATE parties SET item_kind = i.kind, day = r.known, superseded = r.superseded
    FROM items i JOIN reports r ON r.number = i.report WHERE i.number = parties.item;
UPDATE parties SET again =
    1 * EXISTS (SELECT 1 FROM parties o WHERE o.item = parties.item AND o.place < parties.place AND o.state = parties.state) +
    2 * EXISTS (SELECT 1 FROM parties o WHERE o.item = parties.item AND o.place < parties.place AND o.name = parties.name) +
    4 * EXISTS (SELECT 1 FROM parties o WHERE o.item = parties.item AND o.place < parties.place AND o.state = parties.state AND o.role = parties.role) +
    8 * EXISTS (SELECT 1 FROM parties o WHERE o.item = parties.item AND o.place < parties.place AND o.name = parties.name AND o.role = parties.role);
CREATE INDEX parties_state_days ON parties (state, item_kind, day, superseded, role, again);
CREATE INDEX parties_name_days ON parties (name, item_kind, day, superseded, role, again);
CREATE INDEX reports_days ON reports (known, superseded, outlet, statements, acts, agreements);

CREATE TABLE names (
    role   TEXT NOT NULL,               -- as in parties
    name   TEXT NOT NULL,
    kind   TEXT NOT NULL,
    state  TEXT NOT NULL,
    folded TEXT NOT NULL,               -- the name in lower case without accents
    items  INTEGER NOT NULL,            -- of the latest versions
    first  TEXT NOT NULL,               -- known day of the first and last report, of earlier versions and readings too
    last   TEXT NOT NULL,
    PRIMARY KEY (role, name, kind, state)
) WITHOUT ROWID;
INSERT INTO names SELECT role, name, kind, state, lower(name), count(DISTINCT CASE WHEN superseded = '' THEN item END), min(day), max(day)
    FROM parties GROUP BY role, name, kind, state;

-- +goose Down
DROP TABLE names;
DROP INDEX reports_days;
DROP INDEX parties_name_days;
DROP INDEX parties_state_days;
ALTER TABLE parties DROP COLUMN again;
ALTER TABLE parties DROP COLUMN superseded;
ALTER TABLE parties DROP COLUMN day;
ALTER TABLE parties DROP COLUMN item_kind;
