-- +goose Up
CREATE TABLE reports (
    number     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash       TEXT COLLATE "C" NOT NULL UNIQUE,    -- SHA-256 of the bytes as published, hexadecimal
    page       TEXT COLLATE "C" NOT NULL,           -- what versions of one report share: its address, else outlet and id
    version    INTEGER NOT NULL,        -- of the page, from 1
    digest     TEXT NOT NULL,           -- SHA-256 of what was read from the bytes: head and text
    id         TEXT COLLATE "C" NOT NULL,
    url        TEXT NOT NULL,
    outlet     TEXT COLLATE "C" NOT NULL,
    title      TEXT NOT NULL,
    published  TEXT COLLATE "C" NOT NULL,           -- as fine as known; empty if unknown
    known      TEXT COLLATE "C" NOT NULL,           -- day from which the record may use it
    added      TEXT NOT NULL,           -- when it was added, RFC 3339 in UTC
    superseded TEXT COLLATE "C" NOT NULL, -- first day on which a later version is known; empty if there is none
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
    report   BIGINT PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    document TEXT NOT NULL              -- JSON (docs/format/reading.md)
);

CREATE TABLE items (
    number        BIGINT PRIMARY KEY,   -- 1048576 × its report + its place: in the order of reports
    report        BIGINT NOT NULL REFERENCES reports ON DELETE CASCADE,
    kind          TEXT COLLATE "C" NOT NULL CHECK (kind IN ('report', 'statement', 'act', 'agreement')),
    id            TEXT COLLATE "C" NOT NULL,        -- within the document
    type          TEXT COLLATE "C" NOT NULL,        -- of a statement its verbal act, of an act its PLOVER root, of an agreement its form
    status        TEXT NOT NULL,
    within        TEXT NOT NULL,        -- the statement whose words these are; empty for the outlet's
    instrument    TEXT NOT NULL,
    held          TEXT COLLATE "C" NOT NULL CHECK (held IN ('', 'day', 'month', 'year', 'decade', 'open')),
    held_from     TEXT COLLATE "C" NOT NULL,        -- days, half-open; both empty if unknown, held_to empty if it has no end
    held_to       TEXT COLLATE "C" NOT NULL,
    words         TEXT NOT NULL,
    speaker       TEXT NOT NULL,
    target        TEXT NOT NULL
);
CREATE INDEX items_report ON items (report);
CREATE INDEX items_type ON items (type);
CREATE INDEX items_instrument ON items (instrument) WHERE instrument <> '';
CREATE INDEX items_held ON items (held, held_from);

CREATE TABLE parties (
    item  BIGINT NOT NULL REFERENCES items ON DELETE CASCADE,
    place INTEGER NOT NULL,
    role  TEXT COLLATE "C" NOT NULL CHECK (role IN ('speaker', 'source', 'target', 'party')),
    kind  TEXT COLLATE "C" NOT NULL,
    name  TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (item, place)
);
CREATE INDEX parties_state ON parties (state, item);
CREATE INDEX parties_name ON parties (name, item);

-- Stems as SQLite's tokenizer does, and keeps every word: no stop words.
CREATE TEXT SEARCH DICTIONARY casus_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION casus (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION casus ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH casus_stem;

CREATE TABLE search (
    item    BIGINT PRIMARY KEY REFERENCES items ON DELETE CASCADE,
    words   TSVECTOR NOT NULL,
    speaker TSVECTOR NOT NULL,
    target  TSVECTOR NOT NULL
);
CREATE INDEX search_words ON search USING gin (words);
CREATE INDEX search_speaker ON search USING gin (speaker);
CREATE INDEX search_target ON search USING gin (target);

CREATE TABLE judgements (
    number  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind    TEXT COLLATE "C" NOT NULL CHECK (kind IN ('act', 'person', 'agreement', 'report')),
    a       TEXT COLLATE "C" NOT NULL,              -- HASH#ID of an item, or a name; a < b
    b       TEXT COLLATE "C" NOT NULL,
    same    BOOLEAN NOT NULL,
    who     TEXT NOT NULL,
    why     TEXT NOT NULL,
    made    TEXT COLLATE "C" NOT NULL,
    undone  TEXT NOT NULL DEFAULT '',   -- when it was taken back; nothing is deleted
    undoer  TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, a, b, made)
);
CREATE INDEX judgements_b ON judgements (b);

-- +goose Down
DROP TABLE judgements;
DROP TABLE search;
DROP TEXT SEARCH CONFIGURATION casus;
DROP TEXT SEARCH DICTIONARY casus_stem;
DROP TABLE parties;
DROP TABLE items;
DROP TABLE documents;
DROP TABLE reports;
