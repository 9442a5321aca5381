import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletinPublications, bulletinRevisions, bulletinSchedules, bulletins } from '#db/schema/index.ts'
import type { AlertPanel } from '#server/bulletins/rules/alert.ts'
import type { Block } from '#server/bulletins/rules/document.ts'
import type { BulletinState } from '#server/bulletins/rules/lifecycle.ts'
import { publicFolded } from '#server/bulletins/rules/public-list.ts'
import type { BulletinContent, BulletinText } from '#server/bulletins/rules/schemas.ts'
import { slugOf } from '#server/bulletins/rules/slug.ts'
import { beginOf, endOf } from '#server/bulletins/rules/validity.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { fold } from '#server/platform/rules/text.ts'
import { buildActor } from './accounts.ts'

export type BuiltBulletin = typeof bulletins.$inferSelect
/** An editor, a chief editor, and one who may also publish without a review. */
export async function buildNewsroom(db: Connection) {
  return {
    editor: await buildActor(db, 'editor', undefined, 'Vũ Minh Đức'),
    chief: await buildActor(db, 'chief_editor', undefined, 'Đỗ Quang Vinh'),
    urgent: await buildActor(db, ['chief_editor', 'urgent_publisher'], undefined, 'Lê Thu Hằng'),
  }
}

export const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })

/** A text that passes the checklist. */
export const textOf = (title: string, ...paragraphs: string[]): BulletinText => ({
  title,
  summary: `Tóm tắt: ${title}`,
  body: {
    type: 'doc',
    content: (paragraphs.length > 0
      ? paragraphs
      : ['Người dân chú ý theo dõi và làm theo hướng dẫn của chính quyền địa phương nơi cư trú.']
    ).map(paragraph),
  },
})

/** Ready for publication: nothing is missing and no warning must be accepted. */
export function contentOf(
  title = 'Cấm cầu Long Biên vì gió mạnh',
  content: Partial<BulletinContent> = {},
): BulletinContent {
  return {
    kind: 'road_closed',
    severity: 'warning',
    audience: ['everyone'],
    areaIds: [],
    ...(content.areaIds?.length ? {} : { wholeCity: true }),
    validFrom: null,
    validTo: null,
    source: 'Sở Xây dựng',
    contact: '1022',
    vi: textOf(title),
    en: {
      title: 'Long Bien Bridge closed in strong wind',
      summary: 'Nobody may cross the bridge until further notice.',
      body: { type: 'doc', content: [paragraph('Take another bridge and follow the instructions of the police.')] },
    },
    alert: null,
    ...content,
  }
}

export const alertPanelOf = (panel: Partial<AlertPanel> = {}): AlertPanel => ({
  event: 'Gió mạnh trên cầu',
  eventEn: 'Strong wind on bridges',
  category: 'Met',
  response: 'Avoid',
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Observed',
  onset: null,
  expires: hanoi('2026-03-02 22:00').toISOString(),
  instruction: 'Không đi qua cầu.',
  instructionEn: 'Do not cross the bridge.',
  ...panel,
})

type Wanted = {
  state?: BulletinState
  content?: BulletinContent
  authorId?: string
  lastEditorId?: string
  /** An earlier writer, whose text the last editor has rewritten. */
  earlierId?: string
  approvedById?: string
  incidentId?: string | null
  isExercise?: boolean
  scheduledFor?: Date
  at?: Date
}

/** A bulletin in the state that the test wants, written with plain SQL in a way that the table triggers accept. */
export async function buildBulletin(db: Connection, wanted: Wanted = {}): Promise<BuiltBulletin> {
  const { state = 'draft', content = contentOf(), incidentId = null, isExercise = false } = wanted
  const at = wanted.at ?? hanoi('2026-03-02 08:00')
  const authorId = wanted.authorId ?? (await buildActor(db, 'editor')).id
  const lastEditorId = wanted.lastEditorId ?? authorId
  const listed = {
    kind: content.kind,
    severity: content.severity,
    title: content.vi.title,
    isAlert: content.alert !== null,
    folded: fold(`${content.vi.title} ${content.vi.summary}`),
  }
  const [row] = await db
    .insert(bulletins)
    .values({ ...listed, incidentId, isExercise, authorId, lastEditorId: authorId, createdAt: at, updatedAt: at })
    .returning()
  if (!row) throw new Error('no bulletin was written')
  const sealed = state !== 'draft' && state !== 'changes_requested'
  if (wanted.earlierId) {
    const earlier = { bulletinId: row.id, number: 1, editorId: wanted.earlierId, words: 2, createdAt: at, savedAt: at }
    await db.insert(bulletinRevisions).values({ ...earlier, content: contentOf('Bản trước') })
  }
  const [revision] = await db
    .insert(bulletinRevisions)
    .values({
      bulletinId: row.id,
      number: wanted.earlierId ? 2 : 1,
      editorId: lastEditorId,
      content,
      words: 20,
      sealed,
      createdAt: at,
      savedAt: at,
    })
    .returning()
  if (!revision) throw new Error('no revision was written')
  const isApproved = !['draft', 'in_review', 'changes_requested', 'discarded'].includes(state)
  const approvedById = isApproved ? (wanted.approvedById ?? (await buildActor(db, 'chief_editor')).id) : null
  const isOut = isApproved && state !== 'approved' && state !== 'scheduled'
  const scheduledFor = state === 'scheduled' ? (wanted.scheduledFor ?? new Date(at.getTime() + 3_600_000)) : null
  const [built] = await db
    .update(bulletins)
    .set({
      state,
      lastEditorId,
      currentRevisionId: revision.id,
      submittedAt: state === 'draft' ? null : at,
      ...(isApproved && { approvedRevisionId: revision.id, approvedById, approvedAt: at }),
      scheduledFor,
      ...(isOut && {
        publishedRevisionId: revision.id,
        firstPublishedAt: at,
        publishedAt: at,
        changedAt: at,
        publicAreaIds: content.areaIds,
        publicKind: content.kind,
        publicFrom: beginOf(content),
        publicUntil: endOf(content),
        publicFolded: publicFolded(content),
        slug: isExercise ? null : `${slugOf(content.vi.title)}-${row.id.slice(-6)}`,
      }),
    })
    .where(eq(bulletins.id, row.id))
    .returning()
  if (isOut) {
    await db.insert(bulletinPublications).values({
      revisionId: revision.id,
      bulletinId: row.id,
      kind: 'first',
      incidentId,
      isExercise,
      publishedAt: at,
      approvedById,
    })
  }
  if (scheduledFor && approvedById) {
    await db.insert(bulletinSchedules).values({
      revisionId: revision.id,
      bulletinId: row.id,
      dueAt: scheduledFor,
      scheduledById: approvedById,
      scheduledAt: at,
    })
  }
  return built as BuiltBulletin
}
