-- A certificate whose answer was lost is asked for again with the same key, and is the same. NULL: given out at an
-- enrolment, or by an earlier version.
ALTER TABLE central_certificate ADD COLUMN key_sha256 BLOB;
ALTER TABLE central_certificate ADD COLUMN pem TEXT;
