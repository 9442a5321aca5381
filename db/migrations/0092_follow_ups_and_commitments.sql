ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "report_escalations" DROP CONSTRAINT "report_escalations_step";--> statement-breakpoint
ALTER TABLE "report_requests" DROP CONSTRAINT "report_requests_kind";--> statement-breakpoint
ALTER TABLE "report_promises" ADD COLUMN "moved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "report_answers" ADD COLUMN "is_follow_up" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "report_requests" ADD COLUMN "answer_id" uuid;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "commitment_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_answer_id_report_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."report_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reports_commitment" ON "reports" USING btree ("commitment_due_at") WHERE "reports"."commitment_due_at" is not null;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('assigned', 'taken_over', 'returned', 'sent_back', 'to_approve', 'approved', 'asked', 'decided', 'citizen_replied', 'dissatisfied', 'reopened', 'mentioned', 'watched', 'unscheduled', 'scheduled_again', 'due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent', 'commitment_soon'));--> statement-breakpoint
ALTER TABLE "report_escalations" ADD CONSTRAINT "report_escalations_step" CHECK ("report_escalations"."step" in ('due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent', 'commitment_soon'));--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_follow_up" CHECK ("report_answers"."kind" = 'answer' or not "report_answers"."is_follow_up");--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_answer" CHECK (("report_requests"."kind" = 'follow_up') = ("report_requests"."answer_id" is not null));--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_kind" CHECK ("report_requests"."kind" in ('extension', 'transfer', 'pause', 'follow_up'));--> statement-breakpoint
-- The same events as before, and follow-ups: those of `notifiedEvents`, and, of a watched report, of `watchedEvents`.
CREATE OR REPLACE FUNCTION mark_notifications() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO notification_marks (event_id, retry_at)
  SELECT id, (details #>> '{kept,until}')::timestamptz FROM recorded WHERE event IN (
    'report.person_assigned', 'report.returned', 'report.answer_submitted', 'report.answer_sent_back',
    'report.answer_withdrawn', 'report.answer_approved', 'report.extension_requested', 'report.transfer_requested',
    'report.pause_requested', 'report.extended', 'report.extension_refused', 'report.transferred',
    'report.transfer_refused', 'report.paused', 'report.pause_refused', 'report.citizen_replied',
    'report.information_added', 'report.rated', 'report.note_added', 'report.reopened', 'report.taken_back',
    'report.escalated', 'report.follow_up_requested', 'report.followed_up', 'report.follow_up_refused')
  OR details ?| ARRAY['unscheduled', 'scheduledAgain'] OR (event IN (
    'report.assigned', 'report.rejected', 'report.citizen_asked', 'report.merged', 'report.unmerged', 'report.split',
    'report.accepted', 'report.handed_over', 'report.resumed', 'report.answer_scheduled',
    'report.approval_scheduled', 'report.answer_rescheduled', 'report.answer_unscheduled', 'report.answered',
    'report.answer_passed_on', 'report.closed')
    AND EXISTS (SELECT FROM report_watches WHERE report_watches.report_id = recorded.report_id));
  RETURN NULL;
END $$;--> statement-breakpoint
-- What is handled is told apart by its outcome: ten states more before those that follow. Answers of before state none.
UPDATE report_facts SET standing = standing + 10 WHERE standing >= 5;--> statement-breakpoint
UPDATE report_facts SET turns_to = ARRAY(
    SELECT CASE WHEN turned >= 5 THEN turned + 10 ELSE turned END FROM unnest(turns_to) WITH ORDINALITY AS t(turned, place) ORDER BY place)
  WHERE turns_to && '{5,6,7}'::smallint[];--> statement-breakpoint
-- They count by these numbers, and are filled again.
DELETE FROM figure_sums;
