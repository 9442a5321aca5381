CREATE TABLE "issued_reports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"mailing_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"edition" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"agency_ids" text[],
	"locale" text NOT NULL,
	"schema" smallint NOT NULL,
	"figures" jsonb NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"page" text NOT NULL,
	CONSTRAINT "issued_reports_edition" CHECK ("issued_reports"."edition" in ('daily', 'weekly', 'monthly')),
	CONSTRAINT "issued_reports_agencies" CHECK (cardinality("issued_reports"."agency_ids") > 0),
	CONSTRAINT "issued_reports_size" CHECK (octet_length("issued_reports"."page") + octet_length("issued_reports"."text") + octet_length("issued_reports"."figures"::text)
        <= 2000000)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "issued_reports_once" ON "issued_reports" USING btree ("run_id",coalesce("agency_ids", '{}'));--> statement-breakpoint
CREATE INDEX "issued_reports_at" ON "issued_reports" USING btree ("issued_at","id");--> statement-breakpoint
CREATE TRIGGER issued_reports_append_only BEFORE UPDATE OR DELETE ON issued_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER issued_reports_no_truncate BEFORE TRUNCATE ON issued_reports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
