CREATE TABLE "note_mentions" (
	"note_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "note_mentions_note_id_account_id_pk" PRIMARY KEY("note_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_note_id_report_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."report_notes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('assigned', 'taken_over', 'returned', 'sent_back', 'to_approve', 'approved', 'asked', 'decided', 'citizen_replied', 'dissatisfied', 'reopened', 'mentioned', 'watched', 'due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent'));--> statement-breakpoint
-- A note may mention colleagues: it is marked whether or not the report is watched.
CREATE OR REPLACE FUNCTION mark_notifications() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO notification_marks (event_id) SELECT id FROM recorded WHERE event IN (
    'report.person_assigned', 'report.returned', 'report.answer_submitted', 'report.answer_sent_back',
    'report.answer_withdrawn', 'report.answer_approved', 'report.extension_requested', 'report.transfer_requested',
    'report.pause_requested', 'report.extended', 'report.extension_refused', 'report.transferred',
    'report.transfer_refused', 'report.paused', 'report.pause_refused', 'report.citizen_replied',
    'report.information_added', 'report.rated', 'report.note_added', 'report.reopened', 'report.escalated')
  OR (event IN (
    'report.assigned', 'report.rejected', 'report.citizen_asked', 'report.merged', 'report.unmerged', 'report.split',
    'report.accepted', 'report.handed_over', 'report.resumed', 'report.answered', 'report.answer_passed_on',
    'report.closed')
    AND EXISTS (SELECT FROM report_watches WHERE report_watches.report_id = recorded.report_id));
  RETURN NULL;
END $$;
