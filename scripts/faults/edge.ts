import type { Fault } from './fault.ts'

/** What enters and leaves: files, programs, citizens, other systems. */
export const edgeFaults: readonly Fault[] = [
  {
    name: 'a cell of a CSV file that begins with @ runs as a formula',
    file: 'server/platform/csv.ts',
    search: 'const formula = /^[=+\\-@\\t',
    replace: 'const formula = /^[=+\\-\\t',
    caughtBy: { suite: 'unit', file: 'server/platform/csv.test.ts', title: 'is no formula' },
  },
  {
    name: 'two workers send a webhook twice',
    file: 'server/webhooks/commands/send.ts',
    search: `and d.next_try_at <= \${at}
          and (d.claimed_until is null or d.claimed_until <= \${at})`,
    replace: 'and d.next_try_at <= ${at}',
    caughtBy: {
      suite: 'unit',
      file: 'server/webhooks/send.test.ts',
      title: 'two workers send each once, and together have as few calls at once as one',
    },
  },
  {
    name: 'the signature of a webhook does not cover when it was sent',
    file: 'server/outbound/signature.ts',
    search: 'const signed = `${id}.${timestamp}.${body}`',
    replace: 'const signed = `${id}.${body}`',
    caughtBy: {
      suite: 'unit',
      file: 'server/outbound/signature.test.ts',
      title: 'is the one of the standard’s example',
    },
  },
  {
    name: 'a report that a program sends again becomes a second one',
    file: 'server/open311/commands/receive-from-client.ts',
    search: 'sourceKey: key ?? randomUUID() }',
    replace: 'sourceKey: randomUUID() }',
    caughtBy: {
      suite: 'unit',
      file: 'server/rest/reports.test.ts',
      title: 'makes one report of a reference or of an Idempotency-Key, as Open311 does',
    },
  },
  {
    name: 'a program may make one request a minute more than its limit',
    file: 'server/api-clients/requests-of-minute.ts',
    search: 'const isWithin = share.left > 0',
    replace: 'const isWithin = share.left >= 0',
    caughtBy: {
      suite: 'unit',
      file: 'server/api-clients/requests-of-minute.test.ts',
      title: 'one process counts exactly, and a new limit applies at once',
    },
  },
  {
    name: 'Open311 calls a refused report open',
    file: 'server/reports/rules/told-state.ts',
    search: "export const closedStates = ['answered', 'closed', 'rejected']",
    replace: "export const closedStates = ['answered', 'closed']",
    caughtBy: {
      suite: 'unit',
      file: 'server/open311/lists.test.ts',
      title: 'a status is closed when the citizen was told, and its notes and updates are what they were told',
    },
  },
  {
    name: 'the next page for programs begins with the last report of the one before',
    file: 'server/rest/queries/reports.ts',
    search: '(r.received_at, r.id) < (',
    replace: '(r.received_at, r.id) <= (',
    caughtBy: {
      suite: 'unit',
      file: 'server/rest/reports.test.ts',
      title: 'are paged without gap or repetition while reports come in and change',
    },
  },
]
