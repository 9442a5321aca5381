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

/**
 * What an action would do to the chosen reports: how many it changes, which not and why, and five samples of those it
 * changes.
 */
export async function previewRun(ctx: Context, { reportIds, action }: BulkPreviewInput) {
  const judged = await judgeReports(ctx, reportIds, action)
  const meant = judged.filter(({ refusalReason }) => refusalReason === null)
  const leftOut = new Map<string, { refusalReason: string; state: ReportState; reports: number }>()
  for (const { report, refusalReason } of judged) {
    if (refusalReason === null) continue
    const { state } = report
    // Only for a wrong state does it matter which state it is.
    const key = refusalReason === 'wrong_state' ? `${refusalReason} ${state}` : refusalReason
    const group = leftOut.get(key) ?? { refusalReason, state, reports: 0 }
    leftOut.set(key, { ...group, reports: group.reports + 1 })
  }
  return {
    chosen: new Set(reportIds).size,
    /** Chosen, but no longer visible to this account. */
    missing: new Set(reportIds).size - judged.length,
    meant: meant.length,
    leftOut: [...leftOut.values()].sort((a, b) => b.reports - a.reports),
    toApprover: action.name === 'answer' ? meant.filter(({ report }) => report.needsApproval).length : 0,
    tooManyUnread: unreadAnswers(action, meant) > mostUnreadAnswers ? mostUnreadAnswers : null,
    unknownVariables:
      action.name === 'answer'
        ? variablesBeside([action.what, action.where, action.when, action.next].join('\n'), batchVariables)
        : [],
    isUndoable: isUndoable(action),
    inBackground: runsInBackground(meant.length),
    stepUp: reportIds.length > stepUpLimits.rows,
    samples: samplesOf(meant).map(({ report }) => ({
      code: report.code,
      title: report.title,
      state: report.state,
      agency: report.agency,
      ...(action.name === 'answer' && { words: wordsFor(report, action).what }),
    })),
  }
}
export type BulkPreview = Awaited<ReturnType<typeof previewRun>>

/** Spread over the whole choice, so that they differ. */
function samplesOf<Each>(all: readonly Each[]): Each[] {
  const many = Math.min(sampleSize, all.length)
  return Array.from({ length: many }, (_, i) => all[Math.floor((i * all.length) / many)] as Each)
}
