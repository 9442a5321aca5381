import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { needsSecondPerson } from '../rules/answer-batch.ts'
import type { noticePreviewInput } from '../rules/batch-schemas.ts'
import { noticeVariables, variablesBeside } from '../rules/templates.ts'
import { noticeText } from './batch-candidates.ts'
import { countBy, samplesOf } from './batch-preview.ts'
import { noticedLately, noticeReach } from './notice-reach.ts'

/**
 * What a notice would do: how many persons it reaches, whom it does not reach and why, and how it reads to three of
 * them.
 */
export async function previewNotice(ctx: Context, input: z.output<typeof noticePreviewInput>) {
  const [{ chosen, recipients, leftOut }, told] = await Promise.all([
    noticeReach(ctx.db, ctx.actor, input),
    noticedLately(ctx.db, input.incidentId, ctx.now()),
  ])
  const byId = new Map(chosen.map((report) => [report.id, report]))
  const reached = recipients.flatMap(({ id }) => byId.get(id) ?? [])
  return {
    reports: chosen.length,
    recipients: recipients.length,
    covered: recipients.reduce((sum, { covers }) => sum + covers.length, 0),
    secondPerson: needsSecondPerson(recipients.length + told),
    /** Persons reached by other notices of the incident, which count together with this one. */
    told,
    leftOut: countBy(leftOut.map(({ refusalReason }) => refusalReason)),
    unknownVariables: variablesBeside(input.body, noticeVariables),
    samples: samplesOf(reached).map((report) => ({
      code: report.code,
      title: report.title,
      body: noticeText(report, input.body),
    })),
  }
}
export type NoticePreview = Awaited<ReturnType<typeof previewNotice>>
