import type { Fault } from './fault.ts'

/** Words, colours, names and widths. */
export const lookFaults: readonly Fault[] = [
  {
    name: 'the faintest ink is too faint',
    file: 'components/ui/tokens.ts',
    search: "'ink-3': '#626d79',",
    replace: "'ink-3': '#7b8591',",
    caughtBy: { suite: 'unit', file: 'components/ui/tokens.test.ts', title: '%s can be read on every paper' },
  },
  {
    name: 'an English sentence leaves out the number of the Vietnamese one',
    file: 'messages/en/bulk.json',
    search: '"meant": "{count, number} will change"',
    replace: '"meant": "They will change"',
    caughtBy: {
      suite: 'unit',
      file: 'messages/messages.test.ts',
      title: 'take the same values as the Vietnamese ones',
    },
  },
  {
    name: 'the figures of the day have a colour that cannot be read',
    file: 'components/insights/today/Figures.module.css',
    search: `.before {
  color: var(--ink-2);`,
    replace: `.before {
  color: var(--line-strong);`,
    caughtBy: {
      suite: 'journey',
      file: 'e2e/every-page.spec.ts',
      title:
        'every page of ${username} is complete in each language, by day, by night and on a phone, without console errors',
      row: 'of lanhdao.hoankiem is complete',
    },
  },
  {
    name: 'a sentence of the auditor’s page is shown as its key',
    file: 'components/disclosures/Disclosures.tsx',
    search: "sentence={t('sentence')}",
    replace: "sentence={t('sentences' as 'sentence')}",
    caughtBy: {
      suite: 'journey',
      file: 'e2e/every-page.spec.ts',
      title:
        'every page of ${username} is complete in each language, by day, by night and on a phone, without console errors',
      row: 'of kiemtra is complete',
    },
  },
  {
    name: 'the box that selects a bulletin has no name',
    file: 'components/bulletins/desk/BulletinRow.tsx',
    search: `            aria-label={t('list.select', { title: row.title || t('untitled') })}
`,
    replace: '',
    caughtBy: {
      suite: 'journey',
      file: 'e2e/every-page.spec.ts',
      title:
        'every page of ${username} is complete in each language, by day, by night and on a phone, without console errors',
      row: 'of tongbientap is complete',
    },
  },
  {
    name: 'the buttons of triage are wider than a phone',
    file: 'components/reports/triage/DecisionBar.module.css',
    search: 'grid-template-columns: repeat(3, minmax(0, 1fr));',
    replace: 'grid-template-columns: repeat(3, minmax(180px, 1fr));',
    caughtBy: {
      suite: 'journey',
      file: 'e2e/triage.phone.spec.ts',
      title: 'on a phone a report is assigned with one tap, and nothing exceeds the edge',
    },
  },
  {
    name: 'the navigation is printed with a report',
    file: 'components/shell/Rail.module.css',
    search: `@media print {
  .rail {
    display: none;`,
    replace: `@media print {
  .rail {
    display: flex;`,
    caughtBy: {
      suite: 'journey',
      file: 'e2e/print.spec.ts',
      title:
        'on paper a report is a sheet with letterhead, dates, words and answer, and without internal notes; that of a merged one has the answer of the other, its photo loaded before the browser prints',
    },
  },
]
