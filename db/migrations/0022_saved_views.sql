CREATE TABLE "saved_view_pins" (
	"account_id" uuid NOT NULL,
	"view_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "saved_view_pins_account_id_view_id_pk" PRIMARY KEY("account_id","view_id")
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"audience" text NOT NULL,
	"agency_id" text,
	"role" text,
	"address" text NOT NULL,
	"layout" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saved_views_audience" CHECK ("saved_views"."audience" in ('mine', 'agency', 'role')),
	CONSTRAINT "saved_views_agency" CHECK (("saved_views"."audience" = 'agency') = ("saved_views"."agency_id" is not null)),
	CONSTRAINT "saved_views_role" CHECK (("saved_views"."audience" = 'role') = ("saved_views"."role" is not null))
);
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_subject_kind";--> statement-breakpoint
ALTER TABLE "saved_view_pins" ADD CONSTRAINT "saved_view_pins_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view_pins" ADD CONSTRAINT "saved_view_pins_view_id_saved_views_id_fk" FOREIGN KEY ("view_id") REFERENCES "public"."saved_views"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "saved_views_owner" ON "saved_views" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "saved_views_shared" ON "saved_views" USING btree ("audience") WHERE "saved_views"."audience" <> 'mine';--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_subject_kind" CHECK ("events"."subject_kind" in ('report', 'account', 'agency', 'calendar', 'category', 'incident', 'bulletin', 'annotation', 'target', 'export', 'bulk', 'mailing', 'answer_template', 'saved_view', 'import', 'setting'));