import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { bulletinAlerts, bulletins } from '#db/schema/index.ts'
import { environment } from '#server/platform/environment.ts'
import { capXml } from './cap-xml.ts'
import { alertAreas } from './queries/alert-areas.ts'
import { type BulletinRow, revisionById } from './queries/lock.ts'
import type { AlertEnding, CapMessageType, CapStatus } from './rules/alert.ts'
import { alertConsequence, type StandingAlert, saysTheSame } from './rules/alert-consequence.ts'
import { type CapMessage, capMessage, type Notice, type Reference } from './rules/cap.ts'
import type { Circumstances } from './rules/checklist.ts'
import { hasArea } from './rules/named-areas.ts'
import type { BulletinContent } from './rules/schemas.ts'

const senderName = { vi: 'Ủy ban nhân dân thành phố Hà Nội', en: 'Hanoi People’s Committee' }

/** The sender that the messages name: set by the operator, else the host of the desk. */
function senderOf(): string {
  return environment().capSender ?? (environment().appUrl?.hostname || 'ihanoi-desk.local')
}

export type AlertRow = typeof bulletinAlerts.$inferSelect

/** All messages of a bulletin, or none if the last one is a cancel or is followed by a message of another bulletin. */
async function standingAlerts(db: Connection, bulletinId: string): Promise<AlertRow[]> {
  const rows = await db
    .select()
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, bulletinId))
    .orderBy(asc(bulletinAlerts.sentAt), asc(bulletinAlerts.id))
  const last = rows.at(-1)
  if (!last || last.messageType === 'Cancel') return []
  // It was followed by the alert of a bulletin that replaced this one.
  const [follower] = await db
    .select({ id: bulletinAlerts.id })
    .from(bulletinAlerts)
    .where(sql`${bulletinAlerts.follows} @> ${JSON.stringify([last.id])}::jsonb`)
    .limit(1)
  return follower ? [] : rows
}

/** The last message of a bulletin, where it is in force at this moment. */
export async function alertInForce(db: Connection, bulletinId: string, at: Date): Promise<AlertRow | null> {
  const last = (await standingAlerts(db, bulletinId)).at(-1)
  return last && last.expiresAt > at ? last : null
}

/** The alert in force that a text of this bulletin would meet, its own before that of the one it replaces. */
export async function standingFor(
  db: Connection,
  bulletin: Subject,
  content: BulletinContent,
  at: Date,
): Promise<StandingAlert> {
  for (const id of [bulletin.id, replacedId(bulletin)]) {
    const last = id && (await alertInForce(db, id, at))
    if (!last) continue
    // A minor correction that changes nothing of it needs no other message; one that readers are notified of is sent
    // again.
    const isQuiet = id === bulletin.id && bulletin.correction?.kind === 'minor'
    const isSaid = isQuiet && saysTheSame((await revisionById(db, last.revisionId)).content, content)
    return { until: last.expiresAt, isSaid }
  }
  return null
}

/** The bulletin that this one replaces when it is published. */
async function replacedBy(db: Connection, bulletin: Subject): Promise<Subject | null> {
  const id = replacedId(bulletin)
  if (!id) return null
  const [older] = await db.select().from(bulletins).where(eq(bulletins.id, id))
  return older ?? null
}

/** An exercise replaces nothing. */
const replacedId = ({ isExercise, supersedesId }: Subject): string | null => (isExercise ? null : supersedesId)

type Subject = Pick<BulletinRow, 'id' | 'isExercise' | 'slug' | 'supersedesId' | 'correction'>

/** What the checklist needs about the alert of a text: its boundaries, and the messages it would follow. */
export async function alertCircumstances(
  db: Connection,
  bulletin: Subject,
  content: BulletinContent,
  sendAt: Date,
): Promise<Circumstances> {
  const standing = await standingFor(db, bulletin, content, sendAt)
  if (!content.alert) return { sendAt, alert: null, standing }
  const [areas, followed] = await Promise.all([alertAreas(db, content.areaIds, sendAt), followedBy(db, bulletin)])
  return {
    sendAt,
    standing,
    alert: {
      // A commune whose boundary cannot be sent is represented by an empty ring.
      rings: areas.flatMap(({ rings }) => (rings.length > 0 ? rings : [[]])),
      follows: followed.length > 0 ? { identifier: 'next', references: followed.map(referenceOf) } : null,
      status: statusOf(bulletin),
      isLive: !bulletin.isExercise,
    },
  }
}

/** Earlier messages of the bulletin itself, and those of the one it replaces. */
async function followedBy(db: Connection, bulletin: Subject): Promise<AlertRow[]> {
  const olderId = replacedId(bulletin)
  const [own, older] = await Promise.all([standingAlerts(db, bulletin.id), olderId ? standingAlerts(db, olderId) : []])
  return withFollowed(db, [...older, ...own])
}

