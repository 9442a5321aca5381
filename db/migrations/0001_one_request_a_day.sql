CREATE UNIQUE INDEX "risk_actions_asked_once" ON "risk_actions" USING btree ("day","agency_id","risk","by_id") WHERE "risk_actions"."action" = 'explain';--> statement-breakpoint
DROP TRIGGER explanations_ended ON explanations;--> statement-breakpoint
CREATE TRIGGER explanations_ended BEFORE UPDATE ON explanations FOR EACH ROW
  WHEN (old.answered_at IS NOT NULL OR old.withdrawn_at IS NOT NULL
    OR (new.id, new.due_on, new.words, new.reports) IS DISTINCT FROM (old.id, old.due_on, old.words, old.reports))
  EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- These rows go with their reports; which reports a request named stands in the log of events, which nothing empties.
DROP TRIGGER explanation_reports_no_truncate ON explanation_reports;
