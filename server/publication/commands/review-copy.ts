import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { publicationCopies } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { bestCapacity } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockReport, type ReportRow } from '#server/reports/queries/lock.ts'
import { basisOf, copyRow } from '../queries/copies.ts'
import { countsByKind, isCleared, personalDataShown } from '../rules/clearance.ts'
import { type CopyAct, refusalReasonForCopy } from '../rules/copy.ts'
import type { publishCopyInput, saveCopyInput, withdrawCopyInput } from '../rules/schemas.ts'

type Reviewed = { reportId: number; version: number }
type Columns = Partial<typeof publicationCopies.$inferInsert> & { state: 'draft' | 'published' | 'withdrawn' }
type Outcome = { set: Columns; details?: Pick<EventDetails, 'reason' | 'showsPoint' | 'cleared'> }
type Desk = { tx: Transaction; report: ReportRow; actor: Actor; now: Date }

const events = {
  save: 'report.copy_saved',
  publish: 'report.copy_published',
  withdraw: 'report.copy_withdrawn',
} as const satisfies Record<CopyAct, EventName>

/** Keeps the mended texts as a draft; what was public before is no longer. */
export async function saveCopy(ctx: Context, input: z.output<typeof saveCopyInput>): Promise<Reviewed> {
  return changeCopy(ctx, 'save', input, (desk) => ({
    set: { ...textsOf(desk, input), state: 'draft', publishedAt: null },
  }))
}

/** From now on the public reads these texts. The log says how much was cleared, not what: it cannot be erased. */
export async function publishCopy(ctx: Context, input: z.output<typeof publishCopyInput>): Promise<Reviewed> {
  return changeCopy(ctx, 'publish', input, (desk) => {
    const texts = textsOf(desk, input)
    const shown = personalDataShown(input, texts.lon === null ? null : desk.report)
    if (!isCleared(shown, input.cleared)) throw new DomainError('copy_shows_personal_data', { shown })
    return {
      set: { ...texts, state: 'published', publishedAt: desk.now },
      details: { showsPoint: texts.lon !== null, ...(shown.length > 0 && { cleared: countsByKind(shown) }) },
    }
  })
}

/** Takes the copy from the public, or keeps it from ever becoming public. */
export async function withdrawCopy(ctx: Context, input: z.output<typeof withdrawCopyInput>): Promise<Reviewed> {
  const { reason } = input
  return changeCopy(ctx, 'withdraw', input, ({ actor, now }) => ({
    set: { ...reviewOf(actor, now), state: 'withdrawn', publishedAt: null },
    details: { reason },
  }))
}

/** The lock on the report also holds off changes of its texts: they send a copy back that was reviewed before them. */
async function changeCopy(
  ctx: Context,
  act: CopyAct,
  { reportId, version }: Reviewed,
  work: (desk: Desk) => Outcome,
): Promise<Reviewed> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, reportId)
    const copy = await copyRow(tx, reportId)
    const state = copy?.state ?? 'draft'
    const { capacity, refusalReason } = bestCapacity(ctx.actor, (each) =>
      refusalReasonForCopy(each, act, report, { state }),
    )
    if (refusalReason === 'forbidden') throw new DomainError('forbidden')
    if ((copy?.version ?? 0) !== version) throw new DomainError('conflict', { version: copy?.version ?? 0 })
    if (refusalReason) throw new DomainError(refusalReason)
    const { set, details } = work({ tx, report, actor: capacity, now: ctx.now() })
    const next = version + 1
    const row = { reportId, receivedAt: report.receivedAt, version: next, cause: null, ...set }
    if (copy) await tx.update(publicationCopies).set(row).where(eq(publicationCopies.reportId, reportId))
    else await tx.insert(publicationCopies).values(row)
    await recordEvent(
      tx,
      { ...ctx, actor: capacity },
      {
        event: events[act],
        subject: { kind: 'report', id: reportId },
        agencyId: report.agencyId,
        from: report.state,
        to: report.state,
        ...(details && { details }),
      },
    )
    return { reportId, version: next }
  })
}

/** The texts as they were mended, if the reviewer saw the report as it is now. */
function textsOf({ report, actor, now }: Desk, input: z.output<typeof saveCopyInput>) {
  if (input.basis !== basisOf(report)) throw new DomainError('copy_basis_changed')
  const { title, body, address, showsPoint } = input
  const point = showsPoint ? { lon: report.lon, lat: report.lat } : { lon: null, lat: null }
  return { title, body, address, ...point, ...reviewOf(actor, now) }
}

const reviewOf = (actor: Actor, now: Date) => ({
  reviewerId: actor.id,
  reviewerFor: actor.onBehalfOf ?? null,
  reviewedAt: now,
})
