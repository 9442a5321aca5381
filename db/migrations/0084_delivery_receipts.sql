ALTER TABLE "delivery_attempts" ADD COLUMN "receipt" text;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD COLUMN "reported" text;--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "receipt_hash" text;--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "receipt_number_field" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "receipt_state_field" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "delivered_values" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "gateways" ADD COLUMN "undelivered_values" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "delivery_attempts_receipt" ON "delivery_attempts" USING btree ("gateway_id","receipt") WHERE "delivery_attempts"."receipt" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "gateways_receipt_hash" ON "gateways" USING btree ("receipt_hash");--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_reported" CHECK ("delivery_attempts"."reported" in ('delivered', 'refused'));