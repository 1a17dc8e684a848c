-- +goose Up
-- What speakers say, in the form in which package check compares it. Made from the
-- readings, so that it can be made again; 0: not made yet.
ALTER TABLE reports ADD COLUMN claims INTEGER NOT NULL DEFAULT 0; -- the form in which they were made
CREATE TABLE claims (
    report    INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    place     INTEGER NOT NULL,
    statement TEXT NOT NULL,            -- id within the document
    speaker   TEXT NOT NULL,
    kind      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    spans     TEXT NOT NULL,            -- JSON: [[start, end], ...] in bytes of the document's text
    words     TEXT NOT NULL,            -- of the text
    said      TEXT NOT NULL,            -- JSON: the rest of the claim
    PRIMARY KEY (report, place)
) WITHOUT ROWID;
CREATE INDEX claims_speaker ON claims (speaker, kind, subject, report);

-- +goose Down
DROP TABLE claims;
ALTER TABLE reports DROP COLUMN claims;
