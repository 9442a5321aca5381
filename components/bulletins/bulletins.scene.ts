import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { alertPanelOf, buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { areas, bulletinRemarks, bulletinRevisions } from '#db/schema/index.ts'
import type { BulletinDocument } from '#server/bulletins/rules/document.ts'

/** An editor of the city, with a bulletin of their own. */
export async function buildDraft(db: Database, body?: BulletinDocument) {
  const editor = await buildAccount(db, { agency: await buildCity(db), name: 'Phạm Thu Lan', roles: ['editor'] })
  const content = body && contentOf('Cấm đường', { vi: { ...textOf('Cấm đường'), body } })
  const { id } = await buildBulletin(db, { authorId: editor.id, ...(content && { content }) })
  return { id, username: editor.username }
}

/** A bulletin in review whose author may also approve bulletins. */
export async function buildOwnInReview(db: Database) {
  const agency = await buildCity(db)
  const both = await buildAccount(db, { agency, name: 'Đỗ Quang Minh', roles: ['editor', 'chief_editor'] })
  const { id, version } = await buildBulletin(db, { state: 'in_review', authorId: both.id })
  return { id, version, username: both.username }
}

/** Three approved bulletins with this mark in their titles; that of cầu Long Biên is issued as an alert. */
export async function buildApproved(db: Database, mark: string): Promise<void> {
  const [area] = await db.select({ id: areas.id }).from(areas).limit(1)
  const panel = alertPanelOf({ expires: new Date(Date.now() + 6 * 3_600_000).toISOString() })
  for (const bridge of ['Nhật Tân', 'Đông Trù', 'Long Biên']) {
    const alert = bridge === 'Long Biên' ? { alert: panel, areaIds: area ? [area.id] : [] } : {}
    await buildBulletin(db, { state: 'approved', content: contentOf(`Cấm cầu ${bridge} ${mark}`, alert) })
  }
}

export const remarksOf = async (db: Database, id: string): Promise<string[]> =>
  (await db.select().from(bulletinRemarks).where(eq(bulletinRemarks.bulletinId, id))).map(({ body }) => body).sort()

/** The contents of all revisions, the newest last. */
export const revisionsOf = async (db: Database, id: string) =>
  (await db.select().from(bulletinRevisions).where(eq(bulletinRevisions.bulletinId, id)))
    .sort((one, other) => one.number - other.number)
    .map(({ content }) => content)
