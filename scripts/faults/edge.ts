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
]
