import type { Fault } from './fault.ts'

/** Who may do what, when it is due, and what is hidden: rules without a database. */
export const ruleFaults: readonly Fault[] = [
  {
    name: 'a public holiday counts as a working day',
    file: 'server/calendars/rules/office-hours.ts',
    search: 'if (closures.some(({ intervals }) => intervals === null)) return []',
    replace: 'if (closures.length > 1 && closures.some(({ intervals }) => intervals === null)) return []',
    caughtBy: {
      suite: 'unit',
      file: 'server/calendars/rules/working-time.test.ts',
      title: 'two days of holiday before a weekend',
    },
  },
  {
    name: 'a Saturday that makes up for a holiday has no hours of its own',
    file: 'server/calendars/rules/office-hours.ts',
    search: 'intervals ?? (version ? usualHours(version.weekly) : [])',
    replace: 'intervals ?? version?.weekly[isoWeekday(day)] ?? []',
    caughtBy: {
      suite: 'unit',
      file: 'server/calendars/rules/office-hours.test.ts',
      title: 'a make-up day has the hours of the first weekday that has any',
    },
  },
  {
    name: 'a paused clock runs on until it is resumed',
    file: 'server/calendars/rules/deadlines.ts',
    search: 'run(from, pause.from.getTime())',
    replace: 'run(from, (pause.to ?? pause.from).getTime())',
    caughtBy: {
      suite: 'unit',
      file: 'server/calendars/rules/deadlines.test.ts',
      title: 'resumed, it is due later by the working time of the pause',
    },
  },
  {
    name: 'an officer transfers a report to another agency without asking',
    file: 'server/reports/rules/lifecycle.ts',
    search: `    by: ['dispatcher', 'approver'],
    event: 'report.transferred',`,
    replace: `    by: ['dispatcher', 'officer', 'approver'],
    event: 'report.transferred',`,
    caughtBy: { suite: 'unit', file: 'server/reports/rules/policy.test.ts', title: '$move by a $role' },
  },
  {
    name: 'an approver approves their own answer',
    file: 'server/reports/rules/policy.ts',
    search: 'return shareAPerson(maker, judge) && !excused',
    replace: 'return shareAPerson(maker, judge) && !excused && soleAccount',
    caughtBy: {
      suite: 'unit',
      file: 'server/reports/rules/policy.test.ts',
      title: 'no one approves their own answer, except the only account of an agency',
    },
  },
  {
    name: 'an administrator of one ward changes the settings of the city',
    file: 'server/accounts/rules/permissions.ts',
    search: `  'templates.edit',
  'settings.edit',`,
    replace: `  'templates.edit',`,
    caughtBy: {
      suite: 'unit',
      file: 'server/accounts/rules/permissions.test.ts',
      title: 'of one agency may not use %s, which concerns the whole city',
    },
  },
  {
    name: 'the telephone number of a citizen passes into the public copy',
    file: 'server/publication/rules/personal-data.ts',
    search: 'return typed([...numbers, ...homes, ...names, ...health])',
    replace: 'return typed([...homes, ...names, ...health])',
    caughtBy: { suite: 'unit', file: 'server/publication/rules/personal-data.test.ts', title: 'is hidden in %j' },
  },
  {
    name: 'of several reports of one matter the last is taken for the original',
    file: 'server/reports/rules/duplicates.ts',
    search: 'b.score - a.score || a.receivedAt.getTime() - b.receivedAt.getTime()',
    replace: 'b.score - a.score || b.receivedAt.getTime() - a.receivedAt.getTime()',
    caughtBy: {
      suite: 'unit',
      file: 'server/reports/rules/duplicates.test.ts',
      title: 'of several reports of one morning, the first is the one that the others repeat',
    },
  },
  {
    name: 'the day in Hanoi changes at the midnight of another time zone',
    file: 'server/platform/rules/local-day.ts',
    search: 'export const localDayOf = (at: Date): LocalDay => localParts(at).toISOString().slice(0, 10)',
    replace: 'export const localDayOf = (at: Date): LocalDay => at.toISOString().slice(0, 10)',
    caughtBy: {
      suite: 'unit',
      file: 'server/platform/rules/local-day.test.ts',
      title: 'a local day begins at 17:00 UTC of the day before',
    },
  },
  {
    name: 'the search word for urgent reports finds complex ones',
    file: 'server/reports/rules/queue-filters.ts',
    search: "spelled: { khan: 'urgent',",
    replace: "spelled: { khan: 'complex',",
    caughtBy: {
      suite: 'unit',
      file: 'server/reports/rules/queue-filters.test.ts',
      title: 'severity:khẩn mức-độ:urgent',
    },
  },
  {
    name: 'who is notified of a dissatisfied citizen does not include the head of the agency',
    file: 'server/notifications/rules/recipients.ts',
    search: `accounts: [event.report.assigneeId], roles: heads(event) }
      : null`,
    replace: `accounts: [event.report.assigneeId], roles: [] }
      : null`,
    caughtBy: {
      suite: 'unit',
      file: 'server/notifications/recipients.test.ts',
      title: 'a dissatisfied rating notifies the assignee and the head of the agency; a satisfied one no one',
    },
  },
  {
    name: 'who wrote a part of a bulletin approves it as its second person',
    file: 'server/bulletins/rules/policy.ts',
    search: '!writerIds.some((id) => shareAPerson(actor, { id })) &&',
    replace: 'writerIds.length > 0 &&',
    caughtBy: {
      suite: 'unit',
      file: 'server/bulletins/two-persons.test.ts',
      title:
        'an account that wrote any of it since the last approval is no second person, however long ago and whatever came after',
    },
  },
]