const statusOf = ({ isExercise }: { isExercise: boolean }): CapStatus => (isExercise ? 'Exercise' : 'Actual')
/** The sender as it was then: readers identify a message by both. */
const referenceOf = ({ id, sentAt, message: { sender } }: AlertRow): Reference => ({ identifier: id, sender, sentAt })

type Sending = { bulletin: Subject; revisionId: string; content: BulletinContent; at: Date; note?: Notice }

/**
 * Sends the CAP message that follows from a publication and returns its id, or null if none is due. Without a stated
 * reason why an alert ends, it is cancelled without an all-clear.
 */
export async function sendConsequence(tx: Transaction, sending: Sending): Promise<string | null> {
  const { bulletin, content, at } = sending
  const consequence = alertConsequence(content, await standingFor(tx, bulletin, content, at), at)
  switch (consequence.kind) {
    case 'none':
    case 'keep':
      return null
    case 'issue':
    case 'update': {
      const followed = await followedBy(tx, bulletin)
      return writeAlert(tx, { ...sending, messageType: followed.length > 0 ? 'Update' : 'Alert' }, followed)
    }
    case 'cancel':
    case 'undecided': {
      const ending = consequence.kind === 'cancel' ? consequence.ending : 'error'
      const own = await cancelAlerts(tx, bulletin, { at, ending, note: sending.note })
      const older = await replacedBy(tx, bulletin)
      const title = { vi: content.vi.title, en: content.en?.title ?? '' }
      const replaced = older && (await cancelAlerts(tx, older, { at, ending, note: title }))
      return own ?? replaced ?? null
    }
  }
}

type Ending = { at: Date; ending: AlertEnding; note?: Notice | undefined }

/** Cancels the alert of a bulletin, if it is still in force. */
export async function cancelAlerts(
  tx: Transaction,
  bulletin: Subject,
  { at, ending, note }: Ending,
): Promise<string | null> {
  const standing = await standingAlerts(tx, bulletin.id)
  const last = standing.at(-1)
  if (!last || last.expiresAt <= at) return null
  const { content, id: revisionId } = await revisionById(tx, last.revisionId)
  const sending = { bulletin, revisionId, content, at, ...(note && { note }) }
  return writeAlert(tx, { ...sending, messageType: 'Cancel', ending }, await withFollowed(tx, standing))
}

type Message = Sending & { messageType: CapMessageType; ending?: AlertEnding }

async function writeAlert(tx: Transaction, sending: Message, followed: readonly AlertRow[]): Promise<string> {
  const { bulletin, revisionId, content, at, messageType } = sending
  const own = await tx
    .select({ id: bulletinAlerts.id })
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, bulletin.id))
  const id = `hanoi-${bulletin.id}-${own.length + 1}`
  const message = await messageOf(tx, { ...sending, id, followed })
  await tx.insert(bulletinAlerts).values({
    id,
    bulletinId: bulletin.id,
    revisionId,
    messageType,
    status: statusOf(bulletin),
    sentAt: at,
    expiresAt: new Date(message.info[0]?.expires ?? at),
    follows: followed.map((row) => row.id),
    headline: message.info[0]?.headline ?? content.vi.title,
    message,
  })
  return id
}

/**
 * Adds the messages that these follow: where one of these can no longer be read, readers may only know the earlier one.
 */
async function withFollowed(db: Connection, standing: readonly AlertRow[]): Promise<AlertRow[]> {
  const known = new Set(standing.map(({ id }) => id))
  const earlier = standing.flatMap(({ follows }) => follows).filter((id) => !known.has(id))
  if (earlier.length === 0) return [...standing]
  const rows = await db
    .select()
    .from(bulletinAlerts)
    .where(inArray(bulletinAlerts.id, earlier))
    .orderBy(asc(bulletinAlerts.sentAt), asc(bulletinAlerts.id))
  return [...rows, ...standing]
}

type Composing = Message & { id: string; followed: readonly AlertRow[] }

async function messageOf(db: Connection, composing: Composing): Promise<CapMessage> {
  const { bulletin, content, at, note, messageType, ending, id, followed } = composing
  const { appUrl } = environment()
  const page = (path: string) => `${appUrl?.origin}${path}/${bulletin.slug}`
  return capMessage({
    identifier: id,
    sender: senderOf(),
    senderName,
    sentAt: at,
    status: statusOf(bulletin),
    messageType,
    ...(ending && { ending }),
    content,
    areas: await alertAreas(db, content.areaIds, at),
    references: followed.map(referenceOf),
    web: appUrl && bulletin.slug ? { vi: page('/ban-tin'), en: page('/en/ban-tin') } : null,
    ...(note ? { note } : {}),
  })
}

/** The message as it would be sent now: for staff, and for exercises, which are never sent. */
export async function previewAlert(
  db: Connection,
  bulletin: Subject,
  content: BulletinContent,
  at: Date,
): Promise<string | null> {
  // Without an area it must not look as if it went to the whole city.
  if (!content.alert?.expires || !hasArea(content)) return null
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
