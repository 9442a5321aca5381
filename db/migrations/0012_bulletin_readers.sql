CREATE TABLE "bulletin_readers" (
	"bulletin_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"is_writing" boolean NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bulletin_readers_bulletin_id_account_id_pk" PRIMARY KEY("bulletin_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "bulletin_readers" ADD CONSTRAINT "bulletin_readers_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_readers" ADD CONSTRAINT "bulletin_readers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;