-- A number as its digits, however it was written down: `phoneOf` in the program reads it the same way. The index holds
-- what the function before gave, so it is made again.
DROP INDEX "reporters_phone";--> statement-breakpoint
CREATE OR REPLACE FUNCTION phone_digits(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ WITH without_extension AS (
     SELECT regexp_replace(public.fold_text(phone),
       '[\s(,;/-]*(may le|so le|may nhanh|extension|ext)[\s.:]*[0-9]{1,6}\)?\s*$', '') AS typed
   ), bare AS (
     SELECT regexp_replace(typed, '[^0-9+()]', '', 'g') AS typed FROM without_extension
   ), one_zero AS (
     SELECT regexp_replace(typed, '^(\(?(\+|00)[1-9][0-9]{0,2}\)?|\(?84\)?)\(0\)', '\1') AS typed FROM bare
   ), international AS (
     SELECT regexp_replace(regexp_replace(typed, '[()]', '', 'g'), '^00', '+') AS typed FROM one_zero
   )
   SELECT nullif(regexp_replace(
     regexp_replace(typed, '^\+84', '0'), '^84([35789][0-9]{8}|2[0-9]{9})$', '0\1'), '') FROM international $$;--> statement-breakpoint
CREATE INDEX "reporters_phone" ON "reporters" USING btree (phone_digits("phone")) WHERE "reporters"."phone" is not null;
