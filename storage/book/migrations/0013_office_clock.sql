-- What head office's answers last said of the clock (storage/domain/values/trusted_time.hpp, OfficeWord): 0 nothing or that
-- it is right, 1 that it is not, 2 so, and a person overruled it.
ALTER TABLE trusted_clock ADD COLUMN office INTEGER NOT NULL DEFAULT 0 CHECK (office IN (0, 1, 2));
