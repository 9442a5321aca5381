import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletins } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { type BulletinState, openBulletinStates } from '../rules/lifecycle.ts'
import { offeredBulletinMoves } from '../rules/policy.ts'
import { alertsInForce } from './public-alerts.ts'

/** Of a draft in the wide sense: neither published nor scheduled. */
type OpenState = Exclude<(typeof openBulletinStates)[number], 'scheduled'>
type Reading = { db: Connection; actor: Actor; now: () => Date }

/** What is left to the newsroom when an incident is closed. Closing ends none of it. */
export type LeftByClosing = {
  /** In force as alerts. `mayEnd`: whether the reader may end it. */
  alerts: { id: string; title: string; until: Date; mayEnd: boolean }[]
  scheduled: { id: string; title: string; at: Date; isAlert: boolean }[]
  drafts: { id: string; title: string; state: OpenState }[]
}

export async function leftByClosing({ db, actor, now }: Reading, incidentId: string): Promise<LeftByClosing> {
  const at = now()
  const [alerts, open] = await Promise.all([alertsOfIncident(db, incidentId, at), openOf(db, incidentId)])
  return {
    alerts: alerts.map(({ bulletin, until }) => ({
      id: bulletin.id,
      title: bulletin.title,
      until,
      mayEnd: offeredBulletinMoves(actor, bulletin, at).some(
        ({ move, refusalReason }) => move === 'withdraw' && !refusalReason,
      ),
    })),
    scheduled: open.flatMap(({ id, title, scheduledFor, isAlert }) =>
      scheduledFor ? [{ id, title, at: scheduledFor, isAlert }] : [],
    ),
    drafts: open.flatMap(({ id, title, state }) => (isOpenState(state) ? [{ id, title, state }] : [])),
  }
}

const isOpenState = (state: BulletinState): state is OpenState =>
  state !== 'scheduled' && (openBulletinStates as readonly BulletinState[]).includes(state)

export async function alertsOfIncident(db: Connection, incidentId: string, at: Date) {
  const inForce = new Map((await alertsInForce(db, at)).map(({ bulletinId, expiresAt }) => [bulletinId, expiresAt]))
  if (inForce.size === 0) return []
  const rows = await db
    .select()
    .from(bulletins)
    .where(and(eq(bulletins.incidentId, incidentId), inArray(bulletins.id, [...inForce.keys()])))
    .orderBy(asc(bulletins.publishedAt))
  return rows.map((bulletin) => ({ bulletin, until: inForce.get(bulletin.id) ?? at }))
}

/** Includes corrections in progress: they need work, too. */
function openOf(db: Connection, incidentId: string) {
  return db
    .select({
      id: bulletins.id,
      title: bulletins.title,
      state: bulletins.state,
      scheduledFor: bulletins.scheduledFor,
      isAlert: bulletins.isAlert,
    })
    .from(bulletins)
    .where(and(eq(bulletins.incidentId, incidentId), inArray(bulletins.state, openBulletinStates)))
    .orderBy(asc(bulletins.scheduledFor), asc(bulletins.id))
}
