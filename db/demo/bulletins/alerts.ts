import type { Transaction } from '#db/client.ts'
import * as schema from '#db/schema/index.ts'
import { cityPlace } from '#server/bulletins/rules/alert-places.ts'
import { type AlertArea, capMessage, type Reference } from '#server/bulletins/rules/cap.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { World } from '../world.ts'
import type { BulletinLife } from './life.ts'

type AlertRow = typeof schema.bulletinAlerts.$inferInsert

/** The desk did not send these itself: they are told as coming from the office of the time. */
const sender = 'pctt.hanoi.example'

/** The warnings about the storm as CAP messages: one alert, and its updates as each warning took the place of the one before. */
export async function alertsOf(tx: Transaction, _world: World, storm: readonly BulletinLife[]): Promise<AlertRow[]> {
  const areas = await wholeCity(tx)
  const warnings = storm.filter(({ row }) => row.title.startsWith('Cảnh báo bão'))
  const rows: AlertRow[] = []
  const references: Reference[] = []
  for (const { row, publications } of warnings) {
    const [out] = publications
    if (!out) continue
    rows.push(
      rowOf({
        row,
        revisionId: out.revisionId,
        at: out.publishedAt,
        content: contentOf(storm, row.id),
        areas,
        references,
      }),
    )
    references.push({ identifier: rows.at(-1)?.id as string, sender, sentAt: out.publishedAt })
  }
  return rows
}

type Parts = {
  row: BulletinLife['row']
  revisionId: string
  at: Date
  content: BulletinLife['content']
  areas: readonly AlertArea[]
  references: readonly Reference[]
}

function rowOf({ row, revisionId, at, content, areas, references }: Parts): AlertRow {
  const id = `hanoi-${row.id}-1`
  const messageType = references.length === 0 ? ('Alert' as const) : ('Update' as const)
  const expires = new Date(at.getTime() + 12 * 3_600_000)
  const alert = { ...stormPanel, onset: null, expires: expires.toISOString() }
  const message = capMessage({
    identifier: id,
    sender,
    senderName: { vi: 'Ủy ban nhân dân thành phố Hà Nội', en: 'Hanoi People’s Committee' },
    sentAt: at,
    status: 'Actual',
    messageType,
    content: { ...content, alert },
    areas,
    references: references.slice(-1),
    web: null,
  })
  const follows = references.slice(-1).map(({ identifier }) => identifier)
  return {
    id,
    bulletinId: row.id,
    revisionId,
    messageType,
    status: 'Actual',
    sentAt: at,
    expiresAt: expires,
    follows,
    headline: content.vi.title,
    message,
  }
}

function contentOf(storm: readonly BulletinLife[], id: string): BulletinLife['content'] {
  const life = storm.find(({ row }) => row.id === id)
  if (!life) throw new Error(`no bulletin ${id}`)
  return life.content
}

const stormPanel = {
  event: 'Bão số 3 (Yagi)',
  eventEn: 'Typhoon Yagi',
  category: 'Met',
  response: 'Shelter',
  urgency: 'Immediate',
  severity: 'Extreme',
  certainty: 'Observed',
  instruction: 'Ở trong nhà kiên cố, tránh xa cửa kính; không ra đường cho đến khi có thông báo mới.',
  instructionEn: 'Stay indoors in a solid building, away from glass, until further notice.',
} as const

async function wholeCity(tx: Transaction): Promise<AlertArea[]> {
  const day = localDayOf(new Date('2025-07-01T00:00:00+07:00'))
  const rows = await tx
    .select({ geometry: schema.areas.geometry, validFrom: schema.areas.validFrom })
    .from(schema.areas)
  return [cityPlace(rows.filter(({ validFrom }) => validFrom <= day).map(({ geometry }) => geometry))]
}
