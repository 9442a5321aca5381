CREATE TABLE "risk_actions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"action" text NOT NULL,
	"risk" text NOT NULL,
	"kind" text NOT NULL,
	"agency_id" text NOT NULL,
	"category_code" text,
	"area_id" integer,
	"count" integer NOT NULL,
	"address" text NOT NULL,
	"by_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"day" date GENERATED ALWAYS AS (((at at time zone 'Asia/Ho_Chi_Minh')::date)) STORED NOT NULL,
	CONSTRAINT "risk_actions_action" CHECK ("risk_actions"."action" in ('remind')),
	CONSTRAINT "risk_actions_kind" CHECK ("risk_actions"."kind" in ('urgent_overdue', 'urgent_today', 'surge', 'commitments_broken', 'out_of_bounds', 'commitments_today', 'overdue', 'due_today')),
	CONSTRAINT "risk_actions_place" CHECK (("risk_actions"."kind" = 'surge') = ("risk_actions"."category_code" is not null)),
	CONSTRAINT "risk_actions_area" CHECK ("risk_actions"."kind" = 'surge' or "risk_actions"."area_id" is null),
	CONSTRAINT "risk_actions_count" CHECK ("risk_actions"."count" > 0),
	CONSTRAINT "risk_actions_address" CHECK ("risk_actions"."address" like '/reports?%' and length("risk_actions"."address") <= 2000)
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "report_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "risk_action_id" uuid;--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_category_code_categories_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_by_id_accounts_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "risk_actions_reminded_once" ON "risk_actions" USING btree ("day","agency_id","risk","by_id") WHERE "risk_actions"."action" = 'remind';--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_risk_action_id_risk_actions_id_fk" FOREIGN KEY ("risk_action_id") REFERENCES "public"."risk_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_about" CHECK (case when "notifications"."kind" in ('reminded') then "notifications"."report_id" is null and "notifications"."risk_action_id" is not null
        else "notifications"."report_id" is not null and "notifications"."risk_action_id" is null end);--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('assigned', 'taken_over', 'returned', 'sent_back', 'to_approve', 'approved', 'asked', 'decided', 'citizen_replied', 'dissatisfied', 'reopened', 'mentioned', 'watched', 'unscheduled', 'scheduled_again', 'due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent', 'commitment_soon', 'reminded'));--> statement-breakpoint
CREATE TRIGGER risk_actions_append_only BEFORE UPDATE OR DELETE ON risk_actions FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER risk_actions_no_truncate BEFORE TRUNCATE ON risk_actions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
