-- What the dashboard asks for, kept beside the records so that no answer reads all of them.

ALTER TABLE records ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN rule TEXT NOT NULL DEFAULT '';
CREATE INDEX records_by_model ON records (model, id);
CREATE INDEX records_by_rule ON records (rule, id);

-- Sums over stretches of `span` seconds, one for each range that the overview offers. `added_N` counts exchanges that the gateway kept for up to N ms,
-- each exchange in the first that fits; quantiles are read from these counts.
CREATE TABLE traffic (
    span           INTEGER NOT NULL,
    bucket         INTEGER NOT NULL,
    project        TEXT NOT NULL,
    kid            TEXT NOT NULL,
    requests       INTEGER NOT NULL,
    blocked        INTEGER NOT NULL,
    masked         INTEGER NOT NULL,
    flagged        INTEGER NOT NULL,
    failed         INTEGER NOT NULL,
    input_tokens   INTEGER NOT NULL,
    output_tokens  INTEGER NOT NULL,
    cost_usd       REAL NOT NULL,
    last_time      REAL NOT NULL,
    added_1        INTEGER NOT NULL,
    added_2        INTEGER NOT NULL,
    added_5        INTEGER NOT NULL,
    added_10       INTEGER NOT NULL,
    added_20       INTEGER NOT NULL,
    added_50       INTEGER NOT NULL,
    added_100      INTEGER NOT NULL,
    added_200      INTEGER NOT NULL,
    added_500      INTEGER NOT NULL,
    added_more     INTEGER NOT NULL,
    PRIMARY KEY (span, bucket, project, kid)
) STRICT, WITHOUT ROWID;

CREATE TABLE traffic_rules (
    span     INTEGER NOT NULL,
    bucket   INTEGER NOT NULL,
    project  TEXT NOT NULL,
    kid      TEXT NOT NULL,
    rule     TEXT NOT NULL,
    action   TEXT NOT NULL,
    hits     INTEGER NOT NULL,
    PRIMARY KEY (span, bucket, project, kid, rule, action)
) STRICT, WITHOUT ROWID;

-- What people noted about exchanges. Outlives the records.
CREATE TABLE record_marks (
    record_id  TEXT PRIMARY KEY NOT NULL,
    mark       TEXT NOT NULL CHECK (mark IN ('false_positive')),
    actor      TEXT NOT NULL,
    time       REAL NOT NULL
) STRICT;
