CREATE TABLE "citizen_links" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "citizen_links_hash" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "citizen_links" ADD CONSTRAINT "citizen_links_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_links" ADD CONSTRAINT "citizen_links_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "citizen_links_report" ON "citizen_links" USING btree ("report_id","expires_at");--> statement-breakpoint
CREATE INDEX "citizen_links_expires" ON "citizen_links" USING btree ("expires_at");