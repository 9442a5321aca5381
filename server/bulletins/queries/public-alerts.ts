import { and, desc, eq, gt, ne, not, or, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletinAlerts, bulletins } from '#db/schema/index.ts'
import { withoutNote, withoutWords } from '../rules/cap.ts'
import { isAlertTakenDown, isCleaned } from './removals.ts'

type Message = typeof bulletinAlerts.$inferSelect
/** `followedBy`: the kind of the latest message that replaced it, readable or not. */
export type PublicAlert = Message & { followedBy: Message['messageType'] | null }

const isGone = eq(bulletins.state, 'unpublished')
/** With its bulletin, or because that was cleaned of personal data since. */
export const isTakenDown = sql<boolean>`(${isGone} or ${isAlertTakenDown})`
/** The note of a cancelled alert names the bulletin that replaced it. */
export const isSuccessorGone = sql<boolean>`(${isCleaned(bulletins.supersededById)} or exists (
  select from bulletins s where s.id = ${bulletins.supersededById} and s.state = 'unpublished'))`
export const followedBy = sql<Message['messageType'] | null>`(select later.message_type from bulletin_alerts later
  where later.follows @> jsonb_build_array(${bulletinAlerts.id}) order by later.sent_at desc, later.id desc limit 1)`
const isFollowed = sql`exists (select from bulletin_alerts later
  where later.follows @> jsonb_build_array(${bulletinAlerts.id}))`
const alertColumns = { alert: bulletinAlerts, followedBy, isGone: isTakenDown, isSuccessorGone }
type AlertRow = { alert: Message; followedBy: PublicAlert['followedBy']; isGone: boolean; isSuccessorGone: boolean }

export const isActual = eq(bulletinAlerts.status, 'Actual')
export const isListed = and(isActual, or(not(isTakenDown), eq(bulletinAlerts.messageType, 'Cancel')))
export const isInForce = (at: Date | SQL) =>
  and(
    isActual,
    ne(bulletinAlerts.messageType, 'Cancel'),
    gt(bulletinAlerts.expiresAt, at),
    not(isTakenDown),
    not(isFollowed),
  )

/**
 * The alerts that were sent, newest first, without exercises. Of an alert that was taken down it shows only that it was
 * cancelled.
 */
export async function publicAlerts(db: Connection, limit = 100): Promise<PublicAlert[]> {
  const rows = await db
    .select(alertColumns)
    .from(bulletinAlerts)
    .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
    .where(isListed)
    .orderBy(desc(bulletinAlerts.sentAt), desc(bulletinAlerts.id))
    .limit(limit)
  return rows.map(asMayBeSaid)
}

/** As much of an alert as may still be public. */
function asMayBeSaid({ alert: message, followedBy, isGone, isSuccessorGone }: AlertRow): PublicAlert {
  const alert = { ...message, followedBy }
  if (isGone) {
    const bare = withoutWords(alert.message)
    return { ...alert, message: bare, headline: bare.info[0]?.headline ?? '' }
  }
  return isSuccessorGone ? { ...alert, message: withoutNote(alert.message) } : alert
}

/**
 * Alerts in force at a moment, newest first: neither cancelled, expired nor followed by another message. The follower
 * may belong to a bulletin that was taken down, so the whole table is searched and not only the public list.
 */
export async function alertsInForce(db: Connection, at: Date): Promise<PublicAlert[]> {
  const rows = await db
    .select(alertColumns)
    .from(bulletinAlerts)
    .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
    .where(isInForce(at))
    .orderBy(desc(bulletinAlerts.sentAt), desc(bulletinAlerts.id))
  return rows.map(asMayBeSaid)
}

/** One message; `gone` where it was taken down, unless it says nothing beyond that. */
export async function publicAlert(db: Connection, id: string): Promise<PublicAlert | 'gone' | null> {
  const [row] = await db
    .select(alertColumns)
    .from(bulletinAlerts)
    .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
    .where(and(eq(bulletinAlerts.id, id), isActual))
  if (!row) return null
  return row.isGone && row.alert.messageType !== 'Cancel' ? 'gone' : asMayBeSaid(row)
}
