import { type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import type { BulletinKind, BulletinSeverity } from '#server/bulletins/rules/bulletin.ts'
import { type BulletinState, standingOf } from '#server/bulletins/rules/lifecycle.ts'
import { holdEnds, toldAnswers } from '#server/reports/queries/told.ts'
import { citizenView } from '#server/reports/rules/citizen-view.ts'
import type { Rating, RejectReason, ReportState } from '#server/reports/rules/lifecycle.ts'
import { noOutcome, type Outcome } from '#server/reports/rules/outcome.ts'
import type { BulletinData, ReportData } from '../rules/payload.ts'

export type ToldReport = {
  data: Omit<ReportData, 'as_of'>
  source: string
  /** The agencies that may read the report. */
  readers: readonly string[]
  /** A second after the last decision can no longer be taken back. Until then nothing is told. */
  heldUntil: Date | null
}

type ReportRow = {
  id: number
  code: string
  state: ReportState
  source: string
  categoryCode: string
  area: string | null
  agencyId: string | null
  agencyName: string | null
  heldBy: string[]
  receivedAt: string
  dueAt: string | null
  transferCount: number
  rating: Rating | null
  rejectReason: RejectReason | null
  mergedCode: string | null
  mergedState: ReportState | null
  mergedReason: RejectReason | null
  heldUntil: string | null
  isAnswered: boolean
  hasAnswers: boolean
  latest: { outcome: Outcome | null; plannedFor: string | null } | null
}

const bigints = (ids: readonly number[]): SQL => sql`${`{${ids.join(',')}}`}::bigint[]`
const [r, m] = [sql`r`, sql`m`]
/** What takes a decision back at its last moment is committed by then. */
const commitTime = sql`interval '1 second'`
const before = sql`now() - ${commitTime}`

/** The current public state of these reports. */
export async function toldReports(db: Connection, ids: readonly number[]): Promise<Map<number, ToldReport>> {
  if (ids.length === 0) return new Map()
  const rows = await db.execute<ReportRow>(sql`
    select r.id, r.code, r.state, r.source, r.category_code as "categoryCode", areas.code as area,
      g.id as "agencyId", g.name as "agencyName", r.held_by || coalesce(m.held_by, '{}') as "heldBy",
      r.received_at as "receivedAt", r.due_at as "dueAt", r.transfer_count as "transferCount", r.rating,
      r.reject_reason as "rejectReason", m.code as "mergedCode", m.state as "mergedState",
      m.reject_reason as "mergedReason",
      greatest(${holdEnds(r, before)}, ${holdEnds(m, before)}) + ${commitTime} as "heldUntil",
      exists (${toldAnswers(r)}) as "isAnswered",
      exists (select from report_answers a where a.report_id = r.id) as "hasAnswers",
      (select json_build_object('outcome', t.outcome, 'plannedFor', t.planned_for)
        from (${toldAnswers(r)}) t order by t.at desc, t.id desc limit 1) as latest
    from reports r
    left join reports m on m.id = r.merged_into_id
    left join agencies g on g.id = coalesce(m.agency_id, r.agency_id)
    left join areas on areas.id = r.area_id
    where r.id = any(${bigints(ids)})`)
  return new Map(rows.map((row) => [Number(row.id), toldOf(row)]))
}

function toldOf(row: ReportRow): ToldReport {
  const { mergedCode, mergedState, agencyId, agencyName } = row
  const receivedAt = new Date(row.receivedAt)
  const answer = {
    kind: 'answer' as const,
    agencyName,
    what: '',
    where: '',
    when: '',
    next: '',
    ...noOutcome,
    photoIds: [],
  }
  // Needed only to know whether an answer exists and whether one was sent.
  const answers = [
    ...(row.isAnswered ? [{ ...answer, sentAt: receivedAt }] : []),
    ...(row.hasAnswers ? [{ ...answer, sentAt: null }] : []),
  ]
  const view = citizenView({
    ...row,
    mergedInto:
      mergedCode !== null && mergedState !== null
        ? { code: mergedCode, state: mergedState, rejectReason: row.mergedReason }
        : null,
    title: '',
    body: '',
    address: '',
    receivedAt,
    answers,
    messages: [],
    photos: [],
  })
  const isDue = ['awaiting_handling', 'forwarded', 'in_progress'].includes(view.state) && !view.waitsForCitizen
  const latest = view.state === 'handled' ? row.latest : null
  const isKnown = view.agencyName !== null && agencyId !== null
  return {
    data: {
      code: view.code,
      state: view.state,
      waits_for_citizen: view.waitsForCitizen,
      merged_into: view.mergedInto,
      category: row.categoryCode,
      area: row.area,
      agency: isKnown ? { id: agencyId, name: agencyName ?? '' } : null,
      received_at: receivedAt.toISOString(),
      due_at: isDue && row.dueAt !== null ? new Date(row.dueAt).toISOString() : null,
      rating: view.rating,
      outcome: latest?.outcome ?? null,
      planned_for: latest?.plannedFor ?? null,
    },
    source: row.source,
    readers: [...new Set([...row.heldBy, ...(agencyId === null ? [] : [agencyId])])],
    heldUntil: row.heldUntil === null ? null : new Date(row.heldUntil),
  }
}

type BulletinRow = {
  id: string
  state: BulletinState
  isExercise: boolean
  publishedRevisionId: string | null
  slug: string | null
  kind: BulletinKind
  severity: BulletinSeverity
  title: string | null
  publishedAt: string | null
  validUntil: string | null
}

/** The bulletins among these that are or were public, without exercises. */
export async function toldBulletins(
  db: Connection,
  ids: readonly string[],
): Promise<Map<string, Omit<BulletinData, 'as_of'>>> {
  if (ids.length === 0) return new Map()
  const rows = await db.execute<BulletinRow>(sql`
    select b.id, b.state, b.is_exercise as "isExercise", b.published_revision_id as "publishedRevisionId", b.slug,
      v.content ->> 'kind' as kind, v.content ->> 'severity' as severity, v.content -> 'vi' ->> 'title' as title,
      b.published_at as "publishedAt", b.public_until as "validUntil"
    from bulletins b join bulletin_revisions v on v.id = b.published_revision_id
    where b.id = any(${`{${ids.join(',')}}`}::uuid[])`)
  return new Map(
    rows.flatMap((row) => {
      const standing = standingOf(row)
      if (standing === 'none' || row.slug === null) return []
      const isLive = standing === 'live' || standing === 'superseded'
      return [
        [
          row.id,
          {
            slug: row.slug,
            path: `/ban-tin/${row.slug}`,
            state: isLive ? ('published' as const) : ('withdrawn' as const),
            kind: row.kind,
            severity: row.severity,
            title: isLive ? row.title : null,
            published_at: row.publishedAt === null ? null : new Date(row.publishedAt).toISOString(),
            valid_until: row.validUntil === null ? null : new Date(row.validUntil).toISOString(),
          },
        ] as const,
      ]
    }),
  )
}
