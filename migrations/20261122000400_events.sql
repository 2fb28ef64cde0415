-- The outbox: every change writes its event in its own transaction. seq is gap-free per store, and because
-- the counter row stays locked until commit, events become visible in the order of seq.

CREATE TABLE event_counters (
    store_id uuid   NOT NULL CONSTRAINT event_counters_pkey PRIMARY KEY
                    CONSTRAINT event_counters_store_fkey REFERENCES stores (id),
    last_seq bigint NOT NULL CONSTRAINT event_counters_last_seq_check CHECK (last_seq >= 0)
) WITH (fillfactor = 50);

CREATE TABLE store_events (
    store_id   uuid        NOT NULL CONSTRAINT store_events_store_fkey REFERENCES stores (id),
    seq        bigint      NOT NULL CONSTRAINT store_events_seq_check CHECK (seq > 0),
    kind       text        NOT NULL CONSTRAINT store_events_kind_check CHECK (kind IN (
                   'order-created', 'order-updated', 'order-deleted', 'call-created', 'call-acknowledged',
                   'session-closed', 'table-changed', 'menu-changed')),
    -- The table that the event is about; NULL concerns the whole store.
    table_id   uuid,
    payload    jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT store_events_pkey PRIMARY KEY (store_id, seq)
);

-- Removal after 48 h reads across stores, by age.
CREATE INDEX store_events_age ON store_events USING brin (created_at);

CREATE FUNCTION append_event(p_store uuid, p_kind text, p_table uuid, p_payload jsonb, p_now timestamptz) RETURNS bigint
    LANGUAGE plpgsql AS
$$
DECLARE
    v_seq bigint;
BEGIN
    INSERT INTO event_counters AS c (store_id, last_seq) VALUES (p_store, 1)
        ON CONFLICT (store_id) DO UPDATE SET last_seq = c.last_seq + 1
        RETURNING last_seq INTO v_seq;
    INSERT INTO store_events (store_id, seq, kind, table_id, payload, created_at)
        VALUES (p_store, v_seq, p_kind, p_table, p_payload, p_now);
    RETURN v_seq;
END
$$;

-- Every change of a menu ends with this, in the same transaction.
CREATE FUNCTION touch_menu(p_store uuid, p_now timestamptz) RETURNS bigint
    LANGUAGE plpgsql AS
$$
DECLARE
    v_version bigint;
BEGIN
    UPDATE stores SET menu_version = menu_version + 1 WHERE id = p_store RETURNING menu_version INTO v_version;
    PERFORM append_event(p_store, 'menu-changed', NULL, jsonb_build_object('version', v_version), p_now);
    RETURN v_version;
END
$$;
