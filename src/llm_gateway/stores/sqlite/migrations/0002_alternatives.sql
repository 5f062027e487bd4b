-- Routes with several targets. `alternatives` is a JSON list of {connection_id, model, weight, tier},
-- null for the usual route with one.

ALTER TABLE keys ADD COLUMN alternatives TEXT;
ALTER TABLE keys ADD COLUMN weight INTEGER NOT NULL DEFAULT 1;
