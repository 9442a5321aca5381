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
      file: 'server/bulletins/http/alerts.test.ts',
      title: 'its correction updates it and its withdrawal cancels it',
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
]
