-- Search now also finds words that were typed in Telex or VNI by what they say: a job rewrites the search words of
-- reports whose texts may contain some (this pattern is `anySign` of server/platform/rules/telex.ts, and lets more
-- through than is decoded).
INSERT INTO search_renewals (report_id)
SELECT id FROM reports
WHERE title || ' ' || body || ' ' || address
  ~* 'dd|aa|ee|oo|w|[aeiouy][a-z]{0,2}[fj]|[mnhg][rx]|nhs|[a-z][0-9]'
UNION
SELECT report_id FROM report_messages
WHERE body ~* 'dd|aa|ee|oo|w|[aeiouy][a-z]{0,2}[fj]|[mnhg][rx]|nhs|[a-z][0-9]'
ON CONFLICT DO NOTHING;
