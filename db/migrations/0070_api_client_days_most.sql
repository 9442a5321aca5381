ALTER TABLE "api_client_days" ADD COLUMN "most" integer;--> statement-breakpoint
UPDATE "api_client_days" SET "most" = greatest("api_client_days"."reports", "api_clients"."reports_per_day")
  FROM "api_clients" WHERE "api_clients"."id" = "api_client_days"."client_id";--> statement-breakpoint
ALTER TABLE "api_client_days" ALTER COLUMN "most" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_client_days" ADD CONSTRAINT "api_client_days_most" CHECK ("api_client_days"."reports" <= "api_client_days"."most");
