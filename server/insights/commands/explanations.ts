import { eq, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { explanationReports, explanations, riskActions } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { type EventEntry, recordEvent } from '#server/events/commands.ts'
import { notifyOfRisk } from '#server/notifications/commands/notify-of-risk.ts'
import type { RiskNotice } from '#server/notifications/rules/kinds.ts'
import type { NotificationRecipients } from '#server/notifications/rules/recipients.ts'
import type { OwnedRisk } from '#server/notifications/rules/risks.ts'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { selectionOf } from '#server/reports/queries/selection.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import {
  type AnswerExplanation,
  type AskExplanation,
  explanationLimits,
  isDueDay,
  keptOf,
  mayAnswer,
  mayWithdraw,
} from '../rules/explanations.ts'
import { mayActOnRisk } from '../rules/risk-actions.ts'
import { actionOf, ownedRisk } from './owned-risk.ts'

/** `reports`: what the risk counted; `kept`: on the timelines of how many of them the request stands. */
export type Asked = { id: string; reports: number; kept: number }

/**
 * Asks the head of an agency to explain a risk by a day. Sent twice, it is one request; another one about the same risk
 * on the same day is refused.
 */
export async function askExplanation(ctx: Context, input: AskExplanation): Promise<Asked> {
  const actor = capacityFor(ctx.actor, (capacity) => mayActOnRisk(capacity, input.agency))
  if (!actor) throw new DomainError('forbidden')
  const before = await askedBefore(ctx.db, ctx, input)
  if (before) return before
  const at = ctx.now()
  if (!isDueDay(input.dueOn, localDayOf(at))) throw new DomainError('explanation_due', { days: explanationLimits.days })
  const { risk, owner } = await ownedRisk(ctx, at, input)
  const { ids, hasMore } = await selectionOf(ctx, parseQueue(Object.fromEntries(parametersOf(owner.href)), 'all'))
  // Settled since the risk was counted.
  if (ids.length === 0) throw new DomainError('risk_gone')
  const reports = hasMore ? owner.count : ids.length
  const kept = keptOf(ids)
  return ctx.db.transaction(async (tx) => {
    const made = await tx
      .insert(riskActions)
      .values({ ...actionOf(ctx, risk, owner), id: input.id, action: 'explain', at })
      .onConflictDoNothing()
      .returning({ id: riskActions.id })
    if (made.length === 0) {
      // The same one, committed by another process a moment ago; or another one of today.
      const same = await askedBefore(tx, ctx, input)
      if (same) return same
      throw new DomainError('explanation_asked_before')
    }
    const { id, words, dueOn } = input
    await tx.insert(explanations).values({ id, dueOn, words, reports })
    await tx.insert(explanationReports).values(kept.map((reportId) => ({ explanationId: id, reportId })))
    await tell(
      tx,
      { ...ctx, actor },
      {
        event: 'explanation_asked',
        agencyId: owner.id,
        reportIds: kept,
        details: { dueOn, words },
        risk: { id, kind: risk.kind, count: owner.count },
        to: { accounts: [], roles: [{ role: 'approver', agencyId: owner.id }] },
        mustReach: true,
      },
    )
    return { id, reports, kept: kept.length }
  })
}

const parametersOf = (address: string): URLSearchParams => new URLSearchParams(address.slice(address.indexOf('?')))

/** The request with this id, if it is there. It is the same one only if the same person asked the same. */
async function askedBefore(db: Connection, { actor }: Context, input: AskExplanation): Promise<Asked | null> {
  const { id, risk, agency, dueOn, words } = input
  const [row] = await db
    .select({
      byId: riskActions.byId,
      isSame: sql<boolean>`(${riskActions.risk}, ${riskActions.agencyId}, ${explanations.dueOn}, ${explanations.words})
        = (${risk}, ${agency}, ${dueOn}::date, ${words})`,
      reports: explanations.reports,
      kept: sql<number>`(select count(*)::int from explanation_reports where explanation_id = ${explanations.id})`,
    })
    .from(explanations)
    .innerJoin(riskActions, eq(riskActions.id, explanations.id))
    .where(eq(explanations.id, id))
  if (!row) return null
  const { byId, isSame, ...asked } = row
  if (byId !== actor.id) throw new DomainError('forbidden')
  if (!isSame) throw new DomainError('explanation_asked_before')
  return { id, ...asked }
}

