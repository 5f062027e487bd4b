-- Times are Unix seconds. Rows of the past (revoked keys, audit) are kept as they were.

CREATE TABLE connections (
    id          TEXT PRIMARY KEY NOT NULL,
    project     TEXT NOT NULL,
    provider    TEXT NOT NULL,
    base_url    TEXT NOT NULL,
    sealed_key  TEXT NOT NULL,
    name        TEXT NOT NULL,
    created_at  REAL NOT NULL
) STRICT;

CREATE TABLE keys (
    kid                      TEXT PRIMARY KEY NOT NULL,
    project                  TEXT NOT NULL,
    name                     TEXT NOT NULL,
    verifier                 BLOB NOT NULL,
    last4                    TEXT NOT NULL,
    pepper_version           INTEGER NOT NULL,
    status                   TEXT NOT NULL CHECK (status IN ('active', 'disabled', 'revoked')),
    connection_id            TEXT REFERENCES connections (id),
    model                    TEXT,
    models                   TEXT,
    policy                   TEXT,
    block_style              TEXT NOT NULL,
    store_bodies             INTEGER NOT NULL,
    created_at               REAL NOT NULL,
    expires_at               REAL,
    previous_verifier        BLOB,
    previous_pepper_version  INTEGER NOT NULL,
    previous_until           REAL,
    revoked_at               REAL
) STRICT;

CREATE INDEX keys_by_creation ON keys (created_at, kid);
CREATE INDEX keys_by_connection ON keys (connection_id);

-- One row for each change of a key or connection, written in the transaction of the change. Gateways
-- follow max(seq). Numbers are never used twice.
CREATE TABLE changes (
    seq   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind  TEXT NOT NULL CHECK (kind IN ('key', 'connection')),
    id    TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    id        TEXT PRIMARY KEY NOT NULL,
    time      REAL NOT NULL,
    project   TEXT NOT NULL,
    actor     TEXT NOT NULL,
    action    TEXT NOT NULL,
    target    TEXT NOT NULL,
    source    TEXT NOT NULL,
    document  TEXT NOT NULL
) STRICT;

-- Columns for what lists filter by; the whole record is the document.
CREATE TABLE records (
    id        TEXT PRIMARY KEY NOT NULL,
    time      REAL NOT NULL,
    project   TEXT NOT NULL,
    kid       TEXT NOT NULL,
    verdict   TEXT NOT NULL,
    document  TEXT NOT NULL
) STRICT;

CREATE INDEX records_by_time ON records (time);
CREATE INDEX records_by_kid ON records (kid, id);
CREATE INDEX records_by_verdict ON records (verdict, id);
CREATE INDEX records_by_kid_and_verdict ON records (kid, verdict, id);

-- Data keys wrapped by the master key, and values to check the master key and the pepper against.
CREATE TABLE vault (
    id          TEXT PRIMARY KEY NOT NULL,
    kind        TEXT NOT NULL,
    value       BLOB NOT NULL,
    created_at  REAL NOT NULL
) STRICT;
