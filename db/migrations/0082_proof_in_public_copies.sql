-- Proof of answers that were sent is decided on as well. A decision goes with the last attachment of its photo. Proof
-- that is added or sent later is not shown before its review, so the copy stays public meanwhile.
CREATE OR REPLACE FUNCTION send_copy_back_for_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND (OLD.kind <> 'proof'
    OR NOT EXISTS (SELECT FROM report_photos p WHERE p.report_id = OLD.report_id AND p.file_id = OLD.file_id)) THEN
    DELETE FROM publication_photos WHERE report_id = OLD.report_id AND file_id = OLD.file_id;
  END IF;
  UPDATE publication_copies SET
    state = CASE WHEN state = 'withdrawn' THEN state ELSE 'draft' END,
    version = version + 1,
    reviewer_id = NULL, reviewer_for = NULL, reviewed_at = NULL, published_at = NULL, leaves_at = NULL,
    cause = 'photos_changed'
  WHERE (TG_OP <> 'INSERT' AND OLD.kind <> 'proof' AND report_id = OLD.report_id)
    OR (TG_OP <> 'DELETE' AND NEW.kind <> 'proof' AND report_id = NEW.report_id);
  RETURN NULL;
END $$;--> statement-breakpoint
-- Only photos of the report, and proof of its sent answers, are decided on, and only files of the purpose are shown. One
-- that nothing shows any more counts as an unused upload.
CREATE OR REPLACE FUNCTION hold_public_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.copy_file_id IS NOT NULL THEN
    UPDATE files SET attached_at = NULL, created_at = now() WHERE id = OLD.copy_file_id
      AND NOT EXISTS (SELECT FROM publication_photos shown WHERE shown.copy_file_id = OLD.copy_file_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM FROM report_photos photo WHERE photo.report_id = NEW.report_id AND photo.file_id = NEW.file_id
      AND (photo.kind <> 'proof' OR EXISTS (
        SELECT FROM answer_photos proof JOIN report_answers answer ON answer.id = proof.answer_id
        WHERE proof.file_id = photo.file_id AND answer.report_id = photo.report_id AND answer.status = 'sent'));
    IF NOT FOUND THEN
      RAISE EXCEPTION 'not a photo of the report' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.copy_file_id IS NOT NULL THEN
      UPDATE files SET attached_at = coalesce(attached_at, now()) WHERE id = NEW.copy_file_id AND purpose = 'public_copy';
      IF NOT FOUND THEN
        RAISE EXCEPTION 'not a public copy' USING ERRCODE = 'check_violation';
      END IF;
    END IF;
  END IF;
  RETURN NULL;
END $$;
