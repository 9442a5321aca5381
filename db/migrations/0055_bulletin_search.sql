ALTER TABLE "bulletins" ADD COLUMN "public_folded" text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE bulletins b SET public_folded = fold_text(concat_ws(E'\n',
  r.content -> 'vi' ->> 'title', r.content -> 'vi' ->> 'summary',
  (SELECT string_agg(said #>> '{}', ' ') FROM jsonb_path_query(r.content -> 'vi' -> 'body', 'strict $.**.text') said),
  r.content -> 'en' ->> 'title', r.content -> 'en' ->> 'summary',
  (SELECT string_agg(said #>> '{}', ' ') FROM jsonb_path_query(r.content -> 'en' -> 'body', 'strict $.**.text') said)))
FROM bulletin_revisions r WHERE r.id = b.published_revision_id;--> statement-breakpoint
CREATE INDEX bulletins_public_folded ON bulletins USING gin (public_folded gin_trgm_ops);
