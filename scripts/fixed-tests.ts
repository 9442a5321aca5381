/**
 * What `npm run test:changed` runs whatever has changed: one journey for each capability that only the whole desk
 * shows, and the tests that read all of the code or hold a rule that many depend on. Each must be quick.
 */
export const fixedJourneys: readonly { file: string; title: string }[] = [
  {
    file: 'e2e/report-journey.spec.ts',
    title: 'a storm report goes from the hotline, by keyboard alone, through officer and approver to the citizen',
  },
  {
    file: 'e2e/sign-in.spec.ts',
    title:
      'a wrong password is refused in general words and the name stays; the right one signs in, signing out ends the session on the server too, and a demo account is filled in with one click, and its second factor asked for',
  },
  { file: 'e2e/rights.spec.ts', title: 'a mutation from a foreign page is refused, signed in or not' },
  {
    file: 'e2e/refused-pages.spec.ts',
    title: 'without a sign-in a missing page has no desk around it, and an existing one redirects to the sign-in',
  },
  {
    file: 'e2e/drafts.spec.ts',
    title: 'text typed a moment ago survives a crash of the page, also where the server has not received it',
  },
  {
    file: 'e2e/print.spec.ts',
    title:
      'on paper a report is a sheet with letterhead, dates, words and answer, and without internal notes; that of a merged one has the answer of the other, its photo loaded before the browser prints',
  },
  {
    file: 'e2e/public-pages.spec.ts',
    title:
      'without script a reader finds what concerns a commune by choosing it and by a word, and can share the address',
  },
  {
    file: 'e2e/live.spec.ts',
    title:
      'three tabs share one stream; when its tab is closed another takes it over and nothing is missed, and a session that is ended elsewhere locks them all at once',
  },
  {
    file: 'e2e/insights.spec.ts',
    title: 'nothing jumps while the board loads, nor while its period changes',
  },
  {
    file: 'e2e/accounts.spec.ts',
    title: 'an admin creates an account; its owner sets a password with the link, once, and signs in',
  },
  {
    file: 'e2e/queue.phone.spec.ts',
    title: 'on a phone the saved views and the palette are opened and closed by touch',
  },
]

export const fixedTests: readonly string[] = [
  'components/bulk/bulk.browser.test.tsx',
  'components/incidents/incidents.browser.test.tsx',
  'components/reports/triage/triage-together.browser.test.tsx',
  'db/baseline.test.ts',
  'db/migrate.test.ts',
  'messages/client-domains.test.ts',
  'messages/messages.test.ts',
  'messages/placeholders.test.ts',
  'messages/refusals.test.ts',
  'scripts/comment-lines.test.ts',
  'scripts/domain-page.test.ts',
  'scripts/fixed-tests.test.ts',
  'scripts/limits-page.test.ts',
  'scripts/numbers-page.test.ts',
  'scripts/public-files.test.ts',
  'server/accounts/rules/permissions.test.ts',
  'server/calendars/rules/deadlines.test.ts',
  'server/calendars/rules/working-time.test.ts',
  'server/insights/golden/golden.test.ts',
  'server/platform/environment.test.ts',
  'server/publication/rules/personal-data.test.ts',
  'server/reports/commands/assign-report.test.ts',
  'server/reports/commands/close-report.test.ts',
  'server/reports/commands/receive-report.test.ts',
  'server/reports/commands/send-answer.test.ts',
  'server/reports/rules/lifecycle.test.ts',
  'server/reports/rules/policy.test.ts',
  'server/trpc/root.test.ts',
]
