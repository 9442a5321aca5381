ALTER TABLE "presence" DROP CONSTRAINT "presence_pkey";--> statement-breakpoint
ALTER TABLE "presence" ADD CONSTRAINT "presence_account_id_tab_id_pk" PRIMARY KEY("account_id","tab_id");
