-- A bulletin that carries an alert is in force with it, to the second: from its publication until the alert lapses.
UPDATE bulletins b SET
  public_from = NULL,
  public_until = coalesce(
    date_trunc('second', (r.content -> 'alert' ->> 'expires')::timestamptz), (r.content ->> 'validTo')::timestamptz)
FROM bulletin_revisions r WHERE r.id = b.published_revision_id AND jsonb_typeof(r.content -> 'alert') = 'object';
