-- Whom the ids of a terminal's facts may name beside the terminal itself: what its folder was before, up to that epoch.
-- maker 0: any provisional number, of terminals that enrolled when this was not asked.
CREATE TABLE central_predecessor (
  terminal INTEGER NOT NULL REFERENCES central_terminal (number),
  maker INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  PRIMARY KEY (terminal, maker)
) STRICT, WITHOUT ROWID;
CREATE INDEX central_predecessor_maker ON central_predecessor (maker);
INSERT INTO central_predecessor (terminal, maker, epoch) SELECT number, 0, 0 FROM central_terminal;
