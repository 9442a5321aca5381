ALTER TABLE "mailing_runs" DROP CONSTRAINT "mailing_runs_state";--> statement-breakpoint
ALTER TABLE "mailings" DROP CONSTRAINT "mailings_edition";--> statement-breakpoint
DROP INDEX "mailing_runs_once";--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD COLUMN "incident_id" uuid;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD COLUMN "handing_to" uuid;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD COLUMN "unsure" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD CONSTRAINT "mailing_runs_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mailing_runs_once_an_incident" ON "mailing_runs" USING btree ("mailing_id","incident_id") WHERE not "mailing_runs"."is_test" and "mailing_runs"."incident_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mailing_runs_once" ON "mailing_runs" USING btree ("mailing_id","due_at") WHERE not "mailing_runs"."is_test" and "mailing_runs"."incident_id" is null;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD CONSTRAINT "mailing_runs_state" CHECK ("mailing_runs"."state" in ('waiting', 'running', 'sent', 'skipped', 'unsure', 'failed'));--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_edition" CHECK ("mailings"."edition" in ('daily', 'weekly', 'monthly', 'after_incident'));