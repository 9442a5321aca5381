import type { Transaction } from '#db/client.ts'
import * as schema from '#db/schema/index.ts'
import { cityPlace } from '#server/bulletins/rules/alert-places.ts'
import { type AlertArea, capMessage, type Reference } from '#server/bulletins/rules/cap.ts'
import { endOfAlert } from '#server/bulletins/rules/validity.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { BulletinLife } from './life.ts'

type AlertRow = typeof schema.bulletinAlerts.$inferInsert

/** The desk did not send these itself: their sender is the office of that time. */
const sender = 'pctt.hanoi.example'

/** The storm warnings as CAP messages: one alert, then an update for each warning that replaces those before it. */
export async function alertsOf(tx: Transaction, storm: readonly BulletinLife[]): Promise<AlertRow[]> {
  const areas = await wholeCity(tx)
  const rows: AlertRow[] = []
  const references: Reference[] = []
  for (const { row, revisions, publications } of storm) {
    const [out] = publications
    const content = revisions.find(({ id }) => id === out?.revisionId)?.content
    const expires = endOfAlert(content?.alert ?? null)
    if (!out || !content || !expires) continue
    const id = `hanoi-${row.id}-1`
    const messageType = references.length === 0 ? 'Alert' : 'Update'
    const message = capMessage({
      identifier: id,
      sender,
      senderName: { vi: 'Ủy ban nhân dân thành phố Hà Nội', en: 'Hanoi People’s Committee' },
      sentAt: out.publishedAt,
      status: 'Actual',
      messageType,
      content,
      areas,
      references,
      web: null,
    })
    rows.push({
      id,
      bulletinId: row.id,
      revisionId: out.revisionId,
      messageType,
      status: 'Actual',
      sentAt: out.publishedAt,
      expiresAt: expires,
      follows: references.map(({ identifier }) => identifier),
      headline: content.vi.title,
      message,
    })
    references.push({ identifier: id, sender, sentAt: out.publishedAt })
  }
  return rows
}

async function wholeCity(tx: Transaction): Promise<AlertArea[]> {
  const day = localDayOf(new Date('2025-07-01T00:00:00+07:00'))
  const rows = await tx
    .select({ geometry: schema.areas.geometry, validFrom: schema.areas.validFrom })
    .from(schema.areas)
  return [cityPlace(rows.filter(({ validFrom }) => validFrom <= day).map(({ geometry }) => geometry))]
}
