-- Facts that were set aside are judged again by each new version of the centre, and on request.
CREATE INDEX central_fact_set_aside ON central_fact (state) WHERE state IN (1, 3);

-- The version that last did so.
CREATE TABLE central_judged (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  version TEXT NOT NULL
) STRICT;
