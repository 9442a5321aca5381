ALTER TABLE "files" DROP CONSTRAINT "files_sha256";--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "purpose" text;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "owner_id" uuid;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "attached_at" timestamp (3) with time zone;--> statement-breakpoint
-- Where each file stands in the texts of bulletins, and who wrote it there first.
CREATE TEMPORARY TABLE shown_in_bulletins ON COMMIT DROP AS
  SELECT DISTINCT ON (f.id) f.id, r.editor_id, r.created_at
  FROM bulletin_revisions r
  CROSS JOIN LATERAL jsonb_path_query(r.content, 'strict $.**.fileId') AS named
  JOIN files f ON f.id::text = named #>> '{}'
  ORDER BY f.id, r.created_at, r.id;--> statement-breakpoint
INSERT INTO shown_in_bulletins
  SELECT DISTINCT ON (i.file_id) i.file_id, b.author_id, b.created_at
  FROM bulletin_images i JOIN bulletins b ON b.id = i.bulletin_id
  WHERE NOT EXISTS (SELECT FROM shown_in_bulletins s WHERE s.id = i.file_id)
  ORDER BY i.file_id, b.created_at;--> statement-breakpoint
-- What hangs on a report, then what hung there once, which is kept for whoever must look into its removal.
UPDATE files f SET purpose = 'report_photo', owner_id = p.added_by_id, attached_at = p.added_at
  FROM (SELECT DISTINCT ON (file_id) file_id, added_by_id, added_at FROM report_photos
    ORDER BY file_id, added_by_id IS NULL, added_at) p
  WHERE p.file_id = f.id;--> statement-breakpoint
UPDATE files f SET purpose = 'report_photo', owner_id = e.actor_id, attached_at = e.at
  FROM (SELECT DISTINCT ON (details ->> 'fileId') details ->> 'fileId' AS file_id, actor_id, at FROM events
    WHERE event = 'report.photo_added' ORDER BY details ->> 'fileId', at) e
  WHERE e.file_id = f.id::text AND f.purpose IS NULL AND NOT EXISTS (SELECT FROM shown_in_bulletins s WHERE s.id = f.id);--> statement-breakpoint
UPDATE files f SET purpose = 'bulletin_image', owner_id = s.editor_id, attached_at = s.created_at
  FROM shown_in_bulletins s WHERE s.id = f.id AND f.purpose IS NULL;--> statement-breakpoint
-- What stands in drafts, and what nobody has named since it was handed in.
UPDATE files f SET purpose = 'report_photo', owner_id = d.account_id
  FROM (SELECT DISTINCT ON (named) named #>> '{}' AS file_id, account_id
    FROM report_drafts CROSS JOIN LATERAL jsonb_path_query(value, '$.*[*]') AS named ORDER BY named, saved_at) d
  WHERE d.file_id = f.id::text AND f.purpose IS NULL;--> statement-breakpoint
UPDATE files SET purpose = 'report_photo' WHERE purpose IS NULL;--> statement-breakpoint
-- What hangs on a report and stands in a bulletin becomes two. The log names the one of the report and cannot be changed, so the
-- bulletin's gets a new name in all its texts.
CREATE TEMPORARY TABLE split_files ON COMMIT DROP AS
  SELECT s.id AS report_file_id, uuidv7() AS bulletin_file_id, s.editor_id, s.created_at
  FROM shown_in_bulletins s JOIN files f ON f.id = s.id WHERE f.purpose = 'report_photo';--> statement-breakpoint
INSERT INTO files (id, sha256, mime, bytes, width, height, original_key, public_key, thumb_key, created_at, purpose, owner_id, attached_at)
  SELECT s.bulletin_file_id, f.sha256, f.mime, f.bytes, f.width, f.height, f.original_key, f.public_key, f.thumb_key,
    f.created_at, 'bulletin_image', s.editor_id, s.created_at
  FROM split_files s JOIN files f ON f.id = s.report_file_id;--> statement-breakpoint
UPDATE bulletin_images i SET file_id = s.bulletin_file_id FROM split_files s WHERE i.file_id = s.report_file_id;--> statement-breakpoint
ALTER TABLE bulletin_revisions DISABLE TRIGGER bulletin_revisions_guard;--> statement-breakpoint
DO $$
DECLARE
  split split_files;
BEGIN
  FOR split IN SELECT * FROM split_files LOOP
    UPDATE bulletin_revisions
      SET content = replace(content::text, split.report_file_id::text, split.bulletin_file_id::text)::jsonb
      WHERE jsonb_path_exists(content, 'strict $.**.fileId ? (@ == $id)', jsonb_build_object('id', split.report_file_id));
  END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE bulletin_revisions ENABLE TRIGGER bulletin_revisions_guard;--> statement-breakpoint
ALTER TABLE "files" ALTER COLUMN "purpose" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "files_unattached" ON "files" USING btree ("owner_id","created_at") WHERE "files"."attached_at" is null;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_handle" UNIQUE NULLS NOT DISTINCT("sha256","purpose","owner_id");--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_purpose" CHECK ("files"."purpose" in ('report_photo', 'bulletin_image'));
