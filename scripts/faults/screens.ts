import type { Fault } from './fault.ts'

/** Keys, focus, dialogs, what colleagues and a lost connection do to a screen. */
export const screenFaults: readonly Fault[] = [
  {
    name: 'the box of commands does not say how many lines it found',
    file: 'components/palette/Palette.tsx',
    search: "t('found', { count: lines.length })",
    replace: 'null',
    caughtBy: {
      suite: 'component',
      file: 'components/shell/spoken.browser.test.tsx',
      title: 'the box of commands: what is typed is answered with a count, and each entry is said',
    },
  },
  {
    name: 'the settings with several choices are missing among the commands',
    file: 'components/palette/use-place-entries.ts',
    search: 'else if (!entry.href && !entry.command) {',
    replace: "else if (!entry.href && !entry.command && entry.kind !== 'radio') {",
    caughtBy: {
      suite: 'component',
      file: 'components/palette/palette.browser.test.tsx',
      title: 'places and settings are a few letters away, recently used ones first; composing runs nothing',
    },
  },
  {
    name: 'Escape does not close the small map of a row',
    file: 'components/reports/queue/RowPopover.tsx',
    search: "if (event.key !== 'Escape') return",
    replace: "if (event.key !== 'Esc') return",
    caughtBy: {
      suite: 'component',
      file: 'components/reports/queue/row-details.browser.test.tsx',
      title: 'the pin of a row shows its place on a small map, from which Esc leads back to the list',
    },
  },
  {
    name: 'the dialog of templates does not take the focus',
    file: 'components/reports/moves/TemplatePicker.tsx',
    search: "transition: { onEntering: (paper) => paper.querySelector('input')?.focus() },",
    replace: 'transition: {},',
    caughtBy: {
      suite: 'component',
      file: 'components/reports/report/templates.browser.test.tsx',
      title:
        'a template is found by its words and by keys; the approver sees what is missing, and the answer as the citizen will',
    },
  },
  {
    name: 'a digit in triage chooses the agency below the one it names',
    file: 'components/ui/QuickPicks.tsx',
    search: 'picks[(digitOf(event.nativeEvent) ?? 0) - 1]',
    replace: 'picks[digitOf(event.nativeEvent) ?? 0]',
    caughtBy: {
      suite: 'component',
      file: 'components/reports/triage/triage.browser.test.tsx',
      title:
        'the likeliest agency, a ready question and the usual answer to a reason are one digit away, even before they are loaded',
    },
  },
  {
    name: 'a commune chosen in the table of the map narrows nothing',
    file: 'components/reports/map/page/AreaTable.tsx',
    search: 'onChoose(isChosen ? null : id)',
    replace: 'onChoose(isChosen ? id : null)',
    caughtBy: {
      suite: 'component',
      file: 'components/reports/map/page/map.browser.test.tsx',
      title: 'without a pointer: keys move through the list, communes are in a table and narrow the map',
    },
  },
  {
    name: 'a colleague who has the report open is not shown on it',
    file: 'components/presence/PresentPeople.tsx',
    search: 'people.slice(0, most).map',
    replace: 'people.slice(most).map',
    caughtBy: {
      suite: 'component',
      file: 'components/presence/together.browser.test.tsx',
      title: 'a colleague who views or writes is shown, on the report and in the queue, and gone when they leave',
    },
  },
  {
    name: 'the list does not hear of the changes of colleagues',
    file: 'components/reports/queue/use-queue-changes.ts',
    search: "useLiveRefresh('report', () =>",
    replace: "useLiveRefresh('incident', () =>",
    caughtBy: {
      suite: 'component',
      file: 'components/live/live.browser.test.tsx',
      title:
        'a colleague’s changes show without a reload: the row stays and says why it left, new reports wait to be loaded',
    },
  },
  {
    name: 'what was done without a connection is sent in the reverse order',
    file: 'components/reports/outbox/outbox.ts',
    search: `.filter((waiting) => waiting.accountId === accountId)
    .sort((one, other) => one.writtenAt - other.writtenAt)`,
    replace: `.filter((waiting) => waiting.accountId === accountId)
    .sort((one, other) => other.writtenAt - one.writtenAt)`,
    caughtBy: {
      suite: 'component',
      file: 'components/reports/outbox/without-line.browser.test.tsx',
      title:
        'a report accepted without a connection is shown as waiting, is accepted once, in order, and can be taken back before',
    },
  },
  {
    name: 'a draft is kept on the machine only after a long pause',
    file: 'components/reports/report/drafts.ts',
    search: `const pause = 800
`,
    replace: `const pause = 80_000
`,
    caughtBy: {
      suite: 'journey',
      file: 'e2e/drafts.spec.ts',
      title: 'text typed a moment ago survives a crash of the page, also where the server has not received it',
    },
  },
  {
    name: 'the toast of a change in bulk offers no undo',
    file: 'components/bulk/RunWatch.tsx',
    search: '...(left > 0 && { seconds: left, undo: () => undo.mutate({ id }) }),',
    replace: '...(left > 0 && { seconds: left }),',
    caughtBy: {
      suite: 'component',
      file: 'components/bulk/bulk.browser.test.tsx',
      title: 'closed as soon as it was confirmed, a change keeps its undo in sight for the whole time',
    },
  },
  {
    name: 'the preview of a change in bulk counts what it will leave out',
    file: 'components/bulk/Forecast.tsx',
    search: "t('meant', { count: forecast.meant })",
    replace: "t('meant', { count: forecast.chosen })",
    caughtBy: {
      suite: 'journey',
      file: 'e2e/bulk.spec.ts',
      title: 'three hundred reports with mixed rights, one of which cannot be written',
    },
  },
  {
    name: 'a page that the account may not open answers as one that it may',
    file: 'server/http/staff-page.ts',
    search: 'await statusOfSubject(context, path) : 403',
    replace: 'await statusOfSubject(context, path) : 200',
    caughtBy: {
      suite: 'journey',
      file: 'e2e/refused-pages.spec.ts',
      title: '${refused.length} pages are refused to an account that may not see them',
    },
  },
  {
    name: 'a citizen who is satisfied is recorded as dissatisfied',
    file: 'components/citizen-page/Forms.tsx',
    search: 'value={rating}',
    replace: 'value={ratings.at(-1)}',
    caughtBy: {
      suite: 'journey',
      file: 'e2e/citizen-page.phone.spec.ts',
      title: 'a citizen reads the answer on a phone by the link, says that it is not done, and later “hài lòng”',
    },
  },
  {
    name: 'which of two duplicates is the original cannot be changed',
    file: 'components/reports/duplicates/ComparePanel.tsx',
    search: 'onClick={() => setSwapped(!swapped)}',
    replace: 'onClick={() => setSwapped(false)}',
    caughtBy: {
      suite: 'component',
      file: 'components/reports/duplicates/duplicates.browser.test.tsx',
      title: 'a likely duplicate is shown on opening, compared, merged, and undone with its route named',
    },
  },
  {
    name: 'the key of the comparison does nothing on the board',
    file: 'components/insights/BoardScreen.tsx',
    search: "'board.compare': () =>",
    replace: "'board.compare': () => false &&",
    caughtBy: {
      suite: 'component',
      file: 'components/insights/board.browser.test.tsx',
      title: 'period and comparison are changed by keyboard and by address, and Back undoes it',
    },
  },
  {
    name: 'the table of an explanation says other numbers than its bars',
    file: 'components/insights/explain/ExplainCard.tsx',
    search: '{ text: textOf(each.total) },',
    replace: '{ text: textOf(each.mix) },',
    caughtBy: {
      suite: 'component',
      file: 'components/insights/board.browser.test.tsx',
      title: 'a change is explained by parts that sum to it',
    },
  },
]
