ALTER TABLE "publication_copies" ADD COLUMN "has_new_proof" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- The sending of an answer holds the lock of the report, and so does a review of its copy: no proof can be missed.
CREATE FUNCTION note_new_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE publication_copies SET has_new_proof = true
  WHERE report_id = NEW.report_id AND state = 'published' AND NOT has_new_proof
    AND EXISTS (SELECT FROM answer_photos WHERE answer_id = NEW.id);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER report_answers_note_new_proof AFTER INSERT OR UPDATE OF status ON report_answers FOR EACH ROW
  WHEN (NEW.status = 'sent') EXECUTE FUNCTION note_new_proof();--> statement-breakpoint
UPDATE publication_copies copy SET has_new_proof = true WHERE state = 'published' AND EXISTS (
  SELECT FROM report_answers answer JOIN answer_photos proof ON proof.answer_id = answer.id
  WHERE answer.report_id = copy.report_id AND answer.status = 'sent' AND answer.sent_at > copy.reviewed_at);
