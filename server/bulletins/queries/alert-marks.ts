import { desc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { builtOnce, writtenOnce } from '#db/built-once.ts'
import type { Connection, Database } from '#db/client.ts'
import { bulletinAlerts, bulletins } from '#db/schema/index.ts'
import { feedLimits } from '#server/platform/rules/limits.ts'
import { followedBy, isActual, isInForce, isListed, isSuccessorGone, isTakenDown } from './public-alerts.ts'

/**
 * What identifies a version of a document about alerts: all that it depends on except the messages themselves, which
 * never change.
 */
export type AlertsMark = { key: string; changedAt: Date }

const { id, sentAt, expiresAt } = bulletinAlerts
const at = sql`${sql.placeholder('at')}::timestamptz`
const hasLapsed = sql`${expiresAt} <= ${at}`
const newerOne = alias(bulletins, 'newer_one')

/** When a message changed what the public may read: when sent, taken down, stripped of its note, or lapsed. */
const lastChange = (...lapses: SQL[]) => {
  const takenDownAt = sql`case when ${isTakenDown} then ${bulletins.changedAt} end`
  const notedUntil = sql`case when ${isSuccessorGone} then ${newerOne.changedAt} end`
  return sql<string | null>`max(greatest(${sql.join([sentAt, takenDownAt, notedUntil, ...lapses], sql`, `)}))`
}

const changeIn = (db: Database, change: SQL<string | null>) =>
  db
    .select({ at: change })
    .from(bulletinAlerts)
    .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
    .leftJoin(newerOne, eq(newerOne.id, bulletins.supersededById))
    .where(isActual)

const change = builtOnce((db) => changeIn(db, lastChange()))

/** When anything about the alerts changed last, except for lapses. */
export async function alertsChangedAt(db: Connection): Promise<Date> {
  const [row] = await change(db)
  return new Date(row?.at ?? 0)
}

/** All that is shown of some alerts, as one hash computed by the database, and when the alerts changed last. */
const markOf = (said: SQL, where: SQL | undefined, limit?: number) =>
  writtenOnce<{ key: string | null; changed_at: Date | null }>((db) => {
    const told = db
      .select({ line: sql<string>`concat_ws(' ', ${said})`.as('line') })
      .from(bulletinAlerts)
      .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
      .where(where)
      .orderBy(desc(sentAt), desc(id))
    const lines = limit === undefined ? told : told.limit(limit)
    const changed = changeIn(db, lastChange(sql`case when ${hasLapsed} then ${expiresAt} end`))
    return sql`select (select md5(string_agg(line, ',')) from (${lines}) lines) as key, (${changed}) as changed_at`
  })

const listMark = markOf(
  sql.join([id, hasLapsed, isTakenDown, isSuccessorGone, followedBy], sql`, `),
  isListed,
  feedLimits.alerts,
)
const mapMark = markOf(sql`${id}`, isInForce(at))

/** Of the list of alerts, in which those that are no longer in force say so. */
export const alertListMark = (db: Connection, moment: Date): Promise<AlertsMark> => read(listMark, db, moment)

/** Of the alerts in force on the map. */
export const alertMapMark = (db: Connection, moment: Date): Promise<AlertsMark> => read(mapMark, db, moment)

async function read(mark: ReturnType<typeof markOf>, db: Connection, moment: Date): Promise<AlertsMark> {
  const [row] = await mark(db, { at: moment.toISOString() })
  return { key: row?.key ?? '', changedAt: row?.changed_at ?? new Date(0) }
}
