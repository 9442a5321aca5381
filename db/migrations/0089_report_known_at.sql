ALTER TABLE "report_closes" ADD COLUMN "known_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "report_facts" ADD COLUMN "known_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "report_stays" ADD COLUMN "known_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "report_promises" ADD COLUMN "known_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "events_undoing" ON "events" USING btree ("at") WHERE ("events"."details" ? 'undoes' or "events"."event" = 'report.answer_withdrawn') and "events"."report_id" is not null;--> statement-breakpoint
CREATE INDEX "report_closes_known" ON "report_closes" USING btree ("known_at") WHERE "report_closes"."known_at" is not null;--> statement-breakpoint
CREATE INDEX "report_facts_known" ON "report_facts" USING btree ("known_at") WHERE "report_facts"."known_at" is not null;--> statement-breakpoint
CREATE INDEX "report_stays_known" ON "report_stays" USING btree ("known_at") WHERE "report_stays"."known_at" is not null;--> statement-breakpoint
CREATE INDEX "report_promises_known" ON "report_promises" USING btree ("known_at") WHERE "report_promises"."known_at" is not null;--> statement-breakpoint
-- Reports that were received before the log learned of them, as imported ones were.
CREATE TEMPORARY TABLE "learned" ON COMMIT DROP AS
  SELECT "events"."report_id", min(coalesce("events"."recorded_at", "events"."at")) AS "at"
  FROM "events" JOIN "reports" ON "reports"."id" = "events"."report_id"
  GROUP BY "events"."report_id", "reports"."received_at"
  HAVING min(coalesce("events"."recorded_at", "events"."at")) > "reports"."received_at" + interval '250 milliseconds';--> statement-breakpoint
UPDATE "report_facts" SET "known_at" = "learned"."at" FROM "learned" WHERE "learned"."report_id" = "report_facts"."report_id";--> statement-breakpoint
UPDATE "report_promises" SET "known_at" = "learned"."at" FROM "learned" WHERE "learned"."report_id" = "report_promises"."report_id";--> statement-breakpoint
UPDATE "report_closes" SET "known_at" = "learned"."at" FROM "learned" WHERE "learned"."report_id" = "report_closes"."report_id";--> statement-breakpoint
UPDATE "report_stays" SET "known_at" = "learned"."at" FROM "learned" WHERE "learned"."report_id" = "report_stays"."report_id";
