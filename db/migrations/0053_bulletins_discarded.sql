ALTER TABLE "bulletins" DROP CONSTRAINT "bulletins_state";--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_discarded" CHECK ("bulletins"."state" <> 'discarded' or "bulletins"."published_revision_id" is null);--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_state" CHECK ("bulletins"."state" in ('draft', 'in_review', 'changes_requested', 'approved', 'scheduled', 'published', 'superseded', 'withdrawn', 'unpublished', 'discarded'));--> statement-breakpoint
-- A blank that a template left open goes out by no way. What was out before is left alone.
CREATE FUNCTION guard_bulletin_blanks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.published_revision_id IS NOT DISTINCT FROM OLD.published_revision_id THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT FROM bulletin_revisions outgoing WHERE outgoing.id = NEW.published_revision_id
      AND jsonb_path_exists(outgoing.content, 'strict $.**.type ? (@ == "blank")', '{}', true)) THEN
    RAISE EXCEPTION 'a blank of a template is left' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_blanks';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER bulletins_guard_blanks BEFORE INSERT OR UPDATE ON bulletins FOR EACH ROW
  WHEN (NEW.published_revision_id IS NOT NULL) EXECUTE FUNCTION guard_bulletin_blanks();
