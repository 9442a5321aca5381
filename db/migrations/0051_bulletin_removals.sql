CREATE TABLE "bulletin_removals" (
	"revision_id" uuid PRIMARY KEY NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"revision_number" integer NOT NULL,
	"former_slug" text,
	"removed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bulletin_publications" DROP CONSTRAINT "bulletin_publications_kind";--> statement-breakpoint
ALTER TABLE "bulletin_removals" ADD CONSTRAINT "bulletin_removals_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_removals" ADD CONSTRAINT "bulletin_removals_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulletin_removals_bulletin" ON "bulletin_removals" USING btree ("bulletin_id","revision_number");--> statement-breakpoint
CREATE INDEX "bulletin_removals_slug" ON "bulletin_removals" USING btree ("former_slug");--> statement-breakpoint
ALTER TABLE "bulletin_publications" ADD CONSTRAINT "bulletin_publications_kind" CHECK ("bulletin_publications"."kind" in ('first', 'minor', 'substantive', 'personal_data'));--> statement-breakpoint
CREATE TRIGGER bulletin_removals_append_only BEFORE UPDATE OR DELETE ON bulletin_removals FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER bulletin_removals_no_truncate BEFORE TRUNCATE ON bulletin_removals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
-- As before, but that a bulletin gives up an address that was made of personal data, as the cleaned text goes out.
CREATE OR REPLACE FUNCTION guard_bulletin() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  newest bulletin_revisions;
  outgoing bulletin_revisions;
  is_going_out boolean := NEW.published_revision_id IS NOT NULL;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.author_id <> OLD.author_id OR NEW.is_exercise <> OLD.is_exercise OR NEW.created_at <> OLD.created_at THEN
      RAISE EXCEPTION 'the beginnings of a bulletin do not change' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_origin';
    END IF;
    IF OLD.first_published_at IS NOT NULL AND ((NEW.first_published_at, NEW.number, NEW.incident_id)
        IS DISTINCT FROM (OLD.first_published_at, OLD.number, OLD.incident_id)
        OR (NEW.slug IS DISTINCT FROM OLD.slug AND NOT EXISTS (SELECT FROM bulletin_removals cleaned
          WHERE cleaned.revision_id = NEW.published_revision_id AND cleaned.former_slug = OLD.slug))) THEN
      RAISE EXCEPTION 'a published bulletin keeps its number and address' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_kept';
    END IF;
    is_going_out := NEW.published_revision_id IS DISTINCT FROM OLD.published_revision_id;
  END IF;

  IF NEW.current_revision_id IS NULL THEN
    IF NEW.state <> 'draft' OR NEW.last_editor_id <> NEW.author_id OR NEW.approved_by_id IS NOT NULL THEN
      RAISE EXCEPTION 'a bulletin without a text is a draft' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_text';
    END IF;
  ELSE
    SELECT * INTO newest FROM bulletin_revisions WHERE bulletin_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF newest.id IS DISTINCT FROM NEW.current_revision_id OR newest.editor_id <> NEW.last_editor_id THEN
      RAISE EXCEPTION 'the last editor is who saved the newest revision' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_last_editor';
    END IF;
    IF NEW.state IN ('approved', 'scheduled') AND NOT newest.sealed THEN
      RAISE EXCEPTION 'what is approved is sealed' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_sealed';
    END IF;
  END IF;

  IF is_going_out THEN
    SELECT * INTO outgoing FROM bulletin_revisions WHERE id = NEW.published_revision_id;
    IF outgoing.bulletin_id IS DISTINCT FROM NEW.id OR NOT coalesce(outgoing.sealed, false) THEN
      RAISE EXCEPTION 'only a sealed revision goes out' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_sealed';
    END IF;
    IF NOT (NEW.approved_by_id IS NOT NULL AND NEW.approved_revision_id IS NOT DISTINCT FROM NEW.published_revision_id)
        AND NOT NEW.needs_look_back THEN
      RAISE EXCEPTION 'only what was approved goes out' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_reviewed';
    END IF;
  END IF;

  IF TG_OP = 'UPDATE' AND OLD.needs_look_back AND NOT NEW.needs_look_back AND NOT (
      is_going_out OR NEW.state IN ('withdrawn', 'unpublished') OR NEW.looked_back_by_id IS NOT NULL) THEN
    RAISE EXCEPTION 'somebody else looks back on it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_looked_back';
  END IF;
  IF NEW.looked_back_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.looked_back_by_id IS DISTINCT FROM OLD.looked_back_by_id)
      AND NOT NEW.is_exercise AND NEW.looked_back_by_id IN (NEW.author_id, NEW.last_editor_id, NEW.unreviewed_by_id) THEN
    RAISE EXCEPTION 'somebody else looks back on it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_looked_back';
  END IF;
  RETURN NEW;
END $$;
