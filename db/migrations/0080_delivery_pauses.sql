ALTER TABLE "deliveries" ADD COLUMN "spared" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "closed_until" timestamp (3) with time zone;