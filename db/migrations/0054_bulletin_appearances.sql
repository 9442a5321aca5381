CREATE TABLE "bulletin_appearances" (
	"position" integer PRIMARY KEY NOT NULL,
	"revision_id" uuid NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"incident_id" uuid,
	"kind" text NOT NULL,
	"area_ids" integer[] NOT NULL,
	"in_english" boolean NOT NULL,
	"appeared_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bulletin_appearances_revision" UNIQUE("revision_id")
);
--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "public_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "public_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "bulletin_appearances" ADD CONSTRAINT "bulletin_appearances_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_appearances" ADD CONSTRAINT "bulletin_appearances_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_appearances" ADD CONSTRAINT "bulletin_appearances_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulletin_appearances_bulletin" ON "bulletin_appearances" USING btree ("bulletin_id","position");--> statement-breakpoint
UPDATE bulletins b SET
  public_from = (r.content ->> 'validFrom')::timestamptz,
  public_until = greatest((r.content ->> 'validTo')::timestamptz, (r.content -> 'alert' ->> 'expires')::timestamptz)
FROM bulletin_revisions r WHERE r.id = b.published_revision_id;--> statement-breakpoint
INSERT INTO bulletin_appearances (position, revision_id, bulletin_id, incident_id, kind, area_ids, in_english, appeared_at)
SELECT row_number() OVER (ORDER BY p.published_at, p.revision_id), p.revision_id, p.bulletin_id, p.incident_id, r.content ->> 'kind',
  ARRAY(SELECT jsonb_array_elements_text(r.content -> 'areaIds')::int), jsonb_typeof(r.content -> 'en') = 'object', p.published_at
FROM bulletin_publications p JOIN bulletin_revisions r ON r.id = p.revision_id
WHERE NOT p.is_exercise;--> statement-breakpoint
-- Runs as the publication is committed, so that the lock is the last thing that anybody waits for, and held for a moment only.
CREATE FUNCTION note_appearance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('bulletin_appearances'));
  INSERT INTO bulletin_appearances (position, revision_id, bulletin_id, incident_id, kind, area_ids, in_english, appeared_at)
  SELECT coalesce((SELECT max(position) FROM bulletin_appearances), 0) + 1, NEW.revision_id, NEW.bulletin_id, NEW.incident_id,
    r.content ->> 'kind', ARRAY(SELECT jsonb_array_elements_text(r.content -> 'areaIds')::int),
    jsonb_typeof(r.content -> 'en') = 'object', NEW.published_at
  FROM bulletin_revisions r WHERE r.id = NEW.revision_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER bulletin_publications_appear AFTER INSERT ON bulletin_publications
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT NEW.is_exercise) EXECUTE FUNCTION note_appearance();--> statement-breakpoint
CREATE TRIGGER bulletin_appearances_append_only BEFORE UPDATE OR DELETE ON bulletin_appearances FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER bulletin_appearances_no_truncate BEFORE TRUNCATE ON bulletin_appearances FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
