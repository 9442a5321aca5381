import { and, asc, eq } from 'drizzle-orm'
import { accounts, riskActions } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { RiskOwner } from '../rules/today.ts'

/** Who was reminded of what today, by risk and owner. */
export type Reminders = ReadonlyMap<string, NonNullable<RiskOwner['reminded']>>

export const reminderKey = (risk: string, agency: string): string => `${risk} ${agency}`

/** All of a day: the risks that are shown to an account say whose it reads. */
export async function remindersOf({ db, actor }: Context, day: LocalDay): Promise<Reminders> {
  const rows = await db
    .select({
      risk: riskActions.risk,
      agency: riskActions.agencyId,
      at: riskActions.at,
      byId: riskActions.byId,
      by: accounts.name,
    })
    .from(riskActions)
    .innerJoin(accounts, eq(accounts.id, riskActions.byId))
    .where(and(eq(riskActions.day, day), eq(riskActions.action, 'remind')))
    .orderBy(asc(riskActions.at), asc(riskActions.id))
  const reminders = new Map<string, NonNullable<RiskOwner['reminded']>>()
  for (const { risk, agency, at, byId, by } of rows) {
    const key = reminderKey(risk, agency)
    const isOwn = byId === actor.id || (reminders.get(key)?.isOwn ?? false)
    reminders.set(key, { at, by, isOwn })
  }
  return reminders
}
