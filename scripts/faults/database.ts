import type { Fault } from './fault.ts'

/** Commands and queries: what is written, who sees it, and in which order. */
export const databaseFaults: readonly Fault[] = [
  {
    name: 'a change overwrites what a colleague has done meanwhile',
    file: 'server/reports/commands/move-report.ts',
    search: 'if (row.version !== input.version) {',
    replace: 'if (row.version < input.version) {',
    caughtBy: {
      suite: 'unit',
      file: 'server/reports/commands/move-report.test.ts',
      title: 'it learns who changed what',
    },
  },
  {
    name: 'undoing new labels removes the earlier ones as well',
    file: 'server/reports/rules/inverse.ts',
    search: "return { field, value: before<string[]>('tags') ?? [] }",
    replace: 'return { field, value: [] }',
    caughtBy: {
      suite: 'unit',
      file: 'server/reports/commands/undo-change.test.ts',
      title: 'whichever field was changed, its deadline too, and the log has both events',
    },
  },
  {
    name: 'reports of another agency are listed',
    file: 'server/reports/queries/scope.ts',
    search: 'if (scope.all) return sql`true`',
    replace: 'if (scope.all || scope.reportId === undefined) return sql`true`',
    caughtBy: {
      suite: 'unit',
      file: 'server/reports/queries/queue.test.ts',
      title: 'an invisible report is in no view, no count and no change',
    },
  },
  {
    name: 'an excluded label is searched for',
    file: 'server/reports/queries/queue-filter-sql.ts',
    search: 'sql`not ${reports.tags} && ${textArray(excluded)}`',
    replace: 'sql`${reports.tags} && ${textArray(excluded)}`',
    caughtBy: {
      suite: 'unit',
      file: 'server/reports/queries/queue.test.ts',
      title: 'each keeps what it names and drops the rest',
    },
  },
  {
    name: 'the next page skips a row',
    file: 'server/reports/queries/queue.ts',
    search: 'found.rows.length > pageSize ? (rows.at(-1)?.keys ?? null) : null',
    replace: 'found.rows.length > pageSize ? (found.rows.at(-1)?.keys ?? null) : null',
    caughtBy: {
      suite: 'unit',
      file: 'server/reports/queries/queue.test.ts',
      title: 'paging through any order, in both directions, yields each report once',
    },
  },
  {
    name: 'a code of the authenticator app signs in twice',
    file: 'server/accounts/commands/prove-second-factor.ts',
    search: 'lt(totpSecrets.lastStep, step)',
    replace: 'lt(totpSecrets.lastStep, step + 1)',
    caughtBy: {
      suite: 'unit',
      file: 'server/accounts/commands/second-factor.test.ts',
      title: 'is accepted once, regardless of its spacing',
    },
  },
  {
    name: 'an update of an alert does not name the message that it replaces',
    file: 'server/bulletins/alerts.ts',
    search: '    references: followed.map(referenceOf),\n    web',
    replace: '    references: [],\n    web',
    caughtBy: {
      suite: 'unit',
      file: 'server/bulletins/alert-preview.test.ts',
      title: 'the preview of an alert names the messages that it will follow when it is sent: all of them',
    },
  },
  {
    name: 'the robot publishes a bulletin before its time',
    file: 'server/bulletins/commands/publish-due.ts',
    search: 'where waiting.due_at <= ${now}::timestamptz and waiting',
    replace: 'where waiting',
    caughtBy: {
      suite: 'unit',
      file: 'server/bulletins/scheduler.test.ts',
      title: 'that has not come publishes nothing, whatever the clock of one process says',
    },
  },
  {
    name: 'changed settings leave no event in the log',
    file: 'server/settings/commands/change-settings.ts',
    search: `    await recordEvent(tx, ctx, { event: 'setting.changed', subject, details: changes })
`,
    replace: '',
    caughtBy: {
      suite: 'unit',
      file: 'server/trpc/one-event.test.ts',
      title: 'of a category, an answer template, the settings',
    },
  },
  {
    name: 'an import with a few bad lines takes in the others without saying so',
    file: 'server/imports/commands/import-reports.ts',
    search: 'if (named.length > 0) throw',
    replace: 'if (named.length >= namedFaults) throw',
    caughtBy: {
      suite: 'unit',
      file: 'server/imports/commands/import-reports.test.ts',
      title: 'is refused as a whole, and names every line with its reason in the reader’s language',
    },
  },
  {
    name: 'a job that is tried again has no attempts left',
    file: 'server/jobs/commands/retry-jobs.ts',
    search: 'run_at => now(), attempts => 0)',
    replace: 'run_at => now())',
    caughtBy: {
      suite: 'unit',
      file: 'server/jobs/commands/retry-jobs.test.ts',
      title: 'a retry resets the attempts, happens once for concurrent requests, and is logged with its actor',
    },
  },
  {
    name: 'guessing passwords is not slowed down once the attempts have run out',
    file: 'server/accounts/throttle.ts',
    search: 'const isFirst = refused.consumedPoints === limit.points + 1',
    replace: 'const isFirst = refused.consumedPoints === limit.points',
    caughtBy: {
      suite: 'unit',
      file: 'server/accounts/commands/sign-in.test.ts',
      title: 'waits twice as long each time the attempts are used up, also for a name that does not exist',
    },
  },
  {
    name: 'a public copy stays public after it was withdrawn',
    file: 'server/publication/queries/published-copies.ts',
    search: `  eq(publicationCopies.state, 'published'),
  sql\`case`,
    replace: `  inArray(publicationCopies.state, ['published', 'withdrawn']),
  sql\`case`,
    caughtBy: {
      suite: 'unit',
      file: 'server/publication/commands/review-copy.test.ts',
      title: 'is withdrawn with a reason, and stays so until it is published again',
    },
  },
  {
    name: 'new roles leave the sign-ins under the old ones alive',
    file: 'server/accounts/commands/set-roles.ts',
    search: "    await revokeSessions(tx, { accountId }, 'roles_changed', ctx.now())\n",
    replace: '',
    caughtBy: {
      suite: 'unit',
      file: 'server/accounts/commands/accounts.test.ts',
      title: 'new roles, deactivation and an admin’s command each end every sign-in of the account',
    },
  },
]
