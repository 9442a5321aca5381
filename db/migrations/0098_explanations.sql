CREATE TABLE "explanation_reports" (
	"explanation_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	CONSTRAINT "explanation_reports_explanation_id_report_id_pk" PRIMARY KEY("explanation_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "explanations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"due_on" date NOT NULL,
	"words" text NOT NULL,
	"reports" integer NOT NULL,
	"answer" text,
	"answered_by_id" uuid,
	"answered_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "explanations_reports" CHECK ("explanations"."reports" > 0),
	CONSTRAINT "explanations_lengths" CHECK (length("explanations"."words") <= 500
        and length("explanations"."answer") between 1 and 4000),
	CONSTRAINT "explanations_answered_whole" CHECK (num_nonnulls("explanations"."answer", "explanations"."answered_by_id", "explanations"."answered_at") in (0, 3)),
	CONSTRAINT "explanations_ended_once" CHECK ("explanations"."answered_at" is null or "explanations"."withdrawn_at" is null)
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_about";--> statement-breakpoint
ALTER TABLE "risk_actions" DROP CONSTRAINT "risk_actions_action";--> statement-breakpoint
ALTER TABLE "explanation_reports" ADD CONSTRAINT "explanation_reports_explanation_id_explanations_id_fk" FOREIGN KEY ("explanation_id") REFERENCES "public"."explanations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanation_reports" ADD CONSTRAINT "explanation_reports_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanations" ADD CONSTRAINT "explanations_id_risk_actions_id_fk" FOREIGN KEY ("id") REFERENCES "public"."risk_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanations" ADD CONSTRAINT "explanations_answered_by_id_accounts_id_fk" FOREIGN KEY ("answered_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "explanations_shown" ON "explanations" USING btree (coalesce("answered_at", 'infinity')) WHERE "explanations"."withdrawn_at" is null;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('assigned', 'taken_over', 'returned', 'sent_back', 'to_approve', 'approved', 'asked', 'decided', 'citizen_replied', 'dissatisfied', 'reopened', 'mentioned', 'watched', 'unscheduled', 'scheduled_again', 'due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent', 'commitment_soon', 'reminded', 'explanation_asked', 'explanation_given', 'explanation_withdrawn'));--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_about" CHECK (case when "notifications"."kind" in ('reminded', 'explanation_asked', 'explanation_given', 'explanation_withdrawn') then "notifications"."report_id" is null and "notifications"."risk_action_id" is not null
        else "notifications"."report_id" is not null and "notifications"."risk_action_id" is null end);--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_action" CHECK ("risk_actions"."action" in ('remind', 'explain'));--> statement-breakpoint
CREATE TRIGGER explanations_ended BEFORE UPDATE ON explanations FOR EACH ROW
  WHEN (OLD.answered_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL) EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER explanations_no_delete BEFORE DELETE ON explanations FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER explanations_no_truncate BEFORE TRUNCATE ON explanations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER explanation_reports_append_only BEFORE UPDATE OR DELETE ON explanation_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER explanation_reports_no_truncate BEFORE TRUNCATE ON explanation_reports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
