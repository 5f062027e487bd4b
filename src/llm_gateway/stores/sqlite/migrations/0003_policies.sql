-- Policies: documents that never change, which of them hold, and for whom.

CREATE TABLE policies (
    project     TEXT NOT NULL,
    name        TEXT NOT NULL,
    number      INTEGER NOT NULL,
    version     TEXT NOT NULL,
    document    TEXT NOT NULL,
    author      TEXT NOT NULL,
    created_at  REAL NOT NULL,
    PRIMARY KEY (project, name, number),
    UNIQUE (project, name, version)
) STRICT;

CREATE TRIGGER policies_never_change BEFORE UPDATE ON policies
BEGIN SELECT RAISE(ABORT, 'a version of a policy never changes'); END;
CREATE TRIGGER policies_never_go BEFORE DELETE ON policies
BEGIN SELECT RAISE(ABORT, 'a version of a policy is never deleted'); END;

CREATE TABLE policy_states (
    project    TEXT NOT NULL,
    name       TEXT NOT NULL,
    active     INTEGER,
    previous   INTEGER,
    monitored  INTEGER,
    PRIMARY KEY (project, name)
) STRICT;

-- The scope is a project, or * for all of them.
CREATE TABLE policy_attachments (
    scope    TEXT PRIMARY KEY NOT NULL,
    project  TEXT NOT NULL,
    name     TEXT NOT NULL
) STRICT;

-- Tool definitions as a gateway key first sent them.
CREATE TABLE tool_pins (
    scope       TEXT NOT NULL,
    tool        TEXT NOT NULL,
    digest      TEXT NOT NULL,
    first_seen  REAL NOT NULL,
    PRIMARY KEY (scope, tool)
) STRICT;

-- Changes of policies are followed like those of keys. The rows and their numbers stay.
CREATE TABLE changes_of_more_kinds (
    seq   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind  TEXT NOT NULL,
    id    TEXT NOT NULL
) STRICT;
INSERT INTO changes_of_more_kinds (seq, kind, id) SELECT seq, kind, id FROM changes;
DROP TABLE changes;
ALTER TABLE changes_of_more_kinds RENAME TO changes;
