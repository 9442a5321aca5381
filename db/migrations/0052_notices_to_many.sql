ALTER TABLE "answer_batch_recipients" DROP CONSTRAINT "answer_batch_recipients_status";--> statement-breakpoint
ALTER TABLE "report_messages" DROP CONSTRAINT "report_messages_kind";--> statement-breakpoint
ALTER TABLE "answer_batches" ALTER COLUMN "where_done" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "answer_batches" ALTER COLUMN "when_done" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "answer_batches" ADD COLUMN "kind" text DEFAULT 'answer' NOT NULL;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD COLUMN "leaves_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD COLUMN "follows_id" uuid;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD COLUMN "message_id" uuid;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD COLUMN "via_report_id" bigint;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_follows_id_answer_batches_id_fk" FOREIGN KEY ("follows_id") REFERENCES "public"."answer_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_message_id_report_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."report_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_via_report_id_reports_id_fk" FOREIGN KEY ("via_report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_kind" CHECK ("answer_batches"."kind" in ('answer', 'notice'));--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_noticed" CHECK ("answer_batch_recipients"."status" <> 'noticed' or "answer_batch_recipients"."message_id" is not null);--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_covered" CHECK (("answer_batch_recipients"."via_report_id" is not null) >= ("answer_batch_recipients"."status" = 'covered'));--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_status" CHECK ("answer_batch_recipients"."status" in ('waiting', 'answered', 'submitted', 'noticed', 'covered', 'skipped', 'failed', 'cancelled'));--> statement-breakpoint
ALTER TABLE "report_messages" ADD CONSTRAINT "report_messages_kind" CHECK ("report_messages"."kind" in ('question', 'reply', 'added', 'notice'));