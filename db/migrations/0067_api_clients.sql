CREATE TABLE "api_client_days" (
	"client_id" uuid NOT NULL,
	"day" date NOT NULL,
	"reports" integer NOT NULL,
	CONSTRAINT "api_client_days_client_id_day_pk" PRIMARY KEY("client_id","day")
);
--> statement-breakpoint
CREATE TABLE "api_clients" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"agency_id" text NOT NULL,
	"channel" text NOT NULL,
	"permissions" text[] NOT NULL,
	"requests_per_minute" integer NOT NULL,
	"reports_per_day" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" uuid,
	"revoked_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "api_clients_name" UNIQUE("name"),
	CONSTRAINT "api_clients_channel" CHECK ("api_clients"."channel" in ('app', 'hotline', 'web', 'open311')),
	CONSTRAINT "api_clients_limits" CHECK ("api_clients"."requests_per_minute" > 0 and "api_clients"."reports_per_day" > 0)
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"client_id" uuid NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_hash" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_actor_kind";--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_subject_kind";--> statement-breakpoint
ALTER TABLE "api_client_days" ADD CONSTRAINT "api_client_days_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_client" ON "api_keys" USING btree ("client_id","created_at");--> statement-breakpoint
CREATE INDEX "reports_client_received" ON "reports" USING btree ("source","received_at","id") WHERE "reports"."source" like 'client:%';--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_actor_kind" CHECK ("events"."actor_kind" in ('staff', 'citizen', 'robot', 'import', 'api_client'));--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_subject_kind" CHECK ("events"."subject_kind" in ('report', 'account', 'network', 'agency', 'calendar', 'category', 'incident', 'bulletin', 'annotation', 'target', 'export', 'bulk', 'mailing', 'answer_template', 'disclosure', 'saved_view', 'import', 'api_client', 'setting'));