-- Members and what opens something for them. Verifiers are HMACs under the pepper: what is stored
-- here opens nothing, and nobody who can only write here can make a credential.

CREATE TABLE users (
    id             TEXT PRIMARY KEY NOT NULL,
    email          TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL,
    role           TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'security', 'developer', 'auditor')),
    created_at     REAL NOT NULL,
    password_hash  TEXT,
    issuer         TEXT,
    subject        TEXT,
    UNIQUE (issuer, subject)
) STRICT;

CREATE TABLE sessions (
    id          TEXT PRIMARY KEY NOT NULL,
    verifier    BLOB NOT NULL UNIQUE,
    user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at  REAL NOT NULL,
    seen_at     REAL NOT NULL,
    source      TEXT NOT NULL,
    agent       TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE personal_tokens (
    id          TEXT PRIMARY KEY NOT NULL,
    verifier    BLOB NOT NULL UNIQUE,
    user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL,
    created_at  REAL NOT NULL,
    expires_at  REAL NOT NULL
) STRICT;

CREATE INDEX personal_tokens_by_user ON personal_tokens (user_id);

-- A used invitation is deleted. `invited_by` is empty for the link of the first start.
CREATE TABLE invites (
    id          TEXT PRIMARY KEY NOT NULL,
    verifier    BLOB NOT NULL UNIQUE,
    role        TEXT NOT NULL,
    email       TEXT NOT NULL,
    invited_by  TEXT NOT NULL,
    created_at  REAL NOT NULL,
    expires_at  REAL NOT NULL
) STRICT;
