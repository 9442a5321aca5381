import { asc, eq } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { bulletinAlerts } from '#db/schema/index.ts'
import { environment } from '#server/platform/environment.ts'
import { capXml } from './cap-xml.ts'
import { alertAreas } from './queries/alert-areas.ts'
import type { CapMessageType, CapStatus } from './rules/alert.ts'
import { type CapMessage, capMessage, type Reference } from './rules/cap.ts'
import type { Circumstances } from './rules/checklist.ts'
import type { BulletinContent } from './rules/schemas.ts'

const senderName = { vi: 'Ủy ban nhân dân thành phố Hà Nội', en: 'Hanoi People’s Committee' }

/** Who signs the messages: set by the operator, else the host under which the desk is known. */
function senderOf(): string {
  return environment().capSender ?? (environment().appUrl?.hostname || 'ihanoi-desk.local')
}

export type AlertRow = typeof bulletinAlerts.$inferSelect

/** The messages of a bulletin that stand: all of them, as long as the last did not cancel them. */
export async function standingAlerts(db: Connection, bulletinId: string): Promise<AlertRow[]> {
  const rows = await db
    .select()
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, bulletinId))
    .orderBy(asc(bulletinAlerts.sentAt), asc(bulletinAlerts.id))
  return rows.at(-1)?.messageType === 'Cancel' ? [] : rows
}

type Subject = { id: string; isExercise: boolean; slug: string | null; supersedesId: string | null }

/** What the checklist must know about the alert of a text: its boundaries, and the messages it would follow. */
export async function alertCircumstances(
  db: Connection,
  bulletin: Subject,
  content: BulletinContent,
  sendAt: Date,
): Promise<Circumstances> {
  if (!content.alert) return { sendAt, alert: null }
  const [areas, followed] = await Promise.all([alertAreas(db, content.areaIds, sendAt), followedBy(db, bulletin)])
  return {
    sendAt,
    alert: {
      // A commune whose boundary cannot be sent stands out as an empty one.
      rings: areas.flatMap(({ rings }) => (rings.length > 0 ? rings : [[]])),
      follows: followed.length > 0 ? { identifier: 'next', references: followed.map(referenceOf) } : null,
      status: statusOf(bulletin),
      isLive: !bulletin.isExercise,
    },
  }
}

/** Earlier messages of the bulletin itself, and those of the one it replaces. */
async function followedBy(db: Connection, { id, supersedesId }: Subject): Promise<AlertRow[]> {
  const [own, older] = await Promise.all([standingAlerts(db, id), supersedesId ? standingAlerts(db, supersedesId) : []])
  return [...older, ...own]
}

const statusOf = ({ isExercise }: { isExercise: boolean }): CapStatus => (isExercise ? 'Exercise' : 'Actual')
const referenceOf = ({ id, sentAt }: AlertRow): Reference => ({ identifier: id, sender: senderOf(), sentAt })

type Sending = { bulletin: Subject; revisionId: string; content: BulletinContent; at: Date; note?: string }

/** Sends the alert of a text that goes out: the first message, or an update of those before it. Null where it has lapsed. */
export async function sendAlert(tx: Transaction, sending: Sending): Promise<string | null> {
  const { content, at, bulletin } = sending
  if (!content.alert?.expires || new Date(content.alert.expires) <= at) return null
  const followed = await followedBy(tx, bulletin)
  return writeAlert(tx, sending, followed.length > 0 ? 'Update' : 'Alert', followed)
}

/** Takes back what was sent, if anything still stands. */
export async function cancelAlerts(tx: Transaction, sending: Sending): Promise<string | null> {
  const standing = await standingAlerts(tx, sending.bulletin.id)
  return standing.length > 0 ? writeAlert(tx, sending, 'Cancel', standing) : null
}

async function writeAlert(
  tx: Transaction,
  sending: Sending,
  messageType: CapMessageType,
  followed: readonly AlertRow[],
): Promise<string> {
  const { bulletin, revisionId, content, at } = sending
  const own = await tx
    .select({ id: bulletinAlerts.id })
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, bulletin.id))
  const id = `hanoi-${bulletin.id}-${own.length + 1}`
  const message = await messageOf(tx, { ...sending, messageType, id, followed })
  await tx.insert(bulletinAlerts).values({
    id,
    bulletinId: bulletin.id,
    revisionId,
    messageType,
    status: statusOf(bulletin),
    sentAt: at,
    expiresAt: new Date(message.info[0]?.expires ?? at),
    follows: followed.map((row) => row.id),
    headline: content.vi.title,
    message,
  })
  return id
}

type Composing = Sending & { messageType: CapMessageType; id: string; followed: readonly AlertRow[] }

async function messageOf(db: Connection, composing: Composing): Promise<CapMessage> {
  const { bulletin, content, at, note, messageType, id, followed } = composing
  const { appUrl } = environment()
  const page = (path: string) => `${appUrl?.origin}${path}/${bulletin.slug}`
  return capMessage({
    identifier: id,
    sender: senderOf(),
    senderName,
    sentAt: at,
    status: statusOf(bulletin),
    messageType,
    content,
    areas: await alertAreas(db, content.areaIds, at),
    references: followed.map(referenceOf),
    web: appUrl && bulletin.slug ? { vi: page('/ban-tin'), en: page('/en/ban-tin') } : null,
    ...(note ? { note } : {}),
  })
}

/** The message as it would be sent now: for the eyes of staff, and for exercises, which never leave. */
export async function previewAlert(
  db: Connection,
  bulletin: Subject,
  content: BulletinContent,
  at: Date,
): Promise<string | null> {
  if (!content.alert?.expires) return null
  const followed = await followedBy(db, bulletin)
  const messageType = followed.length > 0 ? 'Update' : 'Alert'
  const sending = {
    bulletin,
    revisionId: '',
    content,
    at,
    id: `hanoi-${bulletin.id}-preview`,
    messageType,
    followed,
  } as const
  return capXml(await messageOf(db, sending))
}
