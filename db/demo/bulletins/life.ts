import type * as schema from '#db/schema/index.ts'
import { wordsIn } from '#server/bulletins/rules/document-text.ts'
import type { BulletinState, CorrectionKind } from '#server/bulletins/rules/lifecycle.ts'
import { publicFolded } from '#server/bulletins/rules/public-list.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { beginOf, endOf } from '#server/bulletins/rules/validity.ts'
import { fold } from '#server/platform/rules/text.ts'
import type { Random } from '../random.ts'
import { uuidAt } from '../uuid.ts'

export type BulletinRow = typeof schema.bulletins.$inferInsert & { id: string }
export type RevisionRow = typeof schema.bulletinRevisions.$inferInsert & { id: string }
export type EventRow = typeof schema.events.$inferInsert
type PublicationRow = typeof schema.bulletinPublications.$inferInsert
type ScheduleRow = typeof schema.bulletinSchedules.$inferInsert

type Beginning = { random: Random; at: Date; by: string; content: BulletinContent; incidentId: string | null }
type Going = { at: Date; by: string | null; number: number | null; slug: string; dueAt?: Date | null }

/** The history of one bulletin: every step as the commands of the desk would have written it. */
export class BulletinLife {
  readonly row: BulletinRow
  readonly revisions: RevisionRow[] = []
  readonly publications: PublicationRow[] = []
  readonly schedules: ScheduleRow[] = []
  readonly events: EventRow[] = []
  readonly #random: Random

  constructor({ random, at, by, content, incidentId }: Beginning) {
    this.#random = random
    this.row = {
      id: uuidAt(random, at),
      state: 'draft',
      incidentId,
      ...listedOf(content),
      authorId: by,
      lastEditorId: by,
      createdAt: at,
      updatedAt: at,
      version: 1,
    }
    this.#write(at, by, content)
    const details = {
      to: 'draft',
      kind: content.kind,
      title: content.vi.title,
      incidentId,
      revision: 1,
      isExercise: false,
    }
    this.#record('created', at, by, details)
  }

  get content(): BulletinContent {
    return this.#newest.content
  }

