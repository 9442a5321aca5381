CREATE TABLE "answer_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"state" text NOT NULL,
	"filter" jsonb NOT NULL,
	"what" text NOT NULL,
	"where_done" text NOT NULL,
	"when_done" text NOT NULL,
	"next" text DEFAULT '' NOT NULL,
	"recipients" integer NOT NULL,
	"second_person" text NOT NULL,
	"author_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"reviewer_id" uuid,
	"reviewed_at" timestamp (3) with time zone,
	"remarks" text,
	"finished_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "answer_batches_state" CHECK ("answer_batches"."state" in ('awaiting_approval', 'sending', 'stopped', 'done', 'cancelled', 'refused')),
	CONSTRAINT "answer_batches_second_person" CHECK ("answer_batches"."second_person" in ('needed', 'wanted', 'none')),
	CONSTRAINT "answer_batches_two_persons" CHECK ("answer_batches"."reviewer_id" <> "answer_batches"."author_id"),
	CONSTRAINT "answer_batches_large" CHECK ("answer_batches"."recipients" <= 50 or "answer_batches"."second_person" = 'needed'),
	CONSTRAINT "answer_batches_reviewed" CHECK ("answer_batches"."second_person" = 'none' or "answer_batches"."reviewer_id" is not null or "answer_batches"."state" in ('awaiting_approval', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "answer_batch_recipients" (
	"batch_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"refusal" text,
	"answer_id" uuid,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "answer_batch_recipients_batch_id_report_id_pk" PRIMARY KEY("batch_id","report_id"),
	CONSTRAINT "answer_batch_recipients_status" CHECK ("answer_batch_recipients"."status" in ('waiting', 'answered', 'submitted', 'skipped', 'failed', 'cancelled')),
	CONSTRAINT "answer_batch_recipients_settled" CHECK (("answer_batch_recipients"."settled_at" is null) = ("answer_batch_recipients"."status" = 'waiting')),
	CONSTRAINT "answer_batch_recipients_answered" CHECK (("answer_batch_recipients"."answer_id" is not null) = ("answer_batch_recipients"."status" in ('answered', 'submitted')))
);
--> statement-breakpoint
CREATE TABLE "incident_suggestions" (
	"report_id" bigint NOT NULL,
	"incident_id" uuid NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"sub_type" text,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"suggested_at" timestamp (3) with time zone NOT NULL,
	"decided_by_id" uuid,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "incident_suggestions_report_id_incident_id_pk" PRIMARY KEY("report_id","incident_id"),
	CONSTRAINT "incident_suggestions_status" CHECK ("incident_suggestions"."status" in ('pending', 'confirmed', 'dismissed')),
	CONSTRAINT "incident_suggestions_reason" CHECK ("incident_suggestions"."sub_type" is not null or cardinality("incident_suggestions"."keywords") > 0),
	CONSTRAINT "incident_suggestions_decided" CHECK (("incident_suggestions"."decided_at" is null) = ("incident_suggestions"."status" = 'pending'))
);
--> statement-breakpoint
CREATE TABLE "incident_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "sub_types" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "keywords" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "report_answers" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_reviewer_id_accounts_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_batch_id_answer_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."answer_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_answer_id_report_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."report_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_suggestions" ADD CONSTRAINT "incident_suggestions_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_suggestions" ADD CONSTRAINT "incident_suggestions_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_suggestions" ADD CONSTRAINT "incident_suggestions_decided_by_id_accounts_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_notes" ADD CONSTRAINT "incident_notes_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_notes" ADD CONSTRAINT "incident_notes_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_batches_incident" ON "answer_batches" USING btree ("incident_id","created_at");--> statement-breakpoint
CREATE INDEX "answer_batch_recipients_waiting" ON "answer_batch_recipients" USING btree ("batch_id","report_id") WHERE "answer_batch_recipients"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "answer_batch_recipients_report" ON "answer_batch_recipients" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "incident_suggestions_pending" ON "incident_suggestions" USING btree ("incident_id","report_id") WHERE "incident_suggestions"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "incident_notes_incident" ON "incident_notes" USING btree ("incident_id","created_at");--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_batch_id_answer_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."answer_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_answers_batch" ON "report_answers" USING btree ("batch_id") WHERE "report_answers"."batch_id" is not null;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_closed" CHECK ("incidents"."closed_at" is null or ("incidents"."ends_at" is not null and not "incidents"."storm_mode"));--> statement-breakpoint
CREATE TRIGGER incident_notes_append_only BEFORE UPDATE OR DELETE ON incident_notes FOR EACH ROW EXECUTE FUNCTION refuse_change();