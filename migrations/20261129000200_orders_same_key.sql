-- The same key and body get the answer of then even if the table was finished while the second attempt waited, and
-- an order that ends a stay counts its number before the event of that end, as every order does: two such orders
-- do not wait for each other.

-- The store's next number of a business day; the counter stays locked until the commit.
CREATE FUNCTION next_order_number(p_store uuid, p_date date) RETURNS integer
    LANGUAGE sql AS
$$
    INSERT INTO order_counters AS c (store_id, business_date, last_number) VALUES (p_store, p_date, 1)
        ON CONFLICT (store_id, business_date) DO UPDATE SET last_number = c.last_number + 1
        RETURNING last_number
$$;

CREATE OR REPLACE FUNCTION place_order(p_store uuid, p_table uuid, p_device uuid, p_key uuid, p_request_hash bytea,
                            p_menu_version bigint, p_order jsonb, p_new_session uuid, p_now timestamptz,
                            OUT outcome text, OUT response jsonb, OUT seq bigint)
    LANGUAGE plpgsql AS
$$
DECLARE
    v_at      record;
    v_session table_sessions%ROWTYPE;
    v_known   idempotency_keys%ROWTYPE;
    v_date    date;
    v_number  integer;
    v_reason  text;
    v_fresh   boolean := false;
BEGIN
    SELECT * INTO v_known FROM idempotency_keys k WHERE k.store_id = p_store AND k.key = p_key;
    IF FOUND THEN
        outcome := CASE WHEN v_known.request_hash = p_request_hash THEN 'replayed' ELSE 'key_conflict' END;
        response := v_known.response;
        RETURN;
    END IF;

    SELECT s.menu_version, s.timezone, s.day_starts_at, s.session_max_minutes, s.session_idle_minutes, t.table_number
        INTO v_at FROM stores s
        JOIN tables t ON t.store_id = s.id AND t.id = p_table AND t.deleted_at IS NULL
        JOIN devices d ON d.store_id = s.id AND d.id = p_device AND d.table_id = t.id AND d.revoked_at IS NULL
        WHERE s.id = p_store;
    IF NOT FOUND THEN
        outcome := 'refused';
        RETURN;
    END IF;
    IF v_at.menu_version <> p_menu_version THEN
        outcome := 'menu_changed';
        RETURN;
    END IF;

    v_date := business_date(p_now, v_at.timezone, v_at.day_starts_at);
    LOOP
        -- The session's row is the lock that orders of one table, and the end of its session, wait for.
        SELECT * INTO v_session FROM table_sessions s
            WHERE s.store_id = p_store AND s.table_id = p_table AND s.closed_at IS NULL FOR UPDATE;
        -- The same request may have gone through while this one waited, and even the stay that it was of have ended.
        SELECT * INTO v_known FROM idempotency_keys k WHERE k.store_id = p_store AND k.key = p_key;
        IF FOUND THEN
            outcome := CASE WHEN v_known.request_hash = p_request_hash THEN 'replayed' ELSE 'key_conflict' END;
            response := v_known.response;
            RETURN;
        END IF;
        IF v_session.id IS NOT NULL THEN
            v_reason := session_end_reason(v_session.opened_at, v_session.last_order_at,
                                           v_at.session_max_minutes, v_at.session_idle_minutes, p_now);
            EXIT WHEN v_reason IS NULL;
            -- Numbers are counted before events, always: two orders never wait for each other. Nothing below refuses
            -- an order that has ended a stay, so no number is lost.
            v_number := next_order_number(p_store, v_date);
            PERFORM close_session(p_store, v_session.id, v_reason, NULL, p_now);
        END IF;
        INSERT INTO table_sessions (store_id, id, table_id, opened_at, last_order_at)
            VALUES (p_store, p_new_session, p_table, p_now, p_now)
            ON CONFLICT (store_id, table_id) WHERE closed_at IS NULL DO NOTHING
            RETURNING * INTO v_session;
        v_fresh := FOUND;
        -- Another order was first: its session is seen now.
        CONTINUE WHEN NOT v_fresh;
        EXIT WHEN v_number IS NOT NULL;
        -- The insertion may have waited as well.
        SELECT * INTO v_known FROM idempotency_keys k WHERE k.store_id = p_store AND k.key = p_key;
        EXIT WHEN NOT FOUND;
        DELETE FROM table_sessions s WHERE s.store_id = p_store AND s.id = v_session.id;
        outcome := CASE WHEN v_known.request_hash = p_request_hash THEN 'replayed' ELSE 'key_conflict' END;
        response := v_known.response;
        RETURN;
    END LOOP;
    IF NOT v_fresh THEN
        -- Deleted orders do not count: staff can make room.
        IF (SELECT count(*) FROM (SELECT FROM orders o WHERE o.store_id = p_store AND o.session_id = v_session.id LIMIT 200) AS o)
           >= 200 THEN
            outcome := 'too_many';
            RETURN;
        END IF;
        UPDATE table_sessions s SET last_order_at = greatest(s.last_order_at, p_now)
            WHERE s.store_id = p_store AND s.id = v_session.id;
    END IF;

    -- From here on the store's counters are locked until the commit.
    v_number := coalesce(v_number, next_order_number(p_store, v_date));

    response := p_order || jsonb_build_object(
        'session_id', v_session.id,
        'table_number', v_at.table_number,
        'order_number', 'ORD-' || to_char(v_date, 'YYYYMMDD') || '-' || lpad(v_number::text, greatest(4, length(v_number::text)), '0'));

    INSERT INTO orders (store_id, id, session_id, table_id, device_id, order_number, business_date, total_amount, note, created_at, updated_at)
        VALUES (p_store, (p_order ->> 'id')::uuid, v_session.id, p_table, p_device, response ->> 'order_number', v_date,
                (p_order ->> 'total_amount')::bigint, p_order ->> 'note', p_now, p_now);
    INSERT INTO order_items (store_id, order_id, line, menu_id, menu_name, menu_price, quantity, options, note, subtotal)
        SELECT p_store, (p_order ->> 'id')::uuid, (i.ordinality - 1)::smallint, (i.item ->> 'menu_id')::uuid, i.item ->> 'menu_name',
               (i.item ->> 'menu_price')::bigint, (i.item ->> 'quantity')::integer, i.item -> 'options', i.item ->> 'note',
               (i.item ->> 'subtotal')::bigint
          FROM jsonb_array_elements(p_order -> 'items') WITH ORDINALITY AS i (item, ordinality);
    INSERT INTO idempotency_keys (store_id, key, request_hash, response, created_at)
        VALUES (p_store, p_key, p_request_hash, response, p_now);
    seq := append_event(p_store, 'order-created', p_table, response, p_now);
    outcome := 'placed';
END
$$;
