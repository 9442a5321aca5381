CREATE TABLE "substitutions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"holder_id" uuid NOT NULL,
	"stand_in_id" uuid NOT NULL,
	"role" text NOT NULL,
	"agency_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by_id" uuid,
	CONSTRAINT "substitutions_role" CHECK ("substitutions"."role" in ('dispatcher', 'officer', 'approver', 'editor', 'chief_editor', 'manager', 'admin', 'auditor')),
	CONSTRAINT "substitutions_span" CHECK ("substitutions"."ends_at" > "substitutions"."starts_at"),
	CONSTRAINT "substitutions_two_persons" CHECK ("substitutions"."stand_in_id" <> "substitutions"."holder_id")
);
--> statement-breakpoint
ALTER TABLE "report_answers" DROP CONSTRAINT "report_answers_two_persons";--> statement-breakpoint
ALTER TABLE "agencies" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "on_behalf_of" uuid;--> statement-breakpoint
ALTER TABLE "report_answers" ADD COLUMN "author_for" uuid;--> statement-breakpoint
ALTER TABLE "report_answers" ADD COLUMN "reviewer_for" uuid;--> statement-breakpoint
ALTER TABLE "report_requests" ADD COLUMN "asked_for" uuid;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_holder_id_accounts_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_stand_in_id_accounts_id_fk" FOREIGN KEY ("stand_in_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_revoked_by_id_accounts_id_fk" FOREIGN KEY ("revoked_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "substitutions_stand_in" ON "substitutions" USING btree ("stand_in_id","ends_at");--> statement-breakpoint
CREATE INDEX "substitutions_holder" ON "substitutions" USING btree ("holder_id","ends_at");--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_author_for_accounts_id_fk" FOREIGN KEY ("author_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_reviewer_for_accounts_id_fk" FOREIGN KEY ("reviewer_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_asked_for_accounts_id_fk" FOREIGN KEY ("asked_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_two_persons" CHECK ("report_answers"."reviewer_id" is null or "report_answers"."sole_account" or (
        "report_answers"."author_id" is distinct from "report_answers"."reviewer_id" and "report_answers"."author_id" is distinct from "report_answers"."reviewer_for"
        and ("report_answers"."author_for" is null or (
          "report_answers"."author_for" is distinct from "report_answers"."reviewer_id" and "report_answers"."author_for" is distinct from "report_answers"."reviewer_for"))));