ALTER TABLE "answer_batches" DROP CONSTRAINT "answer_batches_two_persons";--> statement-breakpoint
ALTER TABLE "answer_batches" ADD COLUMN "author_for" uuid;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD COLUMN "reviewer_for" uuid;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD COLUMN "failed_before" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_author_for_accounts_id_fk" FOREIGN KEY ("author_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_reviewer_for_accounts_id_fk" FOREIGN KEY ("reviewer_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_two_persons" CHECK ("answer_batches"."reviewer_id" is null or (
        "answer_batches"."author_id" is distinct from "answer_batches"."reviewer_id" and "answer_batches"."author_id" is distinct from "answer_batches"."reviewer_for"
        and ("answer_batches"."author_for" is null or (
          "answer_batches"."author_for" is distinct from "answer_batches"."reviewer_id" and "answer_batches"."author_for" is distinct from "answer_batches"."reviewer_for"))));--> statement-breakpoint
-- A day gone by that opens or closes offices after all: whatever was worked on or across it is told anew.
CREATE FUNCTION mark_worked_on(calendar text, day date) RETURNS void LANGUAGE sql AS $$
  INSERT INTO stale_facts (report_id)
  SELECT f.report_id FROM report_facts f
  WHERE day <= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    AND f.received_at < (day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    -- An answer leaves a little later than it closes.
    AND (f.closed_at IS NULL OR f.standing <= 2 OR f.closed_at + interval '1 minute' >= day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
    AND (calendar IS NULL OR EXISTS (SELECT FROM report_clocks c WHERE c.report_id = f.report_id AND c.calendar_id = calendar))
$$;--> statement-breakpoint
CREATE FUNCTION mark_facts_of_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.calendar_id, NEW.date, NEW.kind, NEW.intervals, NEW.status)
      IS NOT DISTINCT FROM (OLD.calendar_id, OLD.date, OLD.kind, OLD.intervals, OLD.status) THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' AND OLD.status = 'confirmed' THEN PERFORM mark_worked_on(OLD.calendar_id, OLD.date); END IF;
  IF TG_OP <> 'DELETE' AND NEW.status = 'confirmed' THEN PERFORM mark_worked_on(NEW.calendar_id, NEW.date); END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER calendar_days_mark_facts_stale AFTER INSERT OR UPDATE OR DELETE ON calendar_days
  FOR EACH ROW EXECUTE FUNCTION mark_facts_of_day();--> statement-breakpoint
-- What the figures had not read: reports handed over to a successor, and answers that went to many.
INSERT INTO stale_facts (report_id)
SELECT DISTINCT report_id FROM events
WHERE event = 'report.handed_over' OR (event = 'report.answer_sent' AND details ? 'batchId');
