import type { Context } from '#server/accounts/context.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import { wordsFor } from '#server/reports/queries/batch-candidates.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { batchVariables, variablesBeside } from '#server/reports/rules/templates.ts'
import { unreadAnswers } from '../commands/start-run.ts'
import { type BulkPreviewInput, isUndoable } from '../rules/actions.ts'
import { mostUnreadAnswers, runsInBackground } from '../rules/run.ts'
import { judgeReports } from './candidates.ts'

const sampleSize = 5

/** What a change would do to the reports chosen: how many it changes, which not and why, and five of those it does. */
export async function previewRun(ctx: Context, { reportIds, deed }: BulkPreviewInput) {
  const judged = await judgeReports(ctx, reportIds, deed)
  const meant = judged.filter(({ obstacle }) => obstacle === null)
  const leftOut = new Map<string, { obstacle: string; state: ReportState; reports: number }>()
  for (const { report, obstacle } of judged) {
    if (obstacle === null) continue
    const { state } = report
    // Only of the state it matters which one it is.
    const key = obstacle === 'wrong_state' ? `${obstacle} ${state}` : obstacle
    const group = leftOut.get(key) ?? { obstacle, state, reports: 0 }
    leftOut.set(key, { ...group, reports: group.reports + 1 })
  }
  return {
    chosen: new Set(reportIds).size,
    /** Chosen, but not to be seen by this account any more. */
    missing: new Set(reportIds).size - judged.length,
    meant: meant.length,
    leftOut: [...leftOut.values()].sort((a, b) => b.reports - a.reports),
    toApprover: deed.name === 'answer' ? meant.filter(({ report }) => report.needsApproval).length : 0,
    tooManyUnread: unreadAnswers(deed, meant) > mostUnreadAnswers ? mostUnreadAnswers : null,
    unknownVariables:
      deed.name === 'answer'
        ? variablesBeside([deed.what, deed.where, deed.when, deed.next].join('\n'), batchVariables)
        : [],
    isUndoable: isUndoable(deed),
    inBackground: runsInBackground(meant.length),
    stepUp: reportIds.length > stepUpLimits.rows,
    samples: samplesOf(meant).map(({ report }) => ({
      code: report.code,
      title: report.title,
      state: report.state,
      agency: report.agency,
      ...(deed.name === 'answer' && { words: wordsFor(report, deed).what }),
    })),
  }
}
export type BulkPreview = Awaited<ReturnType<typeof previewRun>>

/** Spread over the whole choice, so that they differ. */
function samplesOf<Each>(all: readonly Each[]): Each[] {
  const many = Math.min(sampleSize, all.length)
  return Array.from({ length: many }, (_, i) => all[Math.floor((i * all.length) / many)] as Each)
}
