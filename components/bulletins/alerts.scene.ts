import { asc, eq } from 'drizzle-orm'
import { callAs } from '#app/testing/beside/procedures.ts'
import type { Database } from '#db/client.ts'
import { alertPanelOf, buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { accounts, areas, bulletinAlerts, bulletins } from '#db/schema/index.ts'

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const chief = 'tongbientap'
const idOf = async (db: Database, username: string) =>
  (await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, username)))[0]?.id ?? ''

/** A published bulletin with its alert. */
export async function buildAlert(db: Database, title: string, event: string, incidentId: string | null = null) {
  const [area] = await db.select({ id: areas.id }).from(areas).where(eq(areas.kind, 'phuong')).limit(1)
  const words = 'Người dân không đi qua cầu, ở trong nhà và theo dõi thông báo tiếp theo của chính quyền địa phương.'
  const { id } = await buildBulletin(db, {
    state: 'approved',
    content: contentOf(title, {
      vi: textOf(title, words),
      areaIds: area ? [area.id] : [],
      alert: alertPanelOf({ event, expires: inHours(6) }),
    }),
    authorId: await idOf(db, 'bientap'),
    approvedById: await idOf(db, chief),
    incidentId,
    at: new Date(),
  })
  await callAs(db, chief, 'bulletins.publish', { id, version: 1, acknowledged: ['alert_event_english_missing::'] })
  return id
}

/** A bulletin that is valid until tomorrow, with an alert of six hours: as a draft, and published. */
export async function buildShortAlert(db: Database) {
  const expires = inHours(6)
  const at = new Date(expires).getTime()
  const content = contentOf('Gió giật trên cầu Nhật Tân', {
    validFrom: new Date(at - 3_600_000).toISOString(),
    validTo: new Date(at + 86_400_000).toISOString(),
    alert: alertPanelOf({ expires }),
  })
  const draft = await buildBulletin(db, { content })
  const out = await buildBulletin(db, { state: 'published', content, at: new Date() })
  return { expires, draft: draft.id, out: out.id }
}

/** An approved alert for eleven wards, and a draft that names a ward but has no area yet. */
export async function buildReaching(db: Database) {
  const wards = await db
    .select({ id: areas.id, name: areas.name })
    .from(areas)
    .where(eq(areas.kind, 'phuong'))
    .limit(11)
  const words = 'Người dân ở trong nhà và theo dõi thông báo tiếp theo của chính quyền địa phương.'
  const content = contentOf('Gió giật mạnh', {
    vi: textOf('Gió giật mạnh', words),
    areaIds: wards.map(({ id }) => id).sort((a, b) => a - b),
    alert: alertPanelOf({ expires: inHours(6) }),
  })
  const [authorId, approvedById] = [await idOf(db, 'bientap'), await idOf(db, chief)]
  const approved = await buildBulletin(db, { state: 'approved', content, authorId, approvedById, at: new Date() })
  const ward = wards[0]?.name ?? ''
  const nowhere = contentOf(`Ngập sâu tại ${ward}`, { wholeCity: false })
  const draft = await buildBulletin(db, { content: nowhere, authorId })
  return { approved: approved.id, draft: draft.id, ward }
}

/** An incident with these alerts in force, and with points where water is handed out that are not issued yet. */
export async function buildAlertedIncident(db: Database, titles: readonly string[]) {
  const { id } = await buildIncident(db, { name: 'Bão số 12', startsAt: new Date() })
  for (const title of titles) await buildAlert(db, title, 'Nguy hiểm', id)
  for (let at = 1; at <= 8; at++) {
    await buildBulletin(db, { incidentId: id, content: contentOf(`Điểm phát nước số ${at}`) })
  }
  return id
}

/** What was sent about a bulletin, in order: the kinds of messages and their headlines. */
export async function messagesOf(db: Database, bulletinId: string) {
  const { messageType, headline, sentAt } = bulletinAlerts
  const sent = await db
    .select({ messageType, headline })
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, bulletinId))
    .orderBy(asc(sentAt))
  return sent.map((each) => `${each.messageType}: ${each.headline}`)
}

export async function slugOf(db: Database, id: string): Promise<string | null> {
  const [bulletin] = await db.select({ slug: bulletins.slug }).from(bulletins).where(eq(bulletins.id, id))
  return bulletin?.slug ?? null
}
