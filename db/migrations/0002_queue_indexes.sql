-- report_search_words stands since 0001; the index over the folded column goes with the column.
CREATE INDEX "reporters_phone" ON "reporters" USING btree ("phone") WHERE "reporters"."phone" is not null;--> statement-breakpoint
CREATE INDEX "reports_open_held_by" ON "reports" USING gin ("held_by") WITH (fastupdate=false) WHERE "reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval');--> statement-breakpoint
CREATE INDEX "reports_held_by" ON "reports" USING gin ("held_by") WITH (fastupdate=false);--> statement-breakpoint
ALTER TABLE "report_search" DROP COLUMN "folded";--> statement-breakpoint
ALTER TABLE "report_search" DROP COLUMN "accented";