-- Orders of open sessions. Finished ones leave for order_history, so these tables stay small for ever.

CREATE TABLE order_counters (
    store_id      uuid    NOT NULL CONSTRAINT order_counters_store_fkey REFERENCES stores (id),
    business_date date    NOT NULL,
    last_number   integer NOT NULL CONSTRAINT order_counters_last_number_check CHECK (last_number > 0),
    CONSTRAINT order_counters_pkey PRIMARY KEY (store_id, business_date)
) WITH (fillfactor = 50);

CREATE TABLE orders (
    store_id        uuid        NOT NULL,
    id              uuid        NOT NULL,
    session_id      uuid        NOT NULL,
    table_id        uuid        NOT NULL,
    device_id       uuid        NOT NULL,
    order_number    text        NOT NULL CONSTRAINT orders_order_number_check CHECK (order_number ~ '^ORD-[0-9]{8}-[0-9]{4,7}$'),
    business_date   date        NOT NULL,
    status          text        NOT NULL DEFAULT 'pending' CONSTRAINT orders_status_check CHECK (status IN ('pending', 'preparing', 'completed')),
    total_amount    bigint      NOT NULL CONSTRAINT orders_total_amount_check CHECK (total_amount BETWEEN 0 AND 100000000000000),
    note            text        CONSTRAINT orders_note_check CHECK (char_length(note) BETWEEN 1 AND 200),
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by uuid,
    CONSTRAINT orders_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT orders_order_number_key UNIQUE (store_id, order_number),
    CONSTRAINT orders_session_fkey FOREIGN KEY (store_id, session_id) REFERENCES table_sessions (store_id, id),
    CONSTRAINT orders_table_fkey FOREIGN KEY (store_id, table_id) REFERENCES tables (store_id, id),
    CONSTRAINT orders_device_fkey FOREIGN KEY (store_id, device_id) REFERENCES devices (store_id, id),
    CONSTRAINT orders_acknowledged_by_fkey FOREIGN KEY (store_id, acknowledged_by) REFERENCES users (store_id, id)
);

CREATE INDEX orders_session ON orders (store_id, session_id, created_at DESC, id DESC);

CREATE TABLE order_items (
    store_id   uuid     NOT NULL,
    order_id   uuid     NOT NULL,
    line       smallint NOT NULL CONSTRAINT order_items_line_check CHECK (line BETWEEN 0 AND 49),
    menu_id    uuid     NOT NULL,
    menu_name  text     NOT NULL CONSTRAINT order_items_menu_name_check CHECK (char_length(menu_name) BETWEEN 1 AND 100),
    menu_price bigint   NOT NULL CONSTRAINT order_items_menu_price_check CHECK (menu_price BETWEEN 1 AND 100000000),
    quantity   integer  NOT NULL CONSTRAINT order_items_quantity_check CHECK (quantity BETWEEN 1 AND 99),
    -- The chosen options as they were: [{"option_id", "group_name", "name", "price"}]
    options    jsonb    NOT NULL DEFAULT '[]' CONSTRAINT order_items_options_check CHECK (jsonb_typeof(options) = 'array'),
    note       text     CONSTRAINT order_items_note_check CHECK (char_length(note) BETWEEN 1 AND 200),
    subtotal   bigint   NOT NULL CONSTRAINT order_items_subtotal_check CHECK (subtotal >= menu_price * quantity),
    CONSTRAINT order_items_pkey PRIMARY KEY (store_id, order_id, line),
    CONSTRAINT order_items_order_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id) ON DELETE CASCADE,
    CONSTRAINT order_items_menu_fkey FOREIGN KEY (store_id, menu_id) REFERENCES menus (store_id, id)
);

-- Every change of status keeps who and when; archived with the order.
CREATE TABLE order_timeline (
    store_id   uuid        NOT NULL,
    order_id   uuid        NOT NULL,
    id         uuid        NOT NULL,
    status     text        NOT NULL CONSTRAINT order_timeline_status_check CHECK (status IN ('pending', 'preparing', 'completed')),
    user_id    uuid        NOT NULL,
    reason     text        CONSTRAINT order_timeline_reason_check CHECK (char_length(reason) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL,
    CONSTRAINT order_timeline_pkey PRIMARY KEY (store_id, order_id, id),
    CONSTRAINT order_timeline_order_fkey FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id) ON DELETE CASCADE,
    CONSTRAINT order_timeline_user_fkey FOREIGN KEY (store_id, user_id) REFERENCES users (store_id, id)
);

-- An order is placed at most once per key, and whoever asks again gets the same answer.
CREATE TABLE idempotency_keys (
    store_id     uuid        NOT NULL CONSTRAINT idempotency_keys_store_fkey REFERENCES stores (id),
    key          uuid        NOT NULL,
    -- SHA-256 over table and body: the same key with anything else is a conflict.
    request_hash bytea       NOT NULL CONSTRAINT idempotency_keys_request_hash_check CHECK (octet_length(request_hash) = 32),
    response     jsonb       NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (store_id, key)
);

CREATE INDEX idempotency_keys_age ON idempotency_keys USING brin (created_at);

-- The lines of an order in their wire form.
CREATE FUNCTION order_items_json(p_store uuid, p_order uuid) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE AS
$$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'menu_id', i.menu_id, 'menu_name', i.menu_name, 'menu_price', i.menu_price, 'quantity', i.quantity,
               'options', i.options, 'note', i.note, 'subtotal', i.subtotal) ORDER BY i.line), '[]')
      FROM order_items i WHERE i.store_id = p_store AND i.order_id = p_order
$$;

-- Orders in their wire form: what the API answers and what events carry.
CREATE VIEW order_documents AS
SELECT o.store_id, o.id, o.session_id, o.table_id, o.status, o.created_at,
       jsonb_build_object(
           'id', o.id, 'order_number', o.order_number, 'table_id', o.table_id, 'table_number', t.table_number,
           'session_id', o.session_id, 'status', o.status, 'total_amount', o.total_amount, 'note', o.note,
           'created_at', o.created_at, 'updated_at', o.updated_at, 'acknowledged_at', o.acknowledged_at,
           'items', order_items_json(o.store_id, o.id)) AS document
  FROM orders o
  JOIN tables t ON t.store_id = o.store_id AND t.id = o.table_id;
