CREATE TABLE "bulk_rows" (
	"run_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"version_after" integer,
	"status" text NOT NULL,
	"refusal" text,
	"inverse" jsonb,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "bulk_rows_run_id_report_id_pk" PRIMARY KEY("run_id","report_id"),
	CONSTRAINT "bulk_rows_state" CHECK ("bulk_rows"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval', 'answered', 'closed', 'rejected', 'merged')),
	CONSTRAINT "bulk_rows_status" CHECK ("bulk_rows"."status" in ('waiting', 'changed', 'skipped', 'failed', 'cancelled', 'undone', 'kept')),
	CONSTRAINT "bulk_rows_settled" CHECK (("bulk_rows"."settled_at" is null) = ("bulk_rows"."status" = 'waiting')),
	CONSTRAINT "bulk_rows_refused" CHECK (("bulk_rows"."refusal" is not null) = ("bulk_rows"."status" in ('skipped', 'failed', 'kept'))),
	CONSTRAINT "bulk_rows_changed" CHECK (("bulk_rows"."version_after" is not null) = ("bulk_rows"."status" in ('changed', 'undone', 'kept')))
);
--> statement-breakpoint
CREATE TABLE "bulk_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"deed" jsonb NOT NULL,
	"state" text NOT NULL,
	"rows" integer NOT NULL,
	"started_by_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "bulk_runs_state" CHECK ("bulk_runs"."state" in ('running', 'done', 'cancelled', 'undoing', 'undone')),
	CONSTRAINT "bulk_runs_rows" CHECK ("bulk_runs"."rows" between 1 and 5000),
	CONSTRAINT "bulk_runs_finished" CHECK (("bulk_runs"."finished_at" is null) = ("bulk_runs"."state" = 'running'))
);
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_subject_kind";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_run_id_bulk_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."bulk_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_runs_started_by_id_accounts_id_fk" FOREIGN KEY ("started_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_rows_position" ON "bulk_rows" USING btree ("run_id","position");--> statement-breakpoint
CREATE INDEX "bulk_rows_report" ON "bulk_rows" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "bulk_runs_starter" ON "bulk_runs" USING btree ("started_by_id","started_at");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_subject_kind" CHECK ("events"."subject_kind" in ('report', 'account', 'agency', 'calendar', 'category', 'incident', 'bulletin', 'annotation', 'target', 'export', 'bulk', 'mailing', 'answer_template', 'import', 'setting'));