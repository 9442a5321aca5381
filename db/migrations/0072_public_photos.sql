CREATE TABLE "publication_photos" (
	"report_id" bigint NOT NULL,
	"file_id" uuid NOT NULL,
	"is_shown" boolean NOT NULL,
	"boxes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"copy_file_id" uuid,
	CONSTRAINT "publication_photos_report_id_file_id_pk" PRIMARY KEY("report_id","file_id"),
	CONSTRAINT "publication_photos_copy_drawn" CHECK (case when "publication_photos"."is_shown" then "publication_photos"."copy_file_id" is not null and "publication_photos"."copy_file_id" <> "publication_photos"."file_id"
        else "publication_photos"."copy_file_id" is null and "publication_photos"."boxes" = '[]' end),
	CONSTRAINT "publication_photos_boxes" CHECK (jsonb_typeof("publication_photos"."boxes") = 'array' and jsonb_array_length("publication_photos"."boxes") <= 40
        and jsonb_array_length("publication_photos"."boxes") = jsonb_array_length(jsonb_path_query_array("publication_photos"."boxes", '$[*] ? (@.x >= 0 && @.y >= 0 && @.width > 0 && @.height > 0 && @.x + @.width <= 1 && @.y + @.height <= 1)')))
);
--> statement-breakpoint
ALTER TABLE "files" DROP CONSTRAINT "files_purpose";--> statement-breakpoint
ALTER TABLE "publication_copies" DROP CONSTRAINT "publication_copies_cause";--> statement-breakpoint
ALTER TABLE "publication_copies" ADD COLUMN "leaves_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publication_photos" ADD CONSTRAINT "publication_photos_report_id_publication_copies_report_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."publication_copies"("report_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_photos" ADD CONSTRAINT "publication_photos_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_photos" ADD CONSTRAINT "publication_photos_copy_file_id_files_id_fk" FOREIGN KEY ("copy_file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "publication_photos_copy" ON "publication_photos" USING btree ("copy_file_id");--> statement-breakpoint
CREATE INDEX "publication_copies_leaving" ON "publication_copies" USING btree ("leaves_at") WHERE "publication_copies"."leaves_at" is not null;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_purpose" CHECK ("files"."purpose" in ('report_photo', 'bulletin_image', 'public_copy'));--> statement-breakpoint
ALTER TABLE "publication_copies" ADD CONSTRAINT "publication_copies_leaves" CHECK ("publication_copies"."leaves_at" is null or "publication_copies"."state" = 'published');--> statement-breakpoint
ALTER TABLE "publication_copies" ADD CONSTRAINT "publication_copies_cause" CHECK ("publication_copies"."cause" is null or "publication_copies"."cause" in ('text_changed', 'photos_changed', 'merged', 'rejected'));
--> statement-breakpoint
-- A copy waits for review again, and empty: its texts may repeat what was erased.
CREATE FUNCTION empty_copy(copy_of bigint, why text) RETURNS void LANGUAGE sql AS $$
  UPDATE publication_copies SET
    state = CASE WHEN state = 'withdrawn' THEN state ELSE 'draft' END,
    version = version + 1,
    title = NULL, body = NULL, address = NULL, lon = NULL, lat = NULL,
    reviewer_id = NULL, reviewer_for = NULL, reviewed_at = NULL, published_at = NULL, leaves_at = NULL,
    cause = why
  WHERE report_id = copy_of;
