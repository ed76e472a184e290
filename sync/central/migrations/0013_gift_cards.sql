-- Which gift cards a store's tills know (known_cards.hpp): those that a fact of the store names, and those that were looked
-- up there. seen_ms: when the store last had to do with them.
CREATE TABLE central_known_card (
  card TEXT NOT NULL,
  store TEXT NOT NULL,
  seen_ms INTEGER NOT NULL,
  PRIMARY KEY (card, store)
) STRICT, WITHOUT ROWID;
INSERT INTO central_known_card (card, store, seen_ms)
  SELECT card, store, CAST(unixepoch() AS INTEGER) * 1000 FROM gift_card WHERE store <> '';
-- Until now two stores may have used one card without hearing of one another.
INSERT INTO central_known_card (card, store, seen_ms)
  SELECT DISTINCT CAST(owner AS TEXT), store, CAST(unixepoch() AS INTEGER) * 1000 FROM posting
  WHERE kind IN (11, 12) AND kind = 12 AND store <> '' ON CONFLICT (card, store) DO NOTHING;

-- Who was looked up by which terminal, or which gift card: its last four.
ALTER TABLE central_look_up ADD COLUMN card_end TEXT NOT NULL DEFAULT '';

-- Statements of gift cards are publications of their own, many, and nobody's trail.
CREATE INDEX central_publication_listed ON central_publication (number) WHERE what <> 'gift card';

-- Wanted back so that other tills get some, not for a hold: when it comes back, leases are given anew.
ALTER TABLE central_reservation ADD COLUMN to_share INTEGER NOT NULL DEFAULT 0 CHECK (to_share IN (0, 1));

-- Of a hold: what became of the terminal's own lease for it, and comes back to that where the hold was not used.
ALTER TABLE central_reservation ADD COLUMN out_of_lease INTEGER NOT NULL DEFAULT 0 CHECK (out_of_lease >= 0);
