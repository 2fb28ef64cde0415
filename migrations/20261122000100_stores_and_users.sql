-- Stores (tenants) and the managers of each. store_id leads every key of every table that follows.

CREATE TABLE stores (
    id                   uuid        NOT NULL CONSTRAINT stores_pkey PRIMARY KEY,
    code                 text        NOT NULL CONSTRAINT stores_code_key UNIQUE
                                     CONSTRAINT stores_code_check CHECK (code ~ '^[a-z0-9-]{3,40}$'),
    name                 text        NOT NULL CONSTRAINT stores_name_key UNIQUE
                                     CONSTRAINT stores_name_check CHECK (char_length(name) BETWEEN 1 AND 100 AND name = btrim(name)),
    currency             text        NOT NULL DEFAULT 'KRW' CONSTRAINT stores_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    timezone             text        NOT NULL DEFAULT 'Asia/Seoul' CONSTRAINT stores_timezone_check CHECK (char_length(timezone) BETWEEN 1 AND 64),
    day_starts_at        time        NOT NULL DEFAULT '05:00',
    session_max_minutes  integer     NOT NULL DEFAULT 960 CONSTRAINT stores_session_max_check CHECK (session_max_minutes BETWEEN 30 AND 2880),
    session_idle_minutes integer     NOT NULL DEFAULT 120 CONSTRAINT stores_session_idle_check CHECK (session_idle_minutes BETWEEN 10 AND 2880),
    warn_after_minutes   integer     NOT NULL DEFAULT 5 CONSTRAINT stores_warn_after_check CHECK (warn_after_minutes BETWEEN 1 AND 240),
    late_after_minutes   integer     NOT NULL DEFAULT 10,
    menu_version         bigint      NOT NULL DEFAULT 1 CONSTRAINT stores_menu_version_check CHECK (menu_version > 0),
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT stores_late_after_check CHECK (late_after_minutes BETWEEN warn_after_minutes AND 480)
);

CREATE TABLE users (
    store_id              uuid        NOT NULL CONSTRAINT users_store_fkey REFERENCES stores (id),
    id                    uuid        NOT NULL,
    username              text        NOT NULL CONSTRAINT users_username_check CHECK (char_length(username) BETWEEN 1 AND 50 AND username = btrim(username)),
    password_hash         text        NOT NULL CONSTRAINT users_password_hash_check CHECK (char_length(password_hash) BETWEEN 20 AND 255),
    is_active             boolean     NOT NULL DEFAULT true,
    failed_login_attempts integer     NOT NULL DEFAULT 0 CONSTRAINT users_failed_login_attempts_check CHECK (failed_login_attempts >= 0),
    locked_until          timestamptz,
    -- Tokens carry the version they were issued under; raising it ends them all.
    credential_version    integer     NOT NULL DEFAULT 1 CONSTRAINT users_credential_version_check CHECK (credential_version > 0),
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (store_id, id)
);

-- Unique within the store; upper and lower case are the same name.
CREATE UNIQUE INDEX users_username_key ON users (store_id, lower(username));

-- Who changed what. Append-only: no code path updates or deletes a row.
CREATE TABLE audit_log (
    store_id   uuid        NOT NULL CONSTRAINT audit_log_store_fkey REFERENCES stores (id),
    id         uuid        NOT NULL,
    user_id    uuid,
    action     text        NOT NULL CONSTRAINT audit_log_action_check CHECK (char_length(action) BETWEEN 1 AND 60),
    entity     text        NOT NULL CONSTRAINT audit_log_entity_check CHECK (char_length(entity) BETWEEN 1 AND 40),
    entity_id  uuid        NOT NULL,
    before     jsonb,
    after      jsonb,
    reason     text        CONSTRAINT audit_log_reason_check CHECK (char_length(reason) <= 200),
    request_id text        CONSTRAINT audit_log_request_id_check CHECK (char_length(request_id) <= 64),
    created_at timestamptz NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (store_id, id)
);

CREATE INDEX audit_log_newest ON audit_log (store_id, created_at DESC, id DESC);
CREATE INDEX audit_log_entity ON audit_log (store_id, entity, entity_id, created_at DESC);

-- The business day of an instant. The ONE place where this is decided: order numbers, history filters and
-- reports all call it.
CREATE FUNCTION business_date(p_at timestamptz, p_timezone text, p_day_starts_at time) RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ((p_at AT TIME ZONE p_timezone) - p_day_starts_at::interval)::date;