type Asking = { id: string }

/** Answers a request, once. The answer goes to who asked, and stands on the timelines of the reports. */
export async function answerExplanation(ctx: Context, { id, answer }: AnswerExplanation): Promise<Asking> {
  return ctx.db.transaction(async (tx) => {
    const { actor, ...asked } = await lockOpen(tx, ctx, id, mayAnswer)
    await tx
      .update(explanations)
      .set({ answer, answeredById: actor.id, answeredAt: ctx.now() })
      .where(eq(explanations.id, asked.id))
    await tell(
      tx,
      { ...ctx, actor },
      {
        event: 'explanation_given',
        agencyId: asked.agencyId,
        reportIds: await keptReports(tx, asked.id),
        details: { words: answer },
        risk: asked,
        to: { accounts: [asked.byId], roles: [] },
      },
    )
    return { id }
  })
}

/** Withdraws a request that is still open. */
export async function withdrawExplanation(ctx: Context, { id }: Asking): Promise<Asking> {
  return ctx.db.transaction(async (tx) => {
    const { actor, ...asked } = await lockOpen(tx, ctx, id, mayWithdraw)
    await tx.update(explanations).set({ withdrawnAt: ctx.now() }).where(eq(explanations.id, asked.id))
    await tell(
      tx,
      { ...ctx, actor },
      {
        event: 'explanation_withdrawn',
        agencyId: asked.agencyId,
        reportIds: await keptReports(tx, asked.id),
        details: {},
        risk: asked,
        to: { accounts: [], roles: [{ role: 'approver', agencyId: asked.agencyId }] },
      },
    )
    return { id }
  })
}

/** An open request, locked, and the capacity in which the account may do this with it. */
async function lockOpen(tx: Transaction, ctx: Context, id: string, may: typeof mayAnswer) {
  const [row] = await tx
    .select({
      id: explanations.id,
      isOpen: sql<boolean>`num_nonnulls(${explanations.answeredAt}, ${explanations.withdrawnAt}) = 0`,
      agencyId: riskActions.agencyId,
      byId: riskActions.byId,
      kind: riskActions.kind,
      count: riskActions.count,
    })
    .from(explanations)
    .innerJoin(riskActions, eq(riskActions.id, explanations.id))
    .where(eq(explanations.id, id))
    .for('update', { of: explanations })
  const scope = scopeOf(ctx.actor)
  if (!row || !(scope.all || scope.agencyIds.includes(row.agencyId))) throw new DomainError('not_found')
  // The right first, as if it were open: who may not act learns nothing of what others did.
  const actor = capacityFor(ctx.actor, (capacity) => may(capacity, { ...row, isOpen: true }))
  if (!actor) throw new DomainError('forbidden')
  if (!row.isOpen) throw new DomainError('explanation_closed')
  return { ...row, actor }
}

async function keptReports(tx: Transaction, explanationId: string): Promise<number[]> {
  const rows = await tx
    .select({ id: explanationReports.reportId })
    .from(explanationReports)
    .where(eq(explanationReports.explanationId, explanationId))
    .orderBy(explanationReports.reportId)
  return rows.map(({ id }) => id)
}

type Step = Extract<RiskNotice, `explanation_${string}`>
type News = {
  event: Step
  agencyId: string
  reportIds: readonly number[]
  details: { dueOn?: string; words?: string }
  risk: { id: string; kind: OwnedRisk; count: number }
  to: Pick<NotificationRecipients, 'accounts' | 'roles'>
  mustReach?: boolean
}

/** Records a step on the agency and on every report that is kept, in one statement, and notifies who it concerns. */
async function tell(tx: Transaction, ctx: Context, news: News): Promise<void> {
  const { event, agencyId, reportIds, details, risk, to, mustReach = false } = news
  const ofReports = reportIds.map(
    (id): EventEntry => ({ event: `report.${event}`, subject: { kind: 'report', id }, agencyId, details }),
  )
  const ofAgency: EventEntry = {
    event: `agency.${event}`,
    subject: { kind: 'agency', id: agencyId },
    agencyId,
    details: { risk: risk.kind, count: risk.count, ...details },
  }
  await recordEvent(tx, ctx, ...ofReports, ofAgency)
  await notifyOfRisk(tx, ctx, { kind: event, riskActionId: risk.id, risk: risk.kind, ...to, mustReach })
}
