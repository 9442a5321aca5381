ALTER TABLE "categories" ADD COLUMN "head_after_days" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "city_after_days" integer DEFAULT 3 NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "forgotten_after_days" integer DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_reminders" CHECK ("categories"."head_after_days" between 1 and "categories"."city_after_days" and "categories"."city_after_days" <= 30 and "categories"."forgotten_after_days" between 1 and 30);