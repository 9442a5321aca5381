ALTER TABLE "api_clients" ADD COLUMN "extended_statuses" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "use" text DEFAULT 'calls' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_use" CHECK ("api_keys"."use" in ('calls', 'reading'));