-- Tables, the devices signed in at them, and table sessions: one party's stay each. Two lifetimes, kept
-- apart: a device stays signed in for months, a session lasts from a party's first order to its end.

CREATE TABLE tables (
    store_id              uuid        NOT NULL CONSTRAINT tables_store_fkey REFERENCES stores (id),
    id                    uuid        NOT NULL,
    table_number          text        NOT NULL CONSTRAINT tables_table_number_check CHECK (char_length(table_number) BETWEEN 1 AND 20 AND table_number = btrim(table_number)),
    password_hash         text        NOT NULL CONSTRAINT tables_password_hash_check CHECK (char_length(password_hash) BETWEEN 20 AND 255),
    failed_login_attempts integer     NOT NULL DEFAULT 0 CONSTRAINT tables_failed_login_attempts_check CHECK (failed_login_attempts >= 0),
    locked_until          timestamptz,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    deleted_at            timestamptz,
    CONSTRAINT tables_pkey PRIMARY KEY (store_id, id)
);

CREATE UNIQUE INDEX tables_table_number_key ON tables (store_id, lower(table_number)) WHERE deleted_at IS NULL;

CREATE TABLE devices (
    store_id                 uuid        NOT NULL,
    id                       uuid        NOT NULL,
    table_id                 uuid        NOT NULL,
    label                    text        CONSTRAINT devices_label_check CHECK (char_length(label) BETWEEN 1 AND 50),
    app_version              text        CONSTRAINT devices_app_version_check CHECK (char_length(app_version) <= 32),
    -- SHA-256 of the credential; the credential itself is only in the browser. The previous one is kept so
    -- that a reuse is noticed, and so that an answer lost on the way does not sign the tablet out.
    credential_hash          bytea       NOT NULL CONSTRAINT devices_credential_hash_check CHECK (octet_length(credential_hash) = 32),
    previous_credential_hash bytea       CONSTRAINT devices_previous_credential_hash_check CHECK (octet_length(previous_credential_hash) = 32),
    created_at               timestamptz NOT NULL,
    last_seen_at             timestamptz NOT NULL,
    rotated_at               timestamptz NOT NULL,
    expires_at               timestamptz NOT NULL,
    revoked_at               timestamptz,
    CONSTRAINT devices_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT devices_table_fkey FOREIGN KEY (store_id, table_id) REFERENCES tables (store_id, id)
);

CREATE INDEX devices_table ON devices (store_id, table_id) WHERE revoked_at IS NULL;

-- Credentials that ended before they expired. Every instance keeps the recent ones in memory.
CREATE TABLE revocations (
    store_id    uuid        NOT NULL CONSTRAINT revocations_store_fkey REFERENCES stores (id),
    subject_id  uuid        NOT NULL,
    -- Tokens of the subject with a lower version are refused.
    min_version integer     NOT NULL CONSTRAINT revocations_min_version_check CHECK (min_version > 0),
    revoked_at  timestamptz NOT NULL,
    CONSTRAINT revocations_pkey PRIMARY KEY (store_id, subject_id)
);

-- Read across stores, by age.
CREATE INDEX revocations_recent ON revocations (revoked_at);

CREATE TABLE table_sessions (
    store_id      uuid        NOT NULL,
    id            uuid        NOT NULL,
    table_id      uuid        NOT NULL,
    opened_at     timestamptz NOT NULL,
    last_order_at timestamptz NOT NULL,
    closed_at     timestamptz,
    close_reason  text        CONSTRAINT table_sessions_close_reason_check CHECK (close_reason IN ('finished', 'expired', 'idle')),
    closed_by     uuid,
    CONSTRAINT table_sessions_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT table_sessions_table_fkey FOREIGN KEY (store_id, table_id) REFERENCES tables (store_id, id),
    CONSTRAINT table_sessions_closed_by_fkey FOREIGN KEY (store_id, closed_by) REFERENCES users (store_id, id),
    CONSTRAINT table_sessions_order_check CHECK (last_order_at >= opened_at),
    CONSTRAINT table_sessions_closed_check CHECK ((closed_at IS NULL) = (close_reason IS NULL))
) WITH (fillfactor = 80);

-- At most one party at a table.
CREATE UNIQUE INDEX table_sessions_open_key ON table_sessions (store_id, table_id) WHERE closed_at IS NULL;

CREATE TABLE calls (
    store_id        uuid        NOT NULL,
    id              uuid        NOT NULL,
    table_id        uuid        NOT NULL,
    kind            text        NOT NULL CONSTRAINT calls_kind_check CHECK (kind IN ('help', 'water', 'cutlery', 'bill')),
    note            text        CONSTRAINT calls_note_check CHECK (char_length(note) <= 200),
    created_at      timestamptz NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by uuid,
    CONSTRAINT calls_pkey PRIMARY KEY (store_id, id),
    CONSTRAINT calls_table_fkey FOREIGN KEY (store_id, table_id) REFERENCES tables (store_id, id),
    CONSTRAINT calls_acknowledged_by_fkey FOREIGN KEY (store_id, acknowledged_by) REFERENCES users (store_id, id)
);

-- One open call per table and kind: calling again answers the same call.
CREATE UNIQUE INDEX calls_open_key ON calls (store_id, table_id, kind) WHERE acknowledged_at IS NULL;
