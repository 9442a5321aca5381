DROP INDEX "report_closes_again";--> statement-breakpoint
DROP INDEX "report_facts_open";--> statement-breakpoint
ALTER TABLE "report_closes" DROP CONSTRAINT "report_closes_report_id_number_pk";--> statement-breakpoint
ALTER TABLE "report_stays" DROP CONSTRAINT "report_stays_report_id_number_pk";--> statement-breakpoint
ALTER TABLE "report_promises" DROP CONSTRAINT "report_promises_report_id_number_pk";--> statement-breakpoint
ALTER TABLE "report_facts" DROP CONSTRAINT "report_facts_pkey";--> statement-breakpoint
ALTER TABLE "report_closes" ADD COLUMN "valid_from" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_closes" ADD COLUMN "valid_to" timestamp(3) with time zone DEFAULT 'infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_facts" ADD COLUMN "valid_from" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_facts" ADD COLUMN "valid_to" timestamp(3) with time zone DEFAULT 'infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_facts" ADD COLUMN "path_at" timestamp(3) with time zone[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_stays" ADD COLUMN "valid_from" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_stays" ADD COLUMN "valid_to" timestamp(3) with time zone DEFAULT 'infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_promises" ADD COLUMN "valid_from" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_promises" ADD COLUMN "valid_to" timestamp(3) with time zone DEFAULT 'infinity' NOT NULL;--> statement-breakpoint
UPDATE report_facts SET path_at = steps.at FROM (
  SELECT report_id, array_agg(at ORDER BY id) AS at FROM (
    SELECT report_id, id, at, to_state, lag(to_state) OVER (PARTITION BY report_id ORDER BY id) AS before
    FROM events WHERE report_id IS NOT NULL AND to_state IS NOT NULL) told
  WHERE to_state IS DISTINCT FROM before GROUP BY report_id) steps
WHERE steps.report_id = report_facts.report_id;--> statement-breakpoint
ALTER TABLE "report_closes" ALTER COLUMN "settled_at" SET EXPRESSION AS (case when valid_to < 'infinity'::timestamptz then valid_to else case when out_spells is null then greatest(at, reopened_at, rated_at, valid_from)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(at, reopened_at, rated_at, valid_from, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end end);--> statement-breakpoint
ALTER TABLE "report_facts" ALTER COLUMN "settled_at" SET EXPRESSION AS (case when valid_to < 'infinity'::timestamptz then valid_to else greatest(standing_at, first_answer_at, assigned_at, closed_at, valid_from, path_at[cardinality(path_at)]) end);--> statement-breakpoint
ALTER TABLE "report_stays" ALTER COLUMN "settled_at" SET EXPRESSION AS (case when valid_to < 'infinity'::timestamptz then valid_to else case when out_spells is null then greatest(to_at, valid_from)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(to_at, valid_from, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end end);--> statement-breakpoint
ALTER TABLE "report_promises" ALTER COLUMN "settled_at" SET EXPRESSION AS (case when valid_to < 'infinity'::timestamptz then valid_to else case when out_spells is null then greatest(due_at, first_due_at, done_at, valid_from)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(due_at, first_due_at, done_at, valid_from, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end end);--> statement-breakpoint
ALTER TABLE "report_facts" ALTER COLUMN "path_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "report_closes" ADD CONSTRAINT "report_closes_report_id_number_valid_from_pk" PRIMARY KEY("report_id","number","valid_from");--> statement-breakpoint
ALTER TABLE "report_facts" ADD CONSTRAINT "report_facts_report_id_valid_from_pk" PRIMARY KEY("report_id","valid_from");--> statement-breakpoint
ALTER TABLE "report_stays" ADD CONSTRAINT "report_stays_report_id_number_valid_from_pk" PRIMARY KEY("report_id","number","valid_from");--> statement-breakpoint
ALTER TABLE "report_promises" ADD CONSTRAINT "report_promises_report_id_number_valid_from_pk" PRIMARY KEY("report_id","number","valid_from");--> statement-breakpoint
CREATE INDEX "report_closes_again" ON "report_closes" USING btree ("at","report_id","number","reopened_at","reopened_by_citizen","answered","rating","rated_at","agency_id","category_code","area_id","channel","severity","incident_id","out_spells","valid_from","valid_to") WHERE "report_closes"."number" > 1 or "report_closes"."reopened_at" is not null;--> statement-breakpoint
CREATE INDEX "report_facts_open" ON "report_facts" USING btree ("received_at") WHERE "report_facts"."standing" <= 2 and "report_facts"."valid_to" = 'infinity';--> statement-breakpoint
-- They contain when their rows settled, which is now the last step.
DELETE FROM figure_sums;--> statement-breakpoint
-- What a row does not know by time is written in versions by whoever catches up next; a plain history needs none.
INSERT INTO stale_facts (report_id)
SELECT DISTINCT report_id FROM (
  SELECT report_id FROM events
    WHERE report_id IS NOT NULL AND (event IN ('report.transferred', 'report.returned', 'report.handed_over', 'report.unmerged',
      'report.reopened', 'report.escalated', 'report.extended', 'report.taken_back', 'report.answer_withdrawn')
      OR (event <> 'report.received' AND details ?| ARRAY['category', 'areaId', 'severity', 'incidentId'])
      OR details #> '{kept,clock}' IS NOT NULL)
  UNION ALL
  SELECT report_id FROM events WHERE event IN ('report.assigned', 'report.rated') GROUP BY report_id, event HAVING count(*) > 1
  UNION ALL
  SELECT report_id FROM report_clocks WHERE pauses <> '[]' OR spells <> '[]' OR (kind = 'resolution' AND round > 1)
  UNION ALL
  SELECT report_id FROM (
    SELECT report_id, at < max(at) OVER (PARTITION BY report_id ORDER BY id) AS is_late FROM events WHERE report_id IS NOT NULL) told
    WHERE is_late) retold
ORDER BY report_id;
