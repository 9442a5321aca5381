ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('assigned', 'taken_over', 'returned', 'sent_back', 'to_approve', 'approved', 'asked', 'decided', 'citizen_replied', 'dissatisfied', 'reopened', 'mentioned', 'watched', 'unscheduled', 'scheduled_again', 'due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent'));--> statement-breakpoint
-- An event that can be undone has recipients once the time for that has passed. The events are those of `notifiedEvents`,
-- and, of a watched report, those of `watchedEvents`. Any may cancel a scheduled answer, or undo that.
CREATE OR REPLACE FUNCTION mark_notifications() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO notification_marks (event_id, retry_at)
  SELECT id, (details #>> '{kept,until}')::timestamptz FROM recorded WHERE event IN (
    'report.person_assigned', 'report.returned', 'report.answer_submitted', 'report.answer_sent_back',
    'report.answer_withdrawn', 'report.answer_approved', 'report.extension_requested', 'report.transfer_requested',
    'report.pause_requested', 'report.extended', 'report.extension_refused', 'report.transferred',
    'report.transfer_refused', 'report.paused', 'report.pause_refused', 'report.citizen_replied',
    'report.information_added', 'report.rated', 'report.note_added', 'report.reopened', 'report.taken_back',
    'report.escalated')
  OR details ?| ARRAY['unscheduled', 'scheduledAgain'] OR (event IN (
    'report.assigned', 'report.rejected', 'report.citizen_asked', 'report.merged', 'report.unmerged', 'report.split',
    'report.accepted', 'report.handed_over', 'report.resumed', 'report.answer_scheduled',
    'report.approval_scheduled', 'report.answer_rescheduled', 'report.answer_unscheduled', 'report.answered',
    'report.answer_passed_on', 'report.closed')
    AND EXISTS (SELECT FROM report_watches WHERE report_watches.report_id = recorded.report_id));
  RETURN NULL;
END $$;
