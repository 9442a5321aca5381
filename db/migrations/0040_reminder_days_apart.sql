-- Where both heard on the same day, the city hears a day later.
UPDATE "categories" SET "head_after_days" = least("head_after_days", 29),
  "city_after_days" = greatest("city_after_days", least("head_after_days", 29) + 1)
  WHERE "city_after_days" <= "head_after_days";--> statement-breakpoint
ALTER TABLE "categories" DROP CONSTRAINT "categories_reminders";--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_reminders" CHECK ("categories"."head_after_days" >= 1 and "categories"."city_after_days" > "categories"."head_after_days" and "categories"."city_after_days" <= 30 and "categories"."forgotten_after_days" between 1 and 30);