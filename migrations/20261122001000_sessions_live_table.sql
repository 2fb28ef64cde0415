-- Nobody sits down at a table that is being removed: whoever opens a session there, or moves one there, waits
-- for the removal and finds the table gone. (The removal waits for sessions that come first.)

CREATE FUNCTION ensure_live_table() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM 1 FROM tables t
        WHERE t.store_id = NEW.store_id AND t.id = NEW.table_id AND t.deleted_at IS NULL FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the table is removed'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'table_sessions_live_table';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER table_sessions_live_table BEFORE INSERT OR UPDATE OF table_id ON table_sessions
    FOR EACH ROW EXECUTE FUNCTION ensure_live_table();
