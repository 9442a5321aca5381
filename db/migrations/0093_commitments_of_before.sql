-- Answers could name a day before reports kept it: the latest one that was given says until when it commits its agency.
UPDATE "reports" SET "commitment_due_at" = ("planned_for" + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' - interval '1 millisecond'
  FROM (
    SELECT DISTINCT ON (report_id) report_id, outcome, planned_for FROM report_answers
    WHERE kind = 'answer' AND status IN ('queued', 'sent')
      AND report_id IN (SELECT report_id FROM report_answers WHERE outcome = 'planned')
    ORDER BY report_id, created_at DESC, id DESC) latest
  WHERE latest.report_id = "reports"."id" AND latest.outcome = 'planned' AND "reports"."commitment_due_at" IS NULL;
