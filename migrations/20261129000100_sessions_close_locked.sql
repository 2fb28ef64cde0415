-- The end of a stay waits for whoever is changing one of its orders, and they wait for it: what history keeps is
-- what was answered.
--
-- Locks are taken in one order everywhere: table, session, its orders (by id), calls, counters.

CREATE OR REPLACE FUNCTION close_session(p_store uuid, p_session uuid, p_reason text, p_user uuid, p_now timestamptz)
    RETURNS TABLE (table_id uuid, order_count bigint, total_amount bigint)
    LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
    v_session table_sessions%ROWTYPE;
BEGIN
    UPDATE table_sessions SET closed_at = p_now, close_reason = p_reason, closed_by = p_user
        WHERE store_id = p_store AND id = p_session AND closed_at IS NULL
        RETURNING * INTO v_session;
    IF NOT FOUND THEN
        RETURN;
    END IF;

    -- A status, a recall or a removal under way is waited for; the statements below see what became of it. New
    -- orders wait for the session's row.
    PERFORM 1 FROM orders o WHERE o.store_id = p_store AND o.session_id = p_session ORDER BY o.id FOR UPDATE;

    INSERT INTO order_history (store_id, business_date, id, session_id, session_opened_at, table_id, table_number,
                               order_number, status, total_amount, note, ordered_at, completed_at, items, timeline)
    SELECT o.store_id, o.business_date, o.id, o.session_id, v_session.opened_at, o.table_id, t.table_number,
           o.order_number, o.status, o.total_amount, o.note, o.created_at, p_now,
           order_items_json(o.store_id, o.id),
           (SELECT coalesce(jsonb_agg(jsonb_build_object('status', l.status, 'user_id', l.user_id, 'reason', l.reason,
                       'created_at', l.created_at) ORDER BY l.created_at, l.id), '[]')
              FROM order_timeline l WHERE l.store_id = o.store_id AND l.order_id = o.id)
      FROM orders o
      JOIN tables t ON t.store_id = o.store_id AND t.id = o.table_id
     WHERE o.store_id = p_store AND o.session_id = p_session;

    RETURN QUERY
        WITH gone AS (
            DELETE FROM orders o WHERE o.store_id = p_store AND o.session_id = p_session RETURNING o.total_amount AS amount
        )
        SELECT v_session.table_id, count(*), coalesce(sum(amount), 0)::bigint FROM gone;

    -- Nobody is there any more to be served.
    UPDATE calls c SET acknowledged_at = p_now, acknowledged_by = p_user
        WHERE c.store_id = p_store AND c.table_id = v_session.table_id AND c.acknowledged_at IS NULL;

    PERFORM append_event(p_store, 'session-closed', v_session.table_id,
        jsonb_build_object('session_id', p_session, 'table_id', v_session.table_id, 'reason', p_reason), p_now);
END
$$;
