CREATE TABLE "scheduled_answers" (
	"report_id" bigint PRIMARY KEY NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"move" text NOT NULL,
	"account_id" uuid NOT NULL,
	"words" jsonb,
	"scheduled_at" timestamp (3) with time zone NOT NULL,
	"send_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "scheduled_answers_move" CHECK ("scheduled_answers"."move" in ('answer', 'approve')),
	CONSTRAINT "scheduled_answers_words" CHECK (("scheduled_answers"."move" = 'answer') = ("scheduled_answers"."words" is not null))
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "scheduled_answers" ADD CONSTRAINT "scheduled_answers_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_answers" ADD CONSTRAINT "scheduled_answers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scheduled_answers_send_at" ON "scheduled_answers" USING btree ("send_at");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('assigned', 'taken_over', 'returned', 'sent_back', 'to_approve', 'approved', 'asked', 'decided', 'citizen_replied', 'dissatisfied', 'reopened', 'mentioned', 'watched', 'unscheduled', 'due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent'));--> statement-breakpoint
-- Any change may cancel a scheduled answer, of which its writer is told.
CREATE OR REPLACE FUNCTION mark_notifications() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO notification_marks (event_id) SELECT id FROM recorded WHERE event IN (
    'report.person_assigned', 'report.returned', 'report.answer_submitted', 'report.answer_sent_back',
    'report.answer_withdrawn', 'report.answer_approved', 'report.extension_requested', 'report.transfer_requested',
    'report.pause_requested', 'report.extended', 'report.extension_refused', 'report.transferred',
    'report.transfer_refused', 'report.paused', 'report.pause_refused', 'report.citizen_replied',
    'report.information_added', 'report.rated', 'report.note_added', 'report.reopened',
    'report.escalated')
  OR details ? 'unscheduled' OR (event IN (
    'report.assigned', 'report.rejected', 'report.citizen_asked', 'report.merged', 'report.unmerged', 'report.split',
    'report.accepted', 'report.handed_over', 'report.resumed', 'report.answer_scheduled',
    'report.approval_scheduled', 'report.answer_rescheduled', 'report.answer_unscheduled', 'report.answered',
    'report.answer_passed_on', 'report.closed')
    AND EXISTS (SELECT FROM report_watches WHERE report_watches.report_id = recorded.report_id));
  RETURN NULL;
END $$;
