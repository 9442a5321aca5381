-- How far a missed promise was carried up was never read from the log: what was told of such reports is told anew.
INSERT INTO "stale_facts" ("report_id")
SELECT DISTINCT "report_id" FROM "events"
WHERE "event" = 'report.escalated' AND "report_id" IS NOT NULL AND "details" ->> 'step' IN ('overdue_day', 'overdue_days');
