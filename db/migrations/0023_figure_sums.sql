CREATE TABLE "figure_sums" (
	"slice" text NOT NULL,
	"level" text NOT NULL,
	"first_day" date NOT NULL,
	"sums" text NOT NULL,
	CONSTRAINT "figure_sums_slice_level_first_day_pk" PRIMARY KEY("slice","level","first_day")
);
--> statement-breakpoint
DROP INDEX "report_facts_turned";--> statement-breakpoint
DROP INDEX "report_closes_at";--> statement-breakpoint
DROP INDEX "report_facts_received";--> statement-breakpoint
DROP INDEX "report_promises_due";--> statement-breakpoint
DROP INDEX "report_promises_first_due";--> statement-breakpoint
DROP INDEX "report_stays_to";--> statement-breakpoint
ALTER TABLE "report_closes" ADD COLUMN "settled_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when out_spells is null then greatest(at, reopened_at, rated_at)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(at, reopened_at, rated_at, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end) STORED;--> statement-breakpoint
ALTER TABLE "report_facts" ADD COLUMN "settled_at" timestamp (3) with time zone GENERATED ALWAYS AS (greatest(standing_at, first_answer_at, assigned_at, closed_at)) STORED;--> statement-breakpoint
ALTER TABLE "report_promises" ADD COLUMN "settled_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when out_spells is null then greatest(due_at, first_due_at, done_at)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(due_at, first_due_at, done_at, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end) STORED;--> statement-breakpoint
ALTER TABLE "report_stays" ADD COLUMN "settled_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when out_spells is null then greatest(to_at)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(to_at, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end) STORED;--> statement-breakpoint
CREATE INDEX "figure_sums_day" ON "figure_sums" USING btree ("first_day");--> statement-breakpoint
CREATE INDEX "report_closes_again" ON "report_closes" USING btree ("at") WHERE "report_closes"."number" > 1 or "report_closes"."reopened_at" is not null;--> statement-breakpoint
CREATE INDEX "report_facts_settled" ON "report_facts" USING btree ("settled_at");--> statement-breakpoint
CREATE INDEX "report_closes_at" ON "report_closes" USING btree ("at","settled_at");--> statement-breakpoint
CREATE INDEX "report_facts_received" ON "report_facts" USING btree ("received_at","settled_at");--> statement-breakpoint
CREATE INDEX "report_promises_due" ON "report_promises" USING btree ("kind","due_at","settled_at");--> statement-breakpoint
CREATE INDEX "report_promises_first_due" ON "report_promises" USING btree ("kind","first_due_at","settled_at");--> statement-breakpoint
CREATE INDEX "report_stays_to" ON "report_stays" USING btree ("to_at","settled_at");