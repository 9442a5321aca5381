CREATE TABLE "report_put_offs" (
	"account_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"put_off_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_put_offs_account_id_report_id_pk" PRIMARY KEY("account_id","report_id")
);
--> statement-breakpoint
ALTER TABLE "report_put_offs" ADD CONSTRAINT "report_put_offs_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_put_offs" ADD CONSTRAINT "report_put_offs_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_put_offs_until" ON "report_put_offs" USING btree ("until");