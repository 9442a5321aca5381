ALTER TABLE "figure_sums" ADD COLUMN "settled" jsonb;--> statement-breakpoint
-- Until now each of them contained that instant, and what was zero. The job that catches up fills them again.
DELETE FROM "figure_sums";
