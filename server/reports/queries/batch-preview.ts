import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { needsSecondPerson } from '../rules/answer-batch.ts'
import type { BatchWords, batchPreviewInput } from '../rules/batch-schemas.ts'
import { batchVariables, variablesBeside } from '../rules/templates.ts'
import { type BatchReport, batchReports, judgeReports, wordsFor } from './batch-candidates.ts'

const sampleSize = 3
const noWords: BatchWords = { what: '', where: '', when: '', next: '' }

/** What a batch would do: how many get an answer and how, which do not and why, and how it reads to three of them. */
export async function previewBatch(ctx: Context, input: z.output<typeof batchPreviewInput>) {
  const words = { ...noWords, ...input.words }
  const reports = await batchReports(ctx.db, ctx.actor, input.incidentId, input.filter)
  const { judged, recipients } = judgeReports(ctx.actor, reports, words)
  const leftOut = Map.groupBy(
    judged.flatMap(({ obstacle }) => (obstacle === null ? [] : [obstacle])),
    (obstacle) => obstacle,
  )
  return {
    recipients: recipients.length,
    needApproval: recipients.filter(({ needsApproval }) => needsApproval).length,
    agencies: new Set(recipients.map(({ agencyId }) => agencyId)).size,
    secondPerson: needsSecondPerson(recipients.length),
    leftOut: [...leftOut]
      .map(([obstacle, all]) => ({ obstacle, reports: all.length }))
      .sort((a, b) => b.reports - a.reports),
    unknownVariables: variablesBeside(Object.values(words).join('\n'), batchVariables),
    samples: samplesOf(recipients).map((report) => ({
      code: report.code,
      title: report.title,
      area: report.area,
      needsApproval: report.needsApproval,
      words: wordsFor(report, words),
    })),
  }
}
export type BatchPreview = Awaited<ReturnType<typeof previewBatch>>

/** The first, the middle and the last, so that they differ. */
function samplesOf(reports: readonly BatchReport[]): BatchReport[] {
  if (reports.length <= sampleSize) return [...reports]
  return [0, Math.floor(reports.length / 2), reports.length - 1].map((at) => reports[at] as BatchReport)
}
