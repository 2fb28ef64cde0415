-- Orders of ended sessions: one row each, never edited, partitioned by the month of the business date.

CREATE TABLE order_history (
    store_id          uuid        NOT NULL,
    business_date     date        NOT NULL,
    id                uuid        NOT NULL,
    session_id        uuid        NOT NULL,
    session_opened_at timestamptz NOT NULL,
    table_id          uuid        NOT NULL,
    table_number      text        NOT NULL,
    order_number      text        NOT NULL,
    status            text        NOT NULL CONSTRAINT order_history_status_check CHECK (status IN ('pending', 'preparing', 'completed')),
    total_amount      bigint      NOT NULL CONSTRAINT order_history_total_amount_check CHECK (total_amount >= 0),
    note              text,
    ordered_at        timestamptz NOT NULL,
    -- When the table was finished.
    completed_at      timestamptz NOT NULL,
    items             jsonb       NOT NULL CONSTRAINT order_history_items_check CHECK (jsonb_typeof(items) = 'array'),
    timeline          jsonb       NOT NULL CONSTRAINT order_history_timeline_check CHECK (jsonb_typeof(timeline) = 'array'),
    CONSTRAINT order_history_pkey PRIMARY KEY (store_id, business_date, id)
) PARTITION BY RANGE (business_date);

CREATE INDEX order_history_table ON order_history (store_id, table_id, completed_at DESC, id DESC);

-- Makes the partitions of a month and of the months after it that are missing; says how many it made.
-- The server calls it at start and every hour, three months ahead.
CREATE FUNCTION ensure_order_history_partitions(p_from date, p_months integer) RETURNS integer
    LANGUAGE plpgsql AS
$$
DECLARE
    v_first date;
    v_name  text;
    v_made  integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('order_history_partitions'));
    FOR i IN 0..p_months LOOP
        v_first := (date_trunc('month', p_from) + make_interval(months => i))::date;
        v_name := 'order_history_' || to_char(v_first, 'YYYY_MM');
        IF to_regclass(v_name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF order_history FOR VALUES FROM (%L) TO (%L)',
                           v_name, v_first, (v_first + interval '1 month')::date);
            v_made := v_made + 1;
        END IF;
    END LOOP;
    RETURN v_made;
END
$$;

SELECT ensure_order_history_partitions((now() - interval '1 month')::date, 4);
