ALTER TABLE "bulletins" DROP CONSTRAINT "bulletins_two_persons";--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "author_for" uuid;--> statement-breakpoint
ALTER TABLE "bulletins" ADD COLUMN "last_editor_for" uuid;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_author_for_accounts_id_fk" FOREIGN KEY ("author_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_last_editor_for_accounts_id_fk" FOREIGN KEY ("last_editor_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_two_persons" CHECK ("bulletins"."approved_by_id" is null or "bulletins"."is_exercise" or (
        "bulletins"."approved_by_id" not in ("bulletins"."author_id", "bulletins"."last_editor_id")
        and ("bulletins"."approved_for" is null or "bulletins"."approved_for" not in ("bulletins"."author_id", "bulletins"."last_editor_id"))
        and ("bulletins"."author_for" is null or (
          "bulletins"."author_for" is distinct from "bulletins"."approved_by_id" and "bulletins"."author_for" is distinct from "bulletins"."approved_for"))
        and ("bulletins"."last_editor_for" is null or (
          "bulletins"."last_editor_for" is distinct from "bulletins"."approved_by_id" and "bulletins"."last_editor_for" is distinct from "bulletins"."approved_for"))));--> statement-breakpoint
-- In whose place a bulletin was begun does not change either, and who looks back on it has no part in it by a lent role.
CREATE FUNCTION guard_bulletin_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.author_for IS DISTINCT FROM OLD.author_for THEN
    RAISE EXCEPTION 'the beginnings of a bulletin do not change' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_origin';
  END IF;
  IF NEW.last_editor_for IS DISTINCT FROM OLD.last_editor_for AND NEW.current_revision_id IS NOT DISTINCT FROM OLD.current_revision_id THEN
    RAISE EXCEPTION 'the last editor is who saved the newest revision' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_last_editor';
  END IF;
  IF NEW.looked_back_by_id IS DISTINCT FROM OLD.looked_back_by_id AND NOT NEW.is_exercise
      AND NEW.looked_back_by_id IN (NEW.author_for, NEW.last_editor_for) THEN
    RAISE EXCEPTION 'somebody else looks back on it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_looked_back';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER bulletins_guard_places BEFORE UPDATE ON bulletins FOR EACH ROW EXECUTE FUNCTION guard_bulletin_places();
