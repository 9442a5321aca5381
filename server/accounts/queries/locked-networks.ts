import { and, asc, gt, or, sql } from 'drizzle-orm'
import { loginLimits } from '#db/schema/index.ts'
import { signInLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import { type Surrounding, surroundings } from '../rules/network.ts'
import { mayAdministerCity } from '../rules/policy.ts'

export type LockedNetwork = { by: Surrounding; place: string; tries: number; until: Date }

/** The addresses and networks that are locked now. Empty for everyone but administrators of the whole city. */
export async function lockedNetworks(ctx: Pick<Context, 'db' | 'now' | 'actor'>): Promise<LockedNetwork[]> {
  return mayAdministerCity(ctx.actor) ? lockedPlaces(ctx) : []
}

export async function lockedPlaces({ db, now }: Pick<Context, 'db' | 'now'>): Promise<LockedNetwork[]> {
  const used = surroundings.map((by) =>
    and(sql`starts_with(${loginLimits.key}, ${`${by}:`})`, gt(loginLimits.points, signInLimits[by].tries)),
  )
  const rows = await db
    .select()
    .from(loginLimits)
    .where(and(gt(loginLimits.expire, now().getTime()), or(...used)))
    .orderBy(asc(loginLimits.expire))
  return rows.map(({ key, points, expire }) => {
    const [by = '', place = ''] = key.split(/:(.*)/s)
    return { by: by as Surrounding, place, tries: points, until: new Date(expire ?? 0) }
  })
}
