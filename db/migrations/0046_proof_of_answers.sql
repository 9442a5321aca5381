CREATE TABLE "answer_photos" (
	"answer_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "answer_photos_answer_id_file_id_pk" PRIMARY KEY("answer_id","file_id")
);
--> statement-breakpoint
ALTER TABLE "report_photos" DROP CONSTRAINT "report_photos_answer_id_report_answers_id_fk";
--> statement-breakpoint
ALTER TABLE "answer_photos" ADD CONSTRAINT "answer_photos_answer_id_report_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."report_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_photos" ADD CONSTRAINT "answer_photos_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_photos_file" ON "answer_photos" USING btree ("file_id");--> statement-breakpoint
INSERT INTO answer_photos (answer_id, file_id) SELECT answer_id, file_id FROM report_photos WHERE answer_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE "report_photos" DROP COLUMN "answer_id";