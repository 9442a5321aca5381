CREATE TABLE "search_renewals" (
	"report_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "report_notes" ADD COLUMN "words" "tsvector" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "search_renewals" ADD CONSTRAINT "search_renewals_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_notes_words" ON "report_notes" USING gin ("words");--> statement-breakpoint
-- What was said and noted before is not among the words yet: the job `renew_search` goes through these reports.
INSERT INTO "search_renewals" ("report_id")
  SELECT "report_id" FROM "report_answers" WHERE "status" = 'sent'
  UNION SELECT "report_id" FROM "report_messages"
  UNION SELECT "report_id" FROM "report_notes";
