ALTER TABLE "answer_batches" ADD COLUMN "outcome" text DEFAULT 'not_stated';--> statement-breakpoint
ALTER TABLE "answer_batches" ADD COLUMN "planned_for" date;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD COLUMN "referred_to" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_answers" ADD COLUMN "outcome" text DEFAULT 'not_stated';--> statement-breakpoint
ALTER TABLE "report_answers" ADD COLUMN "planned_for" date;--> statement-breakpoint
ALTER TABLE "report_answers" ADD COLUMN "referred_to" text DEFAULT '' NOT NULL;--> statement-breakpoint
-- The default fills the answers of before without writing their rows; rejections and notices have no outcome.
UPDATE "report_answers" SET "outcome" = NULL WHERE "kind" <> 'answer';--> statement-breakpoint
UPDATE "answer_batches" SET "outcome" = NULL WHERE "kind" <> 'answer';--> statement-breakpoint
ALTER TABLE "report_answers" ALTER COLUMN "outcome" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "answer_batches" ALTER COLUMN "outcome" DROP DEFAULT;--> statement-breakpoint
-- Answers that wait for their time, and runs that were begun, state none either.
UPDATE "scheduled_answers" SET "words" = "words" || '{"outcome": "not_stated", "plannedFor": null, "referredTo": ""}'
  WHERE "words" IS NOT NULL;--> statement-breakpoint
UPDATE "bulk_runs" SET "deed" = "deed" || '{"outcome": "not_stated", "plannedFor": null, "referredTo": ""}'
  WHERE "deed" ->> 'name' = 'answer';--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_outcome" CHECK (("answer_batches"."kind" = 'answer') = ("answer_batches"."outcome" is not null) and (
  "answer_batches"."outcome" is null or "answer_batches"."outcome" in ('fixed', 'temporary', 'planned', 'nothing_found', 'not_ours', 'not_stated'))
  and (coalesce("answer_batches"."outcome", '') = 'planned') = ("answer_batches"."planned_for" is not null)
  and (coalesce("answer_batches"."outcome", '') = 'not_ours') = ("answer_batches"."referred_to" <> ''));--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_outcome" CHECK (("report_answers"."kind" = 'answer') = ("report_answers"."outcome" is not null) and (
  "report_answers"."outcome" is null or "report_answers"."outcome" in ('fixed', 'temporary', 'planned', 'nothing_found', 'not_ours', 'not_stated'))
  and (coalesce("report_answers"."outcome", '') = 'planned') = ("report_answers"."planned_for" is not null)
  and (coalesce("report_answers"."outcome", '') = 'not_ours') = ("report_answers"."referred_to" <> ''));