  get #newest(): RevisionRow {
    return this.revisions.at(-1) as RevisionRow
  }

  save(at: Date, by: string, content: BulletinContent): void {
    this.#write(at, by, content)
    const set = { ...listedOf(content), approvedRevisionId: null, approvedById: null, approvedAt: null }
    this.#move('saved', at, by, this.row.state as BulletinState, set, {
      revision: this.revisions.length,
      auto: false,
      merged: false,
    })
  }

  submit(at: Date, by: string): void {
    this.#newest.sealed = true
    this.#move('submitted', at, by, 'in_review', { submittedAt: at, reviewerId: null, claimedAt: null })
  }

  claim(at: Date, by: string): void {
    this.#move('review_claimed', at, by, 'in_review', { reviewerId: by, claimedAt: at })
  }

  requestChanges(at: Date, by: string, remarks: string): void {
    this.#move('changes_requested', at, by, 'changes_requested', { reviewerId: null, claimedAt: null }, { remarks })
  }

  approve(at: Date, by: string, acknowledged: string[]): void {
    const revisionId = this.#newest.id
    const set = {
      approvedRevisionId: revisionId,
      approvedById: by,
      approvedAt: at,
      acknowledged,
      reviewerId: null,
      claimedAt: null,
    }
    this.#move('approved', at, by, 'approved', set, { revisionId })
  }

  schedule(at: Date, by: string, dueAt: Date): void {
    const revisionId = this.#newest.id
    this.schedules.push({ revisionId, bulletinId: this.row.id, dueAt, scheduledById: by, scheduledAt: at })
    this.#move('scheduled', at, by, 'scheduled', { scheduledFor: dueAt }, { dueAt: dueAt.toISOString(), revisionId })
  }

  /** Publishes it: manually, or by the robot if `by` is null. */
  publish(going: Going): void {
    const waiting = this.schedules.find(({ revisionId }) => revisionId === this.#newest.id)
    if (waiting) waiting.publishedAt = going.at
    this.#goOut('published', going, this.row.approvedById ?? null, {})
  }

  publishUnreviewed(going: Going & { by: string; reason: string }): void {
    this.#newest.sealed = true
    const set = { unreviewedReason: going.reason, unreviewedById: going.by, needsLookBack: true }
    this.#goOut('published_unreviewed', going, null, set, { reason: going.reason })
  }

  correct(at: Date, by: string, kind: CorrectionKind, note: string): void {
    const set = {
      correction: { kind, note, noteEn: '' },
      approvedRevisionId: null,
      approvedById: null,
      approvedAt: null,
      acknowledged: [],
    }
    this.#move('correction_begun', at, by, 'draft', set, { correction: kind, ...(note && { note }) })
  }

  withdraw(at: Date, by: string, notice: string): void {
    this.#move('withdrawn', at, by, 'withdrawn', { notice, changedAt: at }, { notice })
  }

  supersededBy(at: Date, by: string | null, id: string): void {
    this.#move('superseded', at, by, 'superseded', { supersededById: id, changedAt: at }, { byId: id })
  }

  #goOut(event: string, going: Going, approvedById: string | null, set: Partial<BulletinRow>, more: object = {}): void {
    const { at, by, number, slug, dueAt = null } = going
    const { row } = this
    const isFirst = !row.firstPublishedAt
    const kind = isFirst ? ('first' as const) : (row.correction?.kind ?? ('minor' as const))
    const note = row.correction?.note ?? ''
    const delayMillis = dueAt ? at.getTime() - dueAt.getTime() : null
    this.publications.push({
      revisionId: this.#newest.id,
      bulletinId: row.id,
      kind,
      incidentId: row.incidentId ?? null,
      isExercise: false,
      publishedAt: at,
      dueAt,
      delayMillis,
      publishedById: by,
      approvedById,
      note,
    })
    const out = {
      ...(isFirst && { number, slug }),
      publishedRevisionId: this.#newest.id,
      firstPublishedAt: row.firstPublishedAt ?? at,
      publishedAt: at,
      changedAt: kind === 'minor' ? row.changedAt : at,
      publicAreaIds: this.content.areaIds,
      publicKind: this.content.kind,
      publicFrom: beginOf(this.content),
      publicUntil: endOf(this.content),
      publicFolded: publicFolded(this.content),
      correction: null,
      scheduledFor: null,
    }
    const details = {
      revision: this.revisions.length,
      publication: kind,
      ...(isFirst && { slug, ...(number && { number }) }),
      ...(approvedById && { approvedById }),
      ...(dueAt && { dueAt: dueAt.toISOString(), delayMillis }),
      ...(note && { note }),
      ...more,
    }
    this.#move(event, at, by, 'published', { ...out, ...set }, details)
  }

  #write(at: Date, by: string, content: BulletinContent): void {
    const revision: RevisionRow = {
      id: uuidAt(this.#random, at),
      bulletinId: this.row.id,
      number: this.revisions.length + 1,
      editorId: by,
      content,
      words: wordsIn(content.vi.body),
      createdAt: at,
      savedAt: at,
    }
    this.revisions.push(revision)
    this.row.lastEditorId = by
    this.row.currentRevisionId = revision.id
  }

  #move(
    event: string,
    at: Date,
    by: string | null,
    to: BulletinState,
    set: Partial<BulletinRow>,
    details: object = {},
  ): void {
    const from = this.row.state
    Object.assign(this.row, set, { state: to, version: (this.row.version ?? 1) + 1, updatedAt: at })
    this.#record(event, at, by, { from, to, ...details })
  }

  #record(event: string, at: Date, by: string | null, details: Record<string, unknown>): void {
    this.events.push({
      at,
      event: `bulletin.${event}`,
      subjectKind: 'bulletin',
      subjectId: this.row.id,
      actorKind: by ? 'staff' : 'robot',
      actorId: by,
      version: this.row.version ?? 1,
      details,
    })
  }
}

const listedOf = ({ kind, severity, vi, alert }: BulletinContent) => ({
  kind,
  severity,
  title: vi.title,
  isAlert: alert !== null,
  folded: fold(`${vi.title} ${vi.summary}`),
})
