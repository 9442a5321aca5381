import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { accounts, agencies, areas, categories, explanations, riskActions } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import type { OwnedRisk } from '#server/notifications/rules/risks.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import type { LocalName, NamedAgency } from '../rules/board.ts'
import { explanationLimits, mayAnswer, mayWithdraw } from '../rules/explanations.ts'
import { agenciesBelow } from './frames.ts'

/** An explanation that an agency was asked for. */
export type Explaining = {
  id: string
  kind: OwnedRisk
  count: number
  /** What and where, of many reports at one place. */
  topic: LocalName | null
  area: string | null
  agency: NamedAgency
  /** Opens what the agency had of the risk when it was asked. */
  href: string
  dueOn: LocalDay
  words: string
  by: string
  at: Date
  /** How many reports the risk counted, and on the timelines of how many of them the request stands. */
  reports: number
  kept: number
  given: { answer: string; by: string; at: Date } | null
  mayAnswer: boolean
  mayWithdraw: boolean
}

/** The most that are shown of the open ones, and of those that were answered. */
const mostShown = 50
const dayMillis = 86_400_000

type ExplanationsShown = { shown: Explaining[]; hasMore: boolean }

/**
 * What is open, the first due first, then what was answered in the last days; of each, what concerns the account itself
 * before the rest. `led` null: of the whole city.
 */
export async function explanationsOf(ctx: Context, led: string | null, at: Date): Promise<ExplanationsShown> {
  const recent = new Date(at.getTime() - explanationLimits.shownDays * dayMillis).toISOString()
  const end = sql`coalesce(${explanations.answeredAt}, 'infinity')`
  const parts = await Promise.all([
    someOf(ctx, led, sql`${end} = 'infinity'`, asc(explanations.dueOn)),
    someOf(
      ctx,
      led,
      sql`${isNotNull(explanations.answeredAt)} and ${end} > ${recent}::timestamptz`,
      desc(explanations.answeredAt),
    ),
  ])
  return {
    shown: parts.flatMap((part) => part.slice(0, mostShown)),
    hasMore: parts.some(({ length }) => length > mostShown),
  }
}

/** Whether the account asked for it, or is head of the agency that was asked. */
function isOwn({ id, grants }: Actor): SQL {
  const headed = grants.flatMap(({ role, agencyId }) => (role === 'approver' ? [agencyId] : []))
  return sql`(${riskActions.byId} = ${id}::uuid or ${riskActions.agencyId} = any(${textArray(headed)}))`
}

/** One more than is shown, so that it is known whether there are more. */
async function someOf({ db, actor }: Context, led: string | null, which: SQL, order: SQL): Promise<Explaining[]> {
  const answerer = alias(accounts, 'answerer')
  const rows = await db
    .select({
      id: explanations.id,
      kind: riskActions.kind,
      count: riskActions.count,
      topicName: categories.name,
      topicNameEn: categories.nameEn,
      area: areas.shortName,
      agency: { id: agencies.id, name: agencies.name, shortName: agencies.shortName },
      href: riskActions.address,
      dueOn: explanations.dueOn,
      words: explanations.words,
      byId: riskActions.byId,
      by: accounts.name,
      at: riskActions.at,
      reports: explanations.reports,
      kept: sql<number>`(select count(*)::int from explanation_reports where explanation_id = ${explanations.id})`,
      answer: explanations.answer,
      answeredAt: explanations.answeredAt,
      answerer: answerer.name,
    })
    .from(explanations)
    .innerJoin(riskActions, eq(riskActions.id, explanations.id))
    .innerJoin(agencies, eq(agencies.id, riskActions.agencyId))
    .innerJoin(accounts, eq(accounts.id, riskActions.byId))
    .leftJoin(answerer, eq(answerer.id, explanations.answeredById))
    .leftJoin(categories, eq(categories.code, riskActions.categoryCode))
    .leftJoin(areas, eq(areas.id, riskActions.areaId))
    .where(
      and(
        isNull(explanations.withdrawnAt),
        which,
        led === null ? undefined : sql`${riskActions.agencyId} = any(array(${agenciesBelow(led)}))`,
      ),
    )
    .orderBy(desc(isOwn(actor)), order, asc(explanations.id))
    .limit(mostShown + 1)
  return rows.map(({ topicName, topicNameEn, byId, answer, answeredAt, answerer: giver, ...row }) => {
    const asked = { agencyId: row.agency.id, byId, isOpen: answeredAt === null }
    return {
      ...row,
      topic: topicName === null ? null : { name: topicName, nameEn: topicNameEn ?? topicName },
      given: answer === null || answeredAt === null ? null : { answer, by: giver ?? '', at: answeredAt },
      mayAnswer: mayAnswer(actor, asked),
      mayWithdraw: mayWithdraw(actor, asked),
    }
  })
}
