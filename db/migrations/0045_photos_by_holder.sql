ALTER TABLE "report_photos" ADD COLUMN "agency_id" text;--> statement-breakpoint
ALTER TABLE "report_photos" ADD CONSTRAINT "report_photos_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The log tells who held the report; of a photo that came over when two were split, on the report that it came from.
CREATE TEMPORARY TABLE photos_told ON COMMIT DROP AS
  SELECT id, report_id, details ->> 'fileId' AS file_id, details ->> 'kind' AS kind, agency_id
  FROM events WHERE event = 'report.photo_added';--> statement-breakpoint
INSERT INTO photos_told
  SELECT t.id, o.report_id, t.file_id, t.kind, t.agency_id
  FROM events o CROSS JOIN LATERAL jsonb_array_elements_text(o.details -> 'tookOver') AS taken (event_id)
  JOIN photos_told t ON t.id = taken.event_id::bigint
  WHERE o.details ? 'tookOver';--> statement-breakpoint
UPDATE report_photos p SET agency_id = t.agency_id
  FROM (SELECT DISTINCT ON (report_id, file_id, kind) report_id, file_id, kind, agency_id
    FROM photos_told ORDER BY report_id, file_id, kind, id DESC) t
  WHERE t.report_id = p.report_id AND t.file_id = p.file_id::text AND t.kind = p.kind;
