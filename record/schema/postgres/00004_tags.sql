-- +goose Up
-- What questions filter by stands in the index of words as tags (record/tags.go),
-- which replaces indexes of single columns.
ALTER TABLE search ADD COLUMN tags TSVECTOR NOT NULL DEFAULT '';
UPDATE search SET tags = array_to_tsvector(t.tags) FROM (
    SELECT i.number, ARRAY['k' || lower(i.kind) || '0', 'o' || left(md5(r.outlet), 10) || '0',
        'e' || replace(r.known, '-', ''), 'd' || left(replace(r.known, '-', ''), 6), 'y' || left(r.known, 4)]
        || CASE i.type WHEN '' THEN '{}' ELSE ARRAY['t' || lower(regexp_replace(i.type, '[^A-Za-z0-9]', '', 'g')) || '0'] END
        || CASE i.status WHEN '' THEN '{}' ELSE ARRAY['u' || lower(regexp_replace(i.status, '[^A-Za-z0-9]', '', 'g')) || '0'] END
        || CASE i.instrument WHEN '' THEN '{}' ELSE ARRAY['i' || left(md5(i.instrument), 10) || '0'] END
        || CASE i.within WHEN '' THEN ARRAY['w0'] ELSE '{}' END
        || CASE i.held WHEN '' THEN '{}' WHEN 'day' THEN ARRAY['hd' || replace(i.held_from, '-', '')] WHEN 'month' THEN ARRAY['hm' || left(replace(i.held_from, '-', ''), 6)]
            WHEN 'year' THEN ARRAY['hy' || left(i.held_from, 4)] WHEN 'decade' THEN ARRAY['hx' || left(i.held_from, 4)]
            ELSE ARRAY['ho' || left(i.held_from, 4), 'hp' || left(i.held_from, 3), 'hq' || left(i.held_from, 2)] END
        || coalesce((SELECT array_agg('n' || left(md5(p.name), 10) || '0') FROM parties p WHERE p.item = i.number), '{}')
        || coalesce((SELECT array_agg('c' || lower(regexp_replace(p.state, '[^A-Za-z0-9]', '', 'g')) || '0') FROM parties p WHERE p.item = i.number AND p.state <> ''), '{}')
        || coalesce((SELECT array_agg('c' || lower(regexp_replace(p.state, '[^A-Za-z0-9]', '', 'g')) || CASE p.role WHEN 'source' THEN 'f' ELSE left(p.role, 1) END || '0')
            FROM parties p WHERE p.item = i.number AND p.state <> ''), '{}') AS tags
    FROM items i JOIN reports r ON r.number = i.report) AS t WHERE t.number = search.item;
DROP INDEX search_words;
DROP INDEX search_speaker;
DROP INDEX search_target;
CREATE INDEX search_all ON search USING gin (words, speaker, target, tags);
DROP INDEX items_type;
DROP INDEX items_instrument;
DROP INDEX items_held;
DROP INDEX parties_state;
DROP INDEX parties_name;

-- +goose Down
CREATE INDEX parties_name ON parties (name, item);
CREATE INDEX parties_state ON parties (state, item);
CREATE INDEX items_held ON items (held, held_from);
CREATE INDEX items_instrument ON items (instrument) WHERE instrument <> '';
CREATE INDEX items_type ON items (type);
DROP INDEX search_all;
CREATE INDEX search_target ON search USING gin (target);
CREATE INDEX search_speaker ON search USING gin (speaker);
CREATE INDEX search_words ON search USING gin (words);
ALTER TABLE search DROP COLUMN tags;
