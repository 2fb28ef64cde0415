-- The menu. Deleting is soft: orders keep pointing at what they were made of.

CREATE TABLE categories (
    store_id      uuid        NOT NULL CONSTRAINT categories_store_fkey REFERENCES stores (id),
    id            uuid        NOT NULL,
    name          text        NOT NULL CONSTRAINT categories_name_check CHECK (char_length(name) BETWEEN 1 AND 50 AND name = btrim(name)),
    -- {"en": {"name": …, "description": …}, …}
    translations  jsonb       NOT NULL DEFAULT '{}' CONSTRAINT categories_translations_check CHECK (jsonb_typeof(translations) = 'object'),
    display_order integer     NOT NULL DEFAULT 0 CONSTRAINT categories_display_order_check CHECK (display_order >= 0),
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    deleted_at    timestamptz,
    CONSTRAINT categories_pkey PRIMARY KEY (store_id, id)
);

CREATE UNIQUE INDEX categories_name_key ON categories (store_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE menus (
    store_id      uuid        NOT NULL CONSTRAINT menus_store_fkey REFERENCES stores (id),
    id            uuid        NOT NULL,
    category_id   uuid        NOT NULL,
    name          text        NOT NULL CONSTRAINT menus_name_check CHECK (char_length(name) BETWEEN 1 AND 100 AND name = btrim(name)),
    description   text        CONSTRAINT menus_description_check CHECK (char_length(description) BETWEEN 1 AND 1000),
    translations  jsonb       NOT NULL DEFAULT '{}' CONSTRAINT menus_translations_check CHECK (jsonb_typeof(translations) = 'object'),
    price         bigint      NOT NULL CONSTRAINT menus_price_check CHECK (price BETWEEN 1 AND 100000000),
    -- The content hash under which the picture's widths are stored.
    image_key     text        CONSTRAINT menus_image_key_check CHECK (image_key ~ '^[0-9a-f]{32}$'),
    badges        text[]      NOT NULL DEFAULT '{}' CONSTRAINT menus_badges_check CHECK (badges <@ ARRAY['popular', 'new']),
    spicy_level   smallint    NOT NULL DEFAULT 0 CONSTRAINT menus_spicy_level_check CHECK (spicy_level BETWEEN 0 AND 3),
    display_order integer     NOT NULL DEFAULT 0 CONSTRAINT menus_display_order_check CHECK (display_order >= 0),
    is_available  boolean     NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    deleted_at    timestamptz,
    CONSTRAINT menus_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT menus_category_fkey FOREIGN KEY (store_id, category_id) REFERENCES categories (store_id, id)
);

CREATE INDEX menus_category ON menus (store_id, category_id, display_order) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX menus_name_key ON menus (store_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE option_groups (
    store_id      uuid     NOT NULL,
    id            uuid     NOT NULL,
    menu_id       uuid     NOT NULL,
    name          text     NOT NULL CONSTRAINT option_groups_name_check CHECK (char_length(name) BETWEEN 1 AND 50),
    translations  jsonb    NOT NULL DEFAULT '{}' CONSTRAINT option_groups_translations_check CHECK (jsonb_typeof(translations) = 'object'),
    min_choices   smallint NOT NULL CONSTRAINT option_groups_min_choices_check CHECK (min_choices BETWEEN 0 AND 50),
    max_choices   smallint NOT NULL,
    display_order integer  NOT NULL DEFAULT 0 CONSTRAINT option_groups_display_order_check CHECK (display_order >= 0),
    CONSTRAINT option_groups_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT option_groups_menu_fkey FOREIGN KEY (store_id, menu_id) REFERENCES menus (store_id, id),
    CONSTRAINT option_groups_max_choices_check CHECK (max_choices BETWEEN GREATEST(min_choices, 1) AND 50)
);

CREATE INDEX option_groups_menu ON option_groups (store_id, menu_id, display_order);

CREATE TABLE options (
    store_id      uuid    NOT NULL,
    id            uuid    NOT NULL,
    group_id      uuid    NOT NULL,
    name          text    NOT NULL CONSTRAINT options_name_check CHECK (char_length(name) BETWEEN 1 AND 50),
    translations  jsonb   NOT NULL DEFAULT '{}' CONSTRAINT options_translations_check CHECK (jsonb_typeof(translations) = 'object'),
    price         bigint  NOT NULL DEFAULT 0 CONSTRAINT options_price_check CHECK (price BETWEEN 0 AND 100000000),
    is_available  boolean NOT NULL DEFAULT true,
    display_order integer NOT NULL DEFAULT 0 CONSTRAINT options_display_order_check CHECK (display_order >= 0),
    CONSTRAINT options_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT options_group_fkey FOREIGN KEY (store_id, group_id) REFERENCES option_groups (store_id, id) ON DELETE CASCADE
);

CREATE INDEX options_group ON options (store_id, group_id, display_order);
