-- +goose Up
CREATE TABLE reports (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    hash       TEXT NOT NULL UNIQUE,    -- SHA-256 of the bytes as published, hexadecimal
    page       TEXT NOT NULL,           -- what versions of one report share: its address, else outlet and id
    version    INTEGER NOT NULL,        -- of the page, from 1
    digest     TEXT NOT NULL,           -- SHA-256 of what was read from the bytes: head and text
    id         TEXT NOT NULL,
    url        TEXT NOT NULL,
    outlet     TEXT NOT NULL,
    title      TEXT NOT NULL,
    published  TEXT NOT NULL,           -- as fine as known; empty if unknown
    known      TEXT NOT NULL,           -- day from which the record may use it
    added      TEXT NOT NULL,           -- when it was added, RFC 3339 in UTC
    superseded TEXT NOT NULL,           -- first day on which a later version is known; empty if there is none
    statements INTEGER NOT NULL,
    acts       INTEGER NOT NULL,
    agreements INTEGER NOT NULL,
    UNIQUE (page, version)
);
CREATE INDEX reports_id ON reports (id);
CREATE INDEX reports_outlet ON reports (outlet);
CREATE INDEX reports_counts ON reports (version, statements, acts, agreements);

-- The readings stand apart, so that a walk over the reports stays short.
CREATE TABLE documents (
    report   INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    document TEXT NOT NULL              -- JSON (docs/format/reading.md)
);

CREATE TABLE items (
    number        INTEGER PRIMARY KEY,  -- 1048576 × its report + its place: in the order of reports
    report        INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    kind          TEXT NOT NULL CHECK (kind IN ('report', 'statement', 'act', 'agreement')),
    id            TEXT NOT NULL,        -- within the document
    type          TEXT NOT NULL,        -- of a statement its verbal act, of an act its PLOVER root, of an agreement its form
    status        TEXT NOT NULL,
    within        TEXT NOT NULL,        -- the statement whose words these are; empty for the outlet's
    instrument    TEXT NOT NULL,
    held          TEXT NOT NULL CHECK (held IN ('', 'day', 'month', 'year', 'decade', 'open')),
    held_from     TEXT NOT NULL,        -- days, half-open; both empty if unknown, held_to empty if it has no end
    held_to       TEXT NOT NULL,
    words         TEXT NOT NULL,
    speaker       TEXT NOT NULL,
    target        TEXT NOT NULL
);
CREATE INDEX items_report ON items (report);
CREATE INDEX items_type ON items (type);
CREATE INDEX items_instrument ON items (instrument) WHERE instrument <> '';
CREATE INDEX items_held ON items (held, held_from);

CREATE TABLE parties (
    item  INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
    place INTEGER NOT NULL,
    role  TEXT NOT NULL CHECK (role IN ('speaker', 'source', 'target', 'party')),
    kind  TEXT NOT NULL,
    name  TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (item, place)
) WITHOUT ROWID;
CREATE INDEX parties_state ON parties (state, item);
CREATE INDEX parties_name ON parties (name, item);

CREATE VIRTUAL TABLE search USING fts5 (
    words, speaker, target,
    content = 'items', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);
-- +goose StatementBegin
CREATE TRIGGER items_words AFTER INSERT ON items BEGIN
    INSERT INTO search (rowid, words, speaker, target) VALUES (new.number, new.words, new.speaker, new.target);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER items_unwords AFTER DELETE ON items BEGIN
    INSERT INTO search (search, rowid, words, speaker, target) VALUES ('delete', old.number, old.words, old.speaker, old.target);
END;
-- +goose StatementEnd

CREATE TABLE judgements (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT NOT NULL CHECK (kind IN ('act', 'person', 'agreement', 'report')),
    a       TEXT NOT NULL,              -- HASH#ID of an item, or a name; a < b
    b       TEXT NOT NULL,
    same    BOOLEAN NOT NULL,
    who     TEXT NOT NULL,
    why     TEXT NOT NULL,
    made    TEXT NOT NULL,
    undone  TEXT NOT NULL DEFAULT '',   -- when it was taken back; nothing is deleted
    undoer  TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, a, b, made)
);
CREATE INDEX judgements_b ON judgements (b);

-- +goose Down
DROP TABLE judgements;
DROP TABLE search;
DROP TABLE parties;
DROP TABLE items;
DROP TABLE documents;
DROP TABLE reports;
