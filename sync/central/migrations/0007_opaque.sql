-- A record that the centre could not take came sealed (sync/wire/WIRE.md, Opaque): body is empty and `sealed` holds it until it is
-- opened and judged.
ALTER TABLE central_fact ADD COLUMN sealed BLOB;
