import { asc, eq } from 'drizzle-orm'
import { accounts, riskActions } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { LastAct } from '../rules/today.ts'

type Action = (typeof riskActions.$inferSelect)['action']

/** Who did what about a risk today, by action, risk and owner. */
export type LastActs = ReadonlyMap<string, LastAct>

export const actKey = (action: Action, risk: string, agency: string): string => `${action} ${risk} ${agency}`

/** All of a day: the risks that are shown to an account say whose it reads. Also requests that were withdrawn. */
export async function lastActsOf({ db, actor }: Context, day: LocalDay): Promise<LastActs> {
  const rows = await db
    .select({
      action: riskActions.action,
      risk: riskActions.risk,
      agency: riskActions.agencyId,
      at: riskActions.at,
      byId: riskActions.byId,
      by: accounts.name,
    })
    .from(riskActions)
    .innerJoin(accounts, eq(accounts.id, riskActions.byId))
    .where(eq(riskActions.day, day))
    .orderBy(asc(riskActions.at), asc(riskActions.id))
  const acts = new Map<string, LastAct>()
  for (const { action, risk, agency, at, byId, by } of rows) {
    const key = actKey(action, risk, agency)
    const isOwn = byId === actor.id || (acts.get(key)?.isOwn ?? false)
    acts.set(key, { at, by, isOwn })
  }
  return acts
}
