CREATE TABLE "mailing_runs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"mailing_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"is_test" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"claimed_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"sent_to" uuid[] DEFAULT '{}' NOT NULL,
	"error" text,
	CONSTRAINT "mailing_runs_state" CHECK ("mailing_runs"."state" in ('waiting', 'running', 'sent', 'skipped', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "mailings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"edition" text NOT NULL,
	"day" integer NOT NULL,
	"minute" integer NOT NULL,
	"on_working_days" boolean NOT NULL,
	"skips_empty" boolean NOT NULL,
	"locale" text NOT NULL,
	"attachments" text[] NOT NULL,
	"recipient_ids" uuid[] NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "mailings_edition" CHECK ("mailings"."edition" in ('weekly', 'monthly')),
	CONSTRAINT "mailings_minute" CHECK ("mailings"."minute" between 0 and 1439)
);
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_subject_kind";--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD CONSTRAINT "mailing_runs_mailing_id_mailings_id_fk" FOREIGN KEY ("mailing_id") REFERENCES "public"."mailings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mailing_runs_once" ON "mailing_runs" USING btree ("mailing_id","due_at") WHERE not "mailing_runs"."is_test";--> statement-breakpoint
CREATE INDEX "mailing_runs_open" ON "mailing_runs" USING btree ("not_before") WHERE "mailing_runs"."state" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "mailings_next_at" ON "mailings" USING btree ("next_at") WHERE "mailings"."is_active";--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_subject_kind" CHECK ("events"."subject_kind" in ('report', 'account', 'agency', 'calendar', 'category', 'incident', 'bulletin', 'annotation', 'target', 'export', 'mailing', 'answer_template', 'import', 'setting'));