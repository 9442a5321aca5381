CREATE TABLE "annotations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"tag" text NOT NULL,
	"words" text NOT NULL,
	"agency_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "annotations_tag" CHECK ("annotations"."tag" in ('weather', 'outage', 'policy', 'campaign', 'figures', 'other')),
	CONSTRAINT "annotations_span" CHECK ("annotations"."ends_at" is null or "annotations"."ends_at" >= "annotations"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "targets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kpi" text NOT NULL,
	"agency_id" text,
	"valid_from" date NOT NULL,
	"value" double precision,
	"band" double precision,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "targets_once" UNIQUE NULLS NOT DISTINCT("kpi","agency_id","valid_from"),
	CONSTRAINT "targets_kpi" CHECK ("targets"."kpi" in ('handled', 'on_time', 'intake_on_time', 'clearance', 'first_answer_median', 'first_answer_p90', 'close_median', 'close_p90', 'backlog', 'reopened', 'satisfaction')),
	CONSTRAINT "targets_value" CHECK ("targets"."value" >= 0 and "targets"."band" >= 0)
);
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_subject_kind";--> statement-breakpoint
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "annotations_starts_at" ON "annotations" USING btree ("starts_at");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_subject_kind" CHECK ("events"."subject_kind" in ('report', 'account', 'agency', 'calendar', 'category', 'incident', 'bulletin', 'annotation', 'target', 'answer_template', 'import', 'setting'));