ALTER TABLE "mailing_runs" ADD COLUMN "started_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD COLUMN "recipient_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD COLUMN "left_out" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD CONSTRAINT "mailing_runs_error" CHECK ("mailing_runs"."error" is null or "mailing_runs"."error" in ('unreachable', 'login', 'refused', 'stopped', 'defect'));