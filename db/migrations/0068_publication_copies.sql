CREATE TABLE "publication_copies" (
	"report_id" bigint PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"title" text,
	"body" text,
	"address" text,
	"lon" double precision,
	"lat" double precision,
	"reviewer_id" uuid,
	"reviewer_for" uuid,
	"reviewed_at" timestamp (3) with time zone,
	"published_at" timestamp (3) with time zone,
	"cause" text,
	CONSTRAINT "publication_copies_state" CHECK ("publication_copies"."state" in ('draft', 'published', 'withdrawn')),
	CONSTRAINT "publication_copies_cause" CHECK ("publication_copies"."cause" is null or "publication_copies"."cause" in ('text_changed', 'merged', 'rejected')),
	CONSTRAINT "publication_copies_point" CHECK (("publication_copies"."lon" is null) = ("publication_copies"."lat" is null)),
	CONSTRAINT "publication_copies_texts" CHECK (("publication_copies"."title" is null) = ("publication_copies"."body" is null) and ("publication_copies"."title" is null) = ("publication_copies"."address" is null)),
	CONSTRAINT "publication_copies_reviewed" CHECK ("publication_copies"."state" <> 'published' or ("publication_copies"."title" is not null and "publication_copies"."reviewer_id" is not null
        and "publication_copies"."reviewed_at" is not null and "publication_copies"."published_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "publication_copies" ADD CONSTRAINT "publication_copies_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_copies" ADD CONSTRAINT "publication_copies_reviewer_id_accounts_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_copies" ADD CONSTRAINT "publication_copies_reviewer_for_accounts_id_fk" FOREIGN KEY ("reviewer_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "publication_copies_public" ON "publication_copies" USING btree ("received_at","report_id") WHERE "publication_copies"."state" = 'published';--> statement-breakpoint
-- What was reviewed was another text, or the report is no longer a matter of its own: it waits for review again.
CREATE FUNCTION send_copy_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE publication_copies SET
    state = CASE WHEN state = 'withdrawn' THEN state ELSE 'draft' END,
    version = version + 1,
    title = NULL, body = NULL, address = NULL, lon = NULL, lat = NULL,
    reviewer_id = NULL, reviewer_for = NULL, reviewed_at = NULL, published_at = NULL,
    cause = CASE WHEN NEW.state IN ('merged', 'rejected') THEN NEW.state ELSE 'text_changed' END
  WHERE report_id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER reports_send_copy_back AFTER UPDATE OF title, body, address, lon, lat, state ON reports FOR EACH ROW
  WHEN ((OLD.title, OLD.body, OLD.address, OLD.lon, OLD.lat)
    IS DISTINCT FROM (NEW.title, NEW.body, NEW.address, NEW.lon, NEW.lat)
    OR (NEW.state IN ('merged', 'rejected') AND NEW.state IS DISTINCT FROM OLD.state))
  EXECUTE FUNCTION send_copy_back();
