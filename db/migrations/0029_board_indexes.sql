DROP INDEX "report_promises_extended";--> statement-breakpoint
CREATE INDEX "report_closes_incident" ON "report_closes" USING btree ("incident_id") WHERE "report_closes"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "report_closes_lasting" ON "report_closes" USING btree ("settled_at") WHERE settled_at - at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_promises_incident" ON "report_promises" USING btree ("incident_id") WHERE "report_promises"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "report_promises_lasting" ON "report_promises" USING btree ("settled_at") WHERE settled_at - due_at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_promises_first_lasting" ON "report_promises" USING btree ("settled_at") WHERE settled_at - first_due_at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_stays_incident" ON "report_stays" USING btree ("incident_id") WHERE "report_stays"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "report_stays_lasting" ON "report_stays" USING btree ("settled_at") WHERE settled_at - to_at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_promises_extended" ON "report_promises" USING btree ("kind","due_at","out_spells") WHERE "report_promises"."due_at" > "report_promises"."first_due_at";--> statement-breakpoint
-- A month that has its sums has those of every slice: those of areas are new. The job fills them again, and until then rows are counted.
DELETE FROM "figure_sums" WHERE "level" = 'month';
