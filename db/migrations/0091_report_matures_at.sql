ALTER TABLE "report_facts" ADD COLUMN "matures_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "matures_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE FUNCTION pg_temp.hours_of(jsonb) RETURNS int4multirange LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(range_agg(int4range(greatest(0, (part ->> 0)::int), least(1440, (part ->> 1)::int))), '{}')
  FROM jsonb_array_elements(CASE WHEN jsonb_typeof($1) = 'array' THEN $1 ELSE '[]' END) part
  WHERE least(1440, (part ->> 1)::int) > greatest(0, (part ->> 0)::int) $$;--> statement-breakpoint
-- The open hours of the city's calendar, in milliseconds, and how much of them had passed before each.
CREATE TEMPORARY TABLE "city_hours" ON COMMIT DROP AS
  WITH city AS (
    SELECT calendars.id, calendars.zone FROM agencies JOIN calendars ON calendars.id = agencies.calendar_id
    WHERE agencies.parent_id IS NULL LIMIT 1),
  listed AS (
    SELECT day.date, day.kind, day.intervals FROM calendar_days day, city
    WHERE day.status = 'confirmed' AND (day.calendar_id = city.id OR (day.calendar_id IS NULL AND NOT EXISTS (
      SELECT FROM calendar_days own WHERE own.calendar_id = city.id AND own.status = 'confirmed' AND own.date = day.date)))),
  days AS (
    SELECT on_day::date AS day, weekly, (
      SELECT pg_temp.hours_of(weekly -> weekday::text) FROM generate_series(1, 7) weekday
      WHERE NOT isempty(pg_temp.hours_of(weekly -> weekday::text)) ORDER BY weekday LIMIT 1) AS usual
    FROM generate_series((SELECT min(received_at) FROM reports) - interval '2 days', (SELECT max(received_at) FROM reports) + interval '3 years', '1 day') on_day
    LEFT JOIN LATERAL (
      SELECT weekly FROM calendar_versions, city WHERE calendar_id = city.id AND valid_from <= on_day::date
        AND coalesce(valid_to, 'infinity') >= on_day::date ORDER BY valid_from DESC LIMIT 1) version ON true),
  opened AS (
    SELECT day, CASE
        WHEN EXISTS (SELECT FROM listed WHERE date = day AND kind = 'closed' AND jsonb_typeof(intervals) IS DISTINCT FROM 'array') THEN '{}'
        ELSE coalesce(
            (SELECT range_agg(part) FROM listed, unnest(CASE WHEN jsonb_typeof(intervals) = 'array' THEN pg_temp.hours_of(intervals) ELSE usual END) part
              WHERE date = day AND kind = 'working'),
            CASE WHEN EXISTS (SELECT FROM listed WHERE date = day AND kind = 'working') THEN '{}' ELSE pg_temp.hours_of(weekly -> extract(isodow FROM day)::text) END)
          - coalesce((SELECT range_agg(part) FROM listed, unnest(pg_temp.hours_of(intervals)) part WHERE date = day AND kind = 'closed'), '{}')
      END AS hours
    FROM days),
  slices AS (
    SELECT extract(epoch FROM (day + lower(part) * interval '1 minute') AT TIME ZONE zone) * 1000 AS from_ms,
      (upper(part) - lower(part)) * 60000 AS length
    FROM opened, city, unnest(hours) part)
  SELECT from_ms::bigint, length::bigint, (sum(length) OVER (ORDER BY from_ms) - length)::bigint AS passed FROM slices;--> statement-breakpoint
CREATE INDEX ON "city_hours" (from_ms);--> statement-breakpoint
CREATE INDEX ON "city_hours" (passed);--> statement-breakpoint
ANALYZE "city_hours";--> statement-breakpoint
-- By the category that the first change of it replaced; its limits and the calendar as they are known now.
UPDATE "reports" SET "matures_at" = coalesce(
    (SELECT to_timestamp((from_ms + wanted - passed) / 1000.0) FROM (
      SELECT * FROM city_hours WHERE passed < wanted ORDER BY passed DESC LIMIT 1) slice WHERE wanted <= passed + length),
    "reports"."received_at" + minutes * interval '1 minute')
  FROM (
    SELECT report.id, minutes, minutes * 60000 + coalesce((
        SELECT passed + least(length, received_ms - from_ms) FROM city_hours WHERE from_ms <= received_ms ORDER BY from_ms DESC LIMIT 1), 0) AS wanted
    FROM reports report
    LEFT JOIN (
      SELECT DISTINCT ON (report_id) report_id, details #>> '{category,0}' AS code FROM events
      WHERE report_id IS NOT NULL AND event <> 'report.received' AND jsonb_typeof(details -> 'category') = 'array'
      ORDER BY report_id, id) replaced ON replaced.report_id = report.id
    JOIN categories category ON category.code = coalesce(replaced.code, report.category_code)
    CROSS JOIN LATERAL (SELECT category.intake_minutes + CASE category.default_severity WHEN 'urgent' THEN category.urgent_minutes
        WHEN 'complex' THEN coalesce(category.complex_minutes, 2 * category.normal_minutes) ELSE category.normal_minutes END AS minutes,
      (extract(epoch FROM report.received_at) * 1000)::bigint AS received_ms) told) matured
  WHERE matured.id = "reports"."id";--> statement-breakpoint
UPDATE "report_facts" SET "matures_at" = "reports"."matures_at" FROM "reports" WHERE "reports"."id" = "report_facts"."report_id";--> statement-breakpoint
DROP FUNCTION pg_temp.hours_of(jsonb);--> statement-breakpoint
ALTER TABLE "reports" ALTER COLUMN "matures_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "report_facts" ALTER COLUMN "matures_at" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "report_facts_matures" ON "report_facts" USING btree ("matures_at","received_at");--> statement-breakpoint
CREATE INDEX "report_facts_matures_late" ON "report_facts" USING btree ("matures_at") WHERE "report_facts"."matures_at" - "report_facts"."received_at" >= interval '30 days';--> statement-breakpoint
-- Fixed at receipt.
CREATE TRIGGER reports_matures_at BEFORE UPDATE OF matures_at ON reports FOR EACH ROW
  WHEN (OLD.matures_at IS DISTINCT FROM NEW.matures_at) EXECUTE FUNCTION refuse_change();
