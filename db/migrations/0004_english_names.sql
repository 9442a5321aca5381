ALTER TABLE "incidents" ADD COLUMN "name_en" text DEFAULT '' NOT NULL;--> statement-breakpoint
-- Who wrote since a second person last read the text. A return to what was read, as when a correction is discarded,
-- leaves nothing of what was written before it, unless a later revision takes some of that up again. A slip that was
-- corrected under an approval stays in the text.
CREATE OR REPLACE FUNCTION bulletin_writers(bulletin uuid, reviewed uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $$
  WITH standing AS (
    SELECT read.content FROM bulletin_revisions read WHERE read.id = reviewed
    UNION ALL
    SELECT slip.content FROM bulletins b JOIN bulletin_revisions slip ON slip.id = b.published_revision_id
    WHERE b.id = bulletin AND slip.typo_of_id = reviewed
  ), later AS (
    SELECT written.*, written.content IN (SELECT content FROM standing) AS is_read
    FROM bulletin_revisions written LEFT JOIN bulletin_revisions read ON read.id = reviewed
    WHERE written.bulletin_id = bulletin AND (read.id IS NULL OR written.number > read.number)
  ), gone AS (
    SELECT * FROM later WHERE NOT is_read AND number < (SELECT max(number) FROM later WHERE is_read)
  ), kept AS (
    SELECT * FROM later WHERE (NOT is_read OR typo_of_id IS NOT NULL) AND id NOT IN (SELECT id FROM gone)
  ), counted AS (
    SELECT * FROM kept
    UNION ALL
    SELECT * FROM gone WHERE typo_of_id IS NOT NULL OR EXISTS (
      SELECT FROM kept WHERE kept.restored_from_id IN (SELECT id FROM gone) OR kept.content IN (SELECT content FROM gone))
  )
  SELECT coalesce(array_agg(DISTINCT person ORDER BY person), '{}')
  FROM counted CROSS JOIN LATERAL (VALUES (editor_id), (editor_for)) AS persons(person)
  WHERE person IS NOT NULL
$$;
--> statement-breakpoint
-- A day that opens or closes offices also moves the days on which reports are as old as others when they are compared:
-- those received in the weeks before it, on the calendar of the city.
CREATE OR REPLACE FUNCTION mark_worked_on(calendar text, day date)
 RETURNS void
 LANGUAGE sql
AS $$
  INSERT INTO stale_facts (report_id)
  SELECT f.report_id FROM report_facts f
  WHERE day <= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    AND f.received_at < (day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    -- An answer leaves a little later than it closes.
    AND (f.closed_at IS NULL OR f.standing <= 2 OR f.closed_at + interval '1 minute' >= day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
    AND (calendar IS NULL OR EXISTS (SELECT FROM report_clocks c WHERE c.report_id = f.report_id AND c.calendar_id = calendar))
  UNION
  SELECT f.report_id FROM report_facts f
  WHERE f.received_at >= (day - 30)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND f.received_at < (day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND (calendar IS NULL OR calendar = (SELECT calendar_id FROM agencies WHERE parent_id IS NULL LIMIT 1))
$$;
--> statement-breakpoint
-- The figures of every report are written again, with the days on which it reaches the ages at which reports are
-- compared; sums of days are counted anew.
INSERT INTO stale_facts (report_id) SELECT id FROM reports ORDER BY id DESC;
--> statement-breakpoint
DELETE FROM figure_sums;
