import { eq, sql } from 'drizzle-orm'
import { answerBatches, answerBatchRecipients } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { incidentById } from '#server/incidents/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { batchReports, judgeReports } from '../queries/batch-candidates.ts'
import { mostRecipients, needsSecondPerson } from '../rules/answer-batch.ts'
import type { ComposeBatch } from '../rules/batch-schemas.ts'
import { batchVariables, variablesBeside } from '../rules/templates.ts'

const rowsAtOnce = 500

/**
 * One message to many reporters: who gets it is settled now. It is sent by a job, report by report through the usual moves;
 * above fifty, or where the author wants it, only after another account has approved the whole.
 */
export async function composeBatch(ctx: Context, input: ComposeBatch) {
  const authorId = ctx.actor.id
  if (authorId === null || !mayUse(ctx.actor, 'incidents.answer')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const at = ctx.now()
    // The same request sent twice at once: the second waits, and finds the batch.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${batchKey(input.id)}))`)
    const [known] = await tx.select().from(answerBatches).where(eq(answerBatches.id, input.id))
    if (known) return { id: known.id, version: known.version, state: known.state }
    await incidentById(tx, input.incidentId, at)
    const [variable] = variablesBeside(Object.values(input.words).join('\n'), batchVariables)
    if (variable !== undefined) throw new DomainError('template_variable_unknown', { variable })
    const reports = await batchReports(tx, ctx.actor, input.incidentId, input.filter)
    const { way, recipients } = judgeReports(ctx.actor, reports, input.words)
    if (recipients.length === 0) throw new DomainError('batch_empty')
    if (recipients.length > mostRecipients) throw new DomainError('batch_too_large', { most: mostRecipients })
    if (recipients.length !== input.expected) throw new DomainError('batch_changed', { recipients: recipients.length })
    const secondPerson = needsSecondPerson(recipients.length) ? 'needed' : input.wantsSecondPerson ? 'wanted' : 'none'
    const state = secondPerson === 'none' ? 'sending' : 'awaiting_approval'
    await tx.insert(answerBatches).values({
      id: input.id,
      incidentId: input.incidentId,
      state,
      filter: input.filter,
      what: input.words.what,
      whereDone: input.words.where,
      whenDone: input.words.when,
      next: input.words.next,
      recipients: recipients.length,
      secondPerson,
      authorId,
      authorFor: way.onBehalfOf,
      createdAt: at,
    })
    for (let from = 0; from < recipients.length; from += rowsAtOnce) {
      const rows = recipients.slice(from, from + rowsAtOnce).map(({ id }) => ({ batchId: input.id, reportId: id }))
      await tx.insert(answerBatchRecipients).values(rows)
    }
    await recordEvent(
      tx,
      { ...ctx, actor: way },
      {
        event: 'incident.answers_composed',
        subject: { kind: 'incident', id: input.incidentId },
        details: { batchId: input.id, recipients: recipients.length, secondPerson: secondPerson !== 'none' },
      },
    )
    if (state === 'sending') await queueJob(tx, 'answer_batch', { batchId: input.id }, { jobKey: batchKey(input.id) })
    return { id: input.id, version: 1, state }
  })
}

export const batchKey = (batchId: string): string => `answer_batch:${batchId}`
