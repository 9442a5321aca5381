-- A title without accents, capitals and punctuation: titles that are typed again compare equal.
CREATE FUNCTION title_key(title text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT btrim(regexp_replace(public.fold_text(title), '[[:space:][:punct:]]+', ' ', 'g')) $$;--> statement-breakpoint
CREATE INDEX "reports_open_title" ON "reports" USING btree (title_key("title"),"received_at") WHERE "reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval');