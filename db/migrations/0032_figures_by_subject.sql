CREATE INDEX "report_closes_category" ON "report_closes" USING btree ("category_code","at");--> statement-breakpoint
CREATE INDEX "report_promises_agency_first" ON "report_promises" USING btree ("agency_id","first_due_at");--> statement-breakpoint
CREATE INDEX "report_promises_category" ON "report_promises" USING btree ("category_code","due_at");--> statement-breakpoint
CREATE INDEX "report_promises_category_first" ON "report_promises" USING btree ("category_code","first_due_at");--> statement-breakpoint
CREATE INDEX "report_stays_agency" ON "report_stays" USING btree ("agency_id","to_at");--> statement-breakpoint
CREATE INDEX "report_stays_category" ON "report_stays" USING btree ("category_code","to_at");