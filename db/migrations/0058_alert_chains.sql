-- An alert follows all that it takes the place of, and not only the message before it. What was sent stays as it was sent.
ALTER TABLE bulletin_alerts DISABLE TRIGGER bulletin_alerts_append_only;--> statement-breakpoint
WITH RECURSIVE chain (id, earlier) AS (
  SELECT a.id, step FROM bulletin_alerts a, jsonb_array_elements_text(a.follows) step
  UNION
  SELECT chain.id, step FROM chain JOIN bulletin_alerts a ON a.id = chain.earlier, jsonb_array_elements_text(a.follows) step),
whole AS (
  SELECT chain.id, jsonb_agg(chain.earlier ORDER BY a.sent_at, a.id) AS follows
  FROM chain JOIN bulletin_alerts a ON a.id = chain.earlier WHERE chain.earlier <> chain.id GROUP BY chain.id)
UPDATE bulletin_alerts a SET follows = whole.follows FROM whole WHERE whole.id = a.id AND whole.follows <> a.follows;--> statement-breakpoint
ALTER TABLE bulletin_alerts ENABLE TRIGGER bulletin_alerts_append_only;
