-- What people call this terminal in its store; 0: head office did not say.
ALTER TABLE enrolment ADD COLUMN till INTEGER NOT NULL DEFAULT 0;
