-- +goose Up
-- What questions filter by stands in the index of words as tags (record/tags.go),
-- which replaces indexes of single columns. The index holds no copy of the words.
DROP TRIGGER items_words;
DROP TRIGGER items_unwords;
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
    words, speaker, target, tags,
    content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO search (rowid, words, speaker, target, tags)
SELECT i.number, i.words, i.speaker, i.target, casus_tag('k', i.kind) || ' ' || casus_hash('o', r.outlet)
    || ' e' || replace(r.known, '-', '') || ' d' || substr(replace(r.known, '-', ''), 1, 6) || ' y' || substr(r.known, 1, 4)
    || iif(i.type = '', '', ' ' || casus_tag('t', i.type)) || iif(i.status = '', '', ' ' || casus_tag('u', i.status))
    || iif(i.instrument = '', '', ' ' || casus_hash('i', i.instrument)) || iif(i.within = '', ' w0', '')
    || CASE i.held WHEN '' THEN '' WHEN 'day' THEN ' hd' || replace(i.held_from, '-', '') WHEN 'month' THEN ' hm' || substr(replace(i.held_from, '-', ''), 1, 6)
        WHEN 'year' THEN ' hy' || substr(i.held_from, 1, 4) WHEN 'decade' THEN ' hx' || substr(i.held_from, 1, 4)
        ELSE ' ho' || substr(i.held_from, 1, 4) || ' hp' || substr(i.held_from, 1, 3) || ' hq' || substr(i.held_from, 1, 2) END
    || coalesce((SELECT group_concat(t, '') FROM (SELECT DISTINCT t FROM (
        SELECT ' ' || casus_hash('n', p.name) AS t FROM parties p WHERE p.item = i.number
        UNION ALL SELECT ' ' || casus_tag('c', p.state) FROM parties p WHERE p.item = i.number AND p.state <> ''
        UNION ALL SELECT ' ' || casus_tag('c', p.state || CASE p.role WHEN 'source' THEN 'f' ELSE substr(p.role, 1, 1) END)
            FROM parties p WHERE p.item = i.number AND p.state <> ''))), '')
    FROM items i JOIN reports r ON r.number = i.report ORDER BY i.number;
-- +goose StatementBegin
CREATE TRIGGER items_unwords AFTER DELETE ON items BEGIN
    DELETE FROM search WHERE rowid = old.number;
END;
-- +goose StatementEnd
DROP INDEX items_type;
DROP INDEX items_instrument;
DROP INDEX items_held;
DROP INDEX parties_state;
DROP INDEX parties_name;

-- The words of all reports as they are written, folded: what word* may mean.
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT OR IGNORE INTO vocabulary SELECT w.value FROM items i, json_each(casus_words(i.words || ' ' || i.speaker || ' ' || i.target)) w;

-- +goose Down
DROP TABLE vocabulary;
CREATE INDEX parties_name ON parties (name, item);
CREATE INDEX parties_state ON parties (state, item);
CREATE INDEX items_held ON items (held, held_from);
CREATE INDEX items_instrument ON items (instrument) WHERE instrument <> '';
CREATE INDEX items_type ON items (type);
DROP TRIGGER items_unwords;
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
    words, speaker, target,
    content = 'items', content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO search (search) VALUES ('rebuild');
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
