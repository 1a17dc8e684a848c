-- +goose Up
CREATE TABLE drafts (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    ref        TEXT NOT NULL UNIQUE,    -- HASH#ID of the agreement that it was first drafted from
    instrument TEXT NOT NULL,           -- id that the draft has
    title      TEXT NOT NULL,
    parties    TEXT NOT NULL,           -- codes, sorted, between commas: ",AFG,PAK,"
    signed     TEXT NOT NULL,           -- as finely as read; empty if unknown
    words      TEXT NOT NULL,           -- treaty file as first drafted
    added      TEXT NOT NULL
);
CREATE INDEX drafts_parties ON drafts (parties);

CREATE TABLE grounds (
    draft      INTEGER NOT NULL REFERENCES drafts,
    place      INTEGER NOT NULL,        -- in the order in which they came, from 1
    report     INTEGER NOT NULL REFERENCES reports,
    agreement  TEXT NOT NULL,           -- id within the document
    statements TEXT NOT NULL,           -- JSON: ids within the document
    spans      TEXT NOT NULL,           -- JSON: [[start, end], ...] in bytes of its text
    words      TEXT NOT NULL,           -- treaty file as drafted from this report
    added      TEXT NOT NULL,
    PRIMARY KEY (draft, place),
    UNIQUE (draft, report)
);
CREATE INDEX grounds_report ON grounds (report);

CREATE TABLE decisions (
    draft        INTEGER NOT NULL REFERENCES drafts,
    number       INTEGER NOT NULL,      -- within the draft, from 1
    verdict      TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject', 'reopen')),
    who          TEXT NOT NULL,
    why          TEXT NOT NULL,
    made         TEXT NOT NULL,
    grounds      TEXT NOT NULL,         -- JSON: hashes of the reports that the text rests on
    words_before TEXT NOT NULL,         -- treaty files; the latter empty where nothing stands any more
    words_after  TEXT NOT NULL,
    PRIMARY KEY (draft, number)
);
-- +goose StatementBegin
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN
    SELECT RAISE(ABORT, 'decisions are only added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions BEGIN
    SELECT RAISE(ABORT, 'decisions are only added');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER decisions_remain;
DROP TRIGGER decisions_stay;
DROP TABLE decisions;
DROP TABLE grounds;
DROP TABLE drafts;
