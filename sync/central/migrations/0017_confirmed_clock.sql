-- What was published up to this number says nothing of the date any more: a person has said since that the clock is right
-- (central_clock.hpp), and whoever published may have gone by a wrong one.
ALTER TABLE central_clock ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
