-- Two steps: with a default in the first, the events of before would read as recorded now.
ALTER TABLE "events" ADD COLUMN "recorded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "recorded_at" SET DEFAULT now();
