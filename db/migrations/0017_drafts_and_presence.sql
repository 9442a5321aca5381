CREATE TABLE "report_drafts" (
	"account_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"shared_at" timestamp (3) with time zone,
	"agency_id" text,
	CONSTRAINT "report_drafts_account_id_report_id_kind_pk" PRIMARY KEY("account_id","report_id","kind"),
	CONSTRAINT "report_drafts_kind" CHECK ("report_drafts"."kind" in ('answer', 'note'))
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "presence" (
	"tab_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"doing" text NOT NULL,
	"is_unsaved" boolean DEFAULT false NOT NULL,
	"is_idle" boolean DEFAULT false NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "presence_doing" CHECK ("presence"."doing" in ('viewing', 'writing'))
);
--> statement-breakpoint
ALTER TABLE "report_drafts" ADD CONSTRAINT "report_drafts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_drafts" ADD CONSTRAINT "report_drafts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_drafts" ADD CONSTRAINT "report_drafts_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_drafts_shared" ON "report_drafts" USING btree ("report_id") WHERE "report_drafts"."shared_at" is not null;--> statement-breakpoint
CREATE INDEX "report_drafts_saved" ON "report_drafts" USING btree ("saved_at");--> statement-breakpoint
CREATE INDEX "presence_report" ON "presence" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "presence_seen" ON "presence" USING btree ("seen_at");