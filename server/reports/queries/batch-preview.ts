import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { needsSecondPerson } from '../rules/answer-batch.ts'
import type { BatchWords, batchPreviewInput } from '../rules/batch-schemas.ts'
import { batchVariables, variablesBeside } from '../rules/templates.ts'
import { batchReports, judgeReports, wordsFor } from './batch-candidates.ts'

const sampleSize = 3
const noWords: BatchWords = { what: '', where: '', when: '', next: '' }

/** What a batch would do: how many get an answer and how, which do not and why, and how it reads to three of them. */
export async function previewBatch(ctx: Context, input: z.output<typeof batchPreviewInput>) {
  const words = { ...noWords, ...input.words }
  const reports = await batchReports(ctx.db, ctx.actor, input.incidentId, input.filter)
  const { judged, recipients } = judgeReports(ctx.actor, reports, words)
  return {
    recipients: recipients.length,
    needApproval: recipients.filter(({ needsApproval }) => needsApproval).length,
    agencies: new Set(recipients.map(({ agencyId }) => agencyId)).size,
    secondPerson: needsSecondPerson(recipients.length),
    leftOut: countBy(judged.flatMap(({ refusalReason }) => refusalReason ?? [])),
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

/** How many get nothing, by reason, the most frequent first. */
export const countBy = (refusalReasons: readonly string[]) =>
  [...Map.groupBy(refusalReasons, (refusalReason) => refusalReason)]
    .map(([refusalReason, all]) => ({ refusalReason, reports: all.length }))
    .sort((a, b) => b.reports - a.reports)

/** The first, the middle and the last, so that they differ. */
export function samplesOf<Report>(reports: readonly Report[]): Report[] {
  if (reports.length <= sampleSize) return [...reports]
  return [0, Math.floor(reports.length / 2), reports.length - 1].map((at) => reports[at] as Report)
}
