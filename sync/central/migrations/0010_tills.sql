-- What people call a terminal: 1, 2, 3 within its store. Its number says who it is to machines.
ALTER TABLE central_terminal ADD COLUMN till INTEGER NOT NULL DEFAULT 0;
UPDATE central_terminal SET till =
  (SELECT count(*) FROM central_terminal o WHERE o.store = central_terminal.store AND o.number <= central_terminal.number);
