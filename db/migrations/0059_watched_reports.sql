CREATE TABLE "report_watches" (
	"account_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_watches_account_id_report_id_pk" PRIMARY KEY("account_id","report_id")
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "report_watches" ADD CONSTRAINT "report_watches_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_watches" ADD CONSTRAINT "report_watches_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_watches_report" ON "report_watches" USING btree ("report_id");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('assigned', 'taken_over', 'returned', 'sent_back', 'to_approve', 'approved', 'asked', 'decided', 'citizen_replied', 'dissatisfied', 'reopened', 'watched', 'due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent'));--> statement-breakpoint
-- What happens to a watched report is told to those who watch it; the events are those of `watchedEvents`.
CREATE OR REPLACE FUNCTION mark_notifications() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO notification_marks (event_id) SELECT id FROM recorded WHERE event IN (
    'report.person_assigned', 'report.returned', 'report.answer_submitted', 'report.answer_sent_back',
    'report.answer_withdrawn', 'report.answer_approved', 'report.extension_requested', 'report.transfer_requested',
    'report.pause_requested', 'report.extended', 'report.extension_refused', 'report.transferred',
    'report.transfer_refused', 'report.paused', 'report.pause_refused', 'report.citizen_replied',
    'report.information_added', 'report.rated', 'report.reopened', 'report.escalated')
  OR (event IN (
    'report.assigned', 'report.rejected', 'report.citizen_asked', 'report.merged', 'report.unmerged', 'report.split',
    'report.accepted', 'report.handed_over', 'report.resumed', 'report.answered', 'report.answer_passed_on',
    'report.closed', 'report.note_added')
    AND EXISTS (SELECT FROM report_watches WHERE report_watches.report_id = recorded.report_id));
  RETURN NULL;
END $$;