$$;--> statement-breakpoint
-- What was reviewed was another text, or the report is no longer a matter of its own. The latter can be undone for some
-- seconds, a rejection until its answer is sent: until then the copy stays public.
CREATE OR REPLACE FUNCTION send_copy_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  has_ended boolean := NEW.state IN ('merged', 'rejected');
  undo_seconds int := 3 + coalesce((SELECT (value #>> '{}')::int FROM settings WHERE key = 'undoSeconds'), 15);
BEGIN
  IF (OLD.title, OLD.body, OLD.address, OLD.lon, OLD.lat) IS DISTINCT FROM
    (NEW.title, NEW.body, NEW.address, NEW.lon, NEW.lat) THEN
    PERFORM empty_copy(NEW.id, CASE WHEN has_ended THEN NEW.state ELSE 'text_changed' END);
  ELSIF has_ended THEN
    UPDATE publication_copies SET leaves_at = greatest(now() + make_interval(secs => undo_seconds),
      (SELECT max(send_at) FROM report_answers a WHERE a.report_id = NEW.id AND a.status = 'queued'))
    WHERE report_id = NEW.id AND state = 'published';
    PERFORM empty_copy(report_id, NEW.state) FROM publication_copies WHERE report_id = NEW.id AND state <> 'published';
  ELSE
    PERFORM empty_copy(report_id, OLD.state) FROM publication_copies WHERE report_id = NEW.id AND leaves_at <= now();
    UPDATE publication_copies SET leaves_at = NULL WHERE report_id = NEW.id AND leaves_at IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
DROP TRIGGER reports_send_copy_back ON reports;--> statement-breakpoint
CREATE TRIGGER reports_send_copy_back AFTER UPDATE OF title, body, address, lon, lat, state ON reports FOR EACH ROW
  WHEN ((OLD.title, OLD.body, OLD.address, OLD.lon, OLD.lat)
    IS DISTINCT FROM (NEW.title, NEW.body, NEW.address, NEW.lon, NEW.lat)
    OR (OLD.state IS DISTINCT FROM NEW.state
      AND (OLD.state IN ('merged', 'rejected') OR NEW.state IN ('merged', 'rejected'))))
  EXECUTE FUNCTION send_copy_back();--> statement-breakpoint
-- A photo that nobody has looked at was added, or one that may be shown was removed: its public copy goes with it.
CREATE FUNCTION send_copy_back_for_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.kind <> 'proof' THEN
    DELETE FROM publication_photos WHERE report_id = OLD.report_id AND file_id = OLD.file_id;
  END IF;
  UPDATE publication_copies SET
    state = CASE WHEN state = 'withdrawn' THEN state ELSE 'draft' END,
    version = version + 1,
    reviewer_id = NULL, reviewer_for = NULL, reviewed_at = NULL, published_at = NULL, leaves_at = NULL,
    cause = 'photos_changed'
  WHERE (TG_OP <> 'INSERT' AND OLD.kind <> 'proof' AND report_id = OLD.report_id)
    OR (TG_OP <> 'DELETE' AND NEW.kind <> 'proof' AND report_id = NEW.report_id);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER report_photos_send_copy_back AFTER INSERT OR DELETE OR UPDATE OF report_id, file_id, kind ON report_photos
  FOR EACH ROW EXECUTE FUNCTION send_copy_back_for_photo();--> statement-breakpoint
-- Only photos of the report are decided on, and only files of the purpose are shown. One that nothing shows any more
-- counts as an unused upload.
CREATE FUNCTION hold_public_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.copy_file_id IS NOT NULL THEN
    UPDATE files SET attached_at = NULL, created_at = now() WHERE id = OLD.copy_file_id
      AND NOT EXISTS (SELECT FROM publication_photos shown WHERE shown.copy_file_id = OLD.copy_file_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM FROM report_photos WHERE report_id = NEW.report_id AND file_id = NEW.file_id AND kind <> 'proof';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'not a photo of the report' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.copy_file_id IS NOT NULL THEN
      UPDATE files SET attached_at = coalesce(attached_at, now()) WHERE id = NEW.copy_file_id AND purpose = 'public_copy';
      IF NOT FOUND THEN
        RAISE EXCEPTION 'not a public copy' USING ERRCODE = 'check_violation';
      END IF;
    END IF;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER publication_photos_hold_copy AFTER INSERT OR DELETE OR UPDATE ON publication_photos
  FOR EACH ROW EXECUTE FUNCTION hold_public_copy();
