CREATE TABLE "usage_days" (
	"client_id" uuid NOT NULL,
	"day" date NOT NULL,
	"accounts" bigint NOT NULL,
	"visits" bigint NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "usage_days_client_id_day_pk" PRIMARY KEY("client_id","day"),
	CONSTRAINT "usage_days_counts" CHECK ("usage_days"."accounts" >= 0 and "usage_days"."visits" >= 0)
);
--> statement-breakpoint
ALTER TABLE "usage_days" ADD CONSTRAINT "usage_days_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;