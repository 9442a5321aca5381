ALTER TABLE "bulletin_revisions" ADD COLUMN "editor_for" uuid;--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "reviewed_revision_id" uuid;--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "writer_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "bulletin_revisions" ADD CONSTRAINT "bulletin_revisions_editor_for_accounts_id_fk" FOREIGN KEY ("editor_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_reviewed_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("reviewed_revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What is known of earlier texts: the first was written in the author's place, the newest in the last editor's.
ALTER TABLE bulletin_revisions DISABLE TRIGGER bulletin_revisions_guard;--> statement-breakpoint
UPDATE bulletin_revisions r SET editor_for = CASE WHEN r.id = b.current_revision_id THEN b.last_editor_for ELSE b.author_for END
  FROM bulletins b WHERE b.id = r.bulletin_id AND (b.author_for IS NOT NULL OR b.last_editor_for IS NOT NULL)
    AND (r.id = b.current_revision_id OR r.number = 1);--> statement-breakpoint
ALTER TABLE bulletin_revisions ENABLE TRIGGER bulletin_revisions_guard;--> statement-breakpoint
CREATE OR REPLACE FUNCTION guard_bulletin_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.sealed OR (NEW.id, NEW.bulletin_id, NEW.number, NEW.editor_id, NEW.editor_for, NEW.created_at)
      IS DISTINCT FROM (OLD.id, OLD.bulletin_id, OLD.number, OLD.editor_id, OLD.editor_for, OLD.created_at) THEN
    RAISE EXCEPTION 'a revision keeps its text and its editor' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletin_revisions_kept';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
-- Who wrote any of it after the text that a second person read, and in whose place. Who only brought that text back wrote nothing.
CREATE FUNCTION bulletin_writers(bulletin uuid, reviewed uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(DISTINCT person ORDER BY person), '{}')
  FROM bulletin_revisions written
  LEFT JOIN bulletin_revisions read ON read.id = reviewed
  CROSS JOIN LATERAL (VALUES (written.editor_id), (written.editor_for)) AS persons(person)
  WHERE written.bulletin_id = bulletin AND person IS NOT NULL
    AND (read.id IS NULL OR (written.number > read.number AND written.content <> read.content))
$$;--> statement-breakpoint
WITH RECURSIVE chain AS (
  SELECT b.id AS bulletin_id, coalesce(
      b.approved_revision_id,
      (SELECT p.revision_id FROM bulletin_publications p
        WHERE p.bulletin_id = b.id AND p.approved_by_id IS NOT NULL ORDER BY p.published_at DESC LIMIT 1),
      CASE WHEN b.looked_back_by_id IS NOT NULL THEN b.published_revision_id END
    ) AS revision_id
  FROM bulletins b
  UNION ALL
  SELECT chain.bulletin_id, r.typo_of_id FROM chain JOIN bulletin_revisions r ON r.id = chain.revision_id WHERE r.typo_of_id IS NOT NULL
)
UPDATE bulletins b SET reviewed_revision_id = r.id
  FROM chain JOIN bulletin_revisions r ON r.id = chain.revision_id
  WHERE chain.bulletin_id = b.id AND r.typo_of_id IS NULL;--> statement-breakpoint
UPDATE bulletins SET writer_ids = bulletin_writers(id, reviewed_revision_id);--> statement-breakpoint
-- Two columns that this trigger alone writes, and what follows from them: an approval is by somebody who wrote none of it since
-- the one before, it is nobody else's afterwards, and only a slip of the pen is mended under it.
CREATE FUNCTION guard_bulletin_writers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_approval boolean := OLD.approved_by_id IS NULL AND NEW.approved_by_id IS NOT NULL;
  is_standing boolean := OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS NOT NULL;
  is_look_back boolean := NEW.looked_back_by_id IS NOT NULL AND NEW.looked_back_by_id IS DISTINCT FROM OLD.looked_back_by_id;
BEGIN
  NEW.reviewed_revision_id := OLD.reviewed_revision_id;
  NEW.writer_ids := OLD.writer_ids;
  IF is_standing AND (NEW.approved_by_id, NEW.approved_for) IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_for) THEN
    RAISE EXCEPTION 'an approval stays with whoever gave it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_two_persons';
  END IF;
  IF is_standing AND NEW.approved_revision_id IS DISTINCT FROM OLD.approved_revision_id AND NOT EXISTS (
      SELECT FROM bulletin_revisions mended JOIN bulletin_revisions read ON read.id = OLD.reviewed_revision_id
      WHERE mended.id = NEW.approved_revision_id AND mended.bulletin_id = NEW.id AND mended.typo_of_id = read.id
        AND mended.content - 'vi' - 'en' = read.content - 'vi' - 'en'
        AND mended.content #> '{vi,title}' = read.content #> '{vi,title}'
        AND mended.content #> '{en,title}' IS NOT DISTINCT FROM read.content #> '{en,title}') THEN
    RAISE EXCEPTION 'only a slip is mended in what was approved' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_reviewed';
  END IF;
  IF NOT (is_approval OR is_look_back OR NEW.current_revision_id IS DISTINCT FROM OLD.current_revision_id) THEN
    RETURN NEW;
  END IF;
  NEW.writer_ids := bulletin_writers(NEW.id, OLD.reviewed_revision_id);
  IF is_approval AND NOT NEW.is_exercise AND ARRAY[NEW.approved_by_id, NEW.approved_for] && NEW.writer_ids THEN
    RAISE EXCEPTION 'who wrote since the last approval approves nothing' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_two_persons';
  END IF;
  IF is_look_back AND NOT NEW.is_exercise AND NEW.looked_back_by_id = ANY (NEW.writer_ids) THEN
    RAISE EXCEPTION 'somebody else looks back on it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_looked_back';
  END IF;
  IF is_approval THEN
    NEW.reviewed_revision_id := NEW.approved_revision_id;
  ELSIF is_look_back THEN
    NEW.reviewed_revision_id := NEW.published_revision_id;
  END IF;
  NEW.writer_ids := bulletin_writers(NEW.id, NEW.reviewed_revision_id);
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER bulletins_guard_writers BEFORE UPDATE ON bulletins FOR EACH ROW EXECUTE FUNCTION guard_bulletin_writers();--> statement-breakpoint
CREATE FUNCTION begin_bulletin_writers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.reviewed_revision_id := NULL;
  NEW.writer_ids := '{}';
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER bulletins_begin_writers BEFORE INSERT ON bulletins FOR EACH ROW EXECUTE FUNCTION begin_bulletin_writers();
