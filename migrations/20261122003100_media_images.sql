-- The pictures that a store has uploaded: a dish names one of these and no other. The pictures themselves, one file for
-- each width, are kept outside the database under their key.

CREATE TABLE images (
    store_id     uuid        NOT NULL CONSTRAINT images_store_fkey REFERENCES stores (id),
    -- The hash of the picture's content. Two stores may have the same picture.
    key          text        NOT NULL CONSTRAINT images_key_check CHECK (key ~ '^[0-9a-f]{32}$'),
    created_at   timestamptz NOT NULL,
    -- Since when no dish names it, as far as the hourly job or the upload knows; null while one does.
    unused_since timestamptz,
    CONSTRAINT images_pkey PRIMARY KEY (store_id, key)
);

-- For the hourly job, across stores.
CREATE INDEX images_of_key ON images (key);
CREATE INDEX images_unused ON images (unused_since) WHERE unused_since IS NOT NULL;

INSERT INTO images (store_id, key, created_at)
SELECT DISTINCT store_id, image_key, now() FROM menus WHERE image_key IS NOT NULL AND deleted_at IS NULL;
