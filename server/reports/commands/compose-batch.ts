import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { answerBatches, answerBatchRecipients } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { incidentById } from '#server/incidents/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { batchReports, judgeReports } from '../queries/batch-candidates.ts'
import { type BatchKind, type BatchState, mostRecipients, needsSecondPerson } from '../rules/answer-batch.ts'
import type { ComposeBatch, ComposeNotice } from '../rules/batch-schemas.ts'
import { type OutcomeOf, outcomeOf } from '../rules/outcome.ts'
import { batchVariables, variablesBeside } from '../rules/templates.ts'
import { assertPlan } from './answers.ts'

const rowsAtOnce = 500

/**
 * One message to many reporters: the recipients are fixed now. A job sends it, report by report through the usual
 * moves; above fifty, or where the author wants it, only after another account has approved the whole batch.
 */
export async function composeBatch(ctx: Context, input: ComposeBatch) {
  if (!mayUse(ctx.actor, 'incidents.answer')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const known = await composedBefore(tx, input.id)
    if (known) return known
    await incidentById(tx, input.incidentId, ctx.now())
    const { what, where, when, next } = input.words
    assertVariables([what, where, when, next].join('\n'), batchVariables)
    assertPlan({ now: ctx.now() }, input.words)
    const reports = await batchReports(tx, ctx.actor, input.incidentId, input.filter)
    const { capacity, recipients } = judgeReports(ctx.actor, reports, input.words)
    return fileBatch(tx, ctx, capacity, input, {
      kind: 'answer',
      recipients: recipients.length,
      rows: recipients.map(({ id }) => ({ reportId: id })),
      details: {},
      set: {
        what: input.words.what,
        whereDone: input.words.where,
        whenDone: input.words.when,
        next: input.words.next,
        ...outcomeOf(input.words),
      },
    })
  })
}

export function assertVariables(text: string, known: readonly string[]): void {
  const [variable] = variablesBeside(text, known)
  if (variable !== undefined) throw new DomainError('template_variable_unknown', { variable })
}

type Composed = { id: string; version: number; state: BatchState }

/** The same request sent twice at the same time: the second waits, and finds the batch. */
export async function composedBefore(tx: Transaction, id: string): Promise<Composed | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${batchKey(id)}))`)
  const [known] = await tx.select().from(answerBatches).where(eq(answerBatches.id, id))
  return known ? { id: known.id, version: known.version, state: known.state } : null
}

const composedEvents: Record<BatchKind, EventName> = {
  answer: 'incident.answers_composed',
  notice: 'incident.notice_composed',
}

type Filed = {
  kind: BatchKind
  recipients: number
  /** Persons notified by other notices that count with this one towards the limit for a second person. */
  told?: number
  rows: Omit<typeof answerBatchRecipients.$inferInsert, 'batchId'>[]
  details: EventDetails
  set: Pick<
    typeof answerBatches.$inferInsert,
    'what' | 'whereDone' | 'whenDone' | 'next' | keyof OutcomeOf | 'followsId' | 'leavesAt'
  >
}

/** Stores the composed batch and its recipients; queues it where no approval is needed first. */
export async function fileBatch(
  tx: Transaction,
  ctx: Context,
  capacity: Actor,
  input: ComposeBatch | ComposeNotice,
  { kind, recipients, told = 0, rows, details, set }: Filed,
): Promise<Composed> {
  const { id, incidentId, filter, expected, wantsSecondPerson } = input
  if (capacity.id === null) throw new DomainError('forbidden')
  if (recipients === 0) throw new DomainError('batch_empty')
  if (recipients > mostRecipients) throw new DomainError('batch_too_large', { most: mostRecipients })
  if (recipients !== expected) throw new DomainError('batch_changed', { recipients })
  const secondPerson = needsSecondPerson(recipients + told) ? 'needed' : wantsSecondPerson ? 'wanted' : 'none'
  const state = secondPerson === 'none' ? 'sending' : 'awaiting_approval'
  const leavesAt = state === 'sending' ? (set.leavesAt ?? null) : null
  await tx.insert(answerBatches).values({
    ...set,
    id,
    incidentId,
    kind,
    state,
    filter,
    recipients,
    secondPerson,
    authorId: capacity.id,
    authorFor: capacity.onBehalfOf,
    createdAt: ctx.now(),
    leavesAt,
  })
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce).map((row) => ({ ...row, batchId: id }))
    await tx.insert(answerBatchRecipients).values(some)
  }
  await recordEvent(
    tx,
    { ...ctx, actor: capacity },
    {
      event: composedEvents[kind],
      subject: { kind: 'incident', id: incidentId },
      details: { batchId: id, recipients, secondPerson: secondPerson !== 'none', ...details },
    },
  )
  if (state === 'sending') await queueGo(tx, id, leavesAt)
  return { id, version: 1, state }
}

/** The next run of a batch starts now, or when the time to cancel it has passed. */
export async function queueGo(tx: Parameters<typeof queueJob>[0], batchId: string, runAt?: Date | null): Promise<void> {
  await queueJob(tx, 'answer_batch', { batchId }, { jobKey: batchKey(batchId), ...(runAt && { runAt }) })
}

export const batchKey = (batchId: string): string => `answer_batch:${batchId}`
