import type { Fault } from './fault.ts'

/** What is counted, of what, and against which target. */
export const figureFaults: readonly Fault[] = [
  {
    name: 'a dissatisfied citizen counts as content',
    file: 'server/insights/rules/measure-rules.ts',
    search: "const contentRatings = ['satisfied', 'acceptable']",
    replace: "const contentRatings = ['satisfied', 'acceptable', 'dissatisfied']",
    caughtBy: {
      suite: 'unit',
      file: 'server/insights/golden/golden.test.ts',
      title: 'gives the answer worked out manually',
    },
  },
  {
    name: 'reopened reports are divided by closings instead of by closed reports',
    file: 'server/insights/queries/board-kpis.ts',
    search: 'reopened: shareFigure(whole.reopened, whole.closed_reports),',
    replace: 'reopened: shareFigure(whole.reopened, whole.closes),',
    caughtBy: {
      suite: 'unit',
      file: 'server/insights/golden/golden.test.ts',
      title: 'gives the answer worked out manually',
    },
  },
  {
    name: 'a target applies only from the day after its first day',
    file: 'server/insights/rules/target.ts',
    search: 'target.kpi === kpi && target.validFrom <= day',
    replace: 'target.kpi === kpi && target.validFrom < day',
    caughtBy: { suite: 'unit', file: 'server/insights/rules/target.test.ts', title: 'the city after it' },
  },
]
