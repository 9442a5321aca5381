import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import type { Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { type BuiltIncident, buildIncident } from '#db/factories/incidents.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildRequest } from '#db/factories/requests.ts'
import { storyOf } from '#db/factories/story.ts'
import { buildTeam } from '#db/factories/team.ts'
import { incidentSuggestions, incidents, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { officeWeek } from '#server/calendars/rules/test-calendars.ts'
import { switchStormMode } from '#server/incidents/commands/switch-storm-mode.ts'
import { DomainError } from '#server/platform/errors.ts'
import { addInformation } from '#server/reports/commands/add-information.ts'
import { addNote } from '#server/reports/commands/add-note.ts'
import { changeSeverity, linkIncident } from '#server/reports/commands/change-report.ts'
import { decideRequest } from '#server/reports/commands/decide-request.ts'
import { recomputeDeadlines } from '#server/reports/commands/recompute-deadlines.ts'
import { reopenReport } from '#server/reports/commands/reopen-report.ts'
import { updateSearch } from '#server/reports/commands/update-search.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'

/** A desk with two agencies, whose calendars differ, and what its reports may belong to. */
export async function openDesk(db: Database) {
  const team = await buildTeam(db)
  const calendarId = await buildCalendar(db, { weekly: officeWeek([600, 1320]) })
  const other = await buildAgency(db, { calendarId })
  const quick = await buildCategory(db, { needsApproval: false, normalMinutes: 120, urgentMinutes: 90 })
  const slow = await buildCategory(db, { normalMinutes: 2400, intakeMinutes: 240 })
  const retired = await buildCategory(db, { needsApproval: false, normalMinutes: 600, isActive: false })
  const gone = await buildActor(db, 'officer', other)
  return { ...team, other, gone, categories: { quick, slow, retired } }
}
export type LifeDesk = Awaited<ReturnType<typeof openDesk>>

const steps = [
  'asks_extension',
  'has_extension',
  'waits_for_another',
  'is_urgent',
  'joins_storm',
  'citizen_adds',
  'note',
] as const

/** Random histories of a report before it is acted on. */
export const lives = fc.record({
  category: fc.constantFrom('quick', 'slow', 'retired'),
  severity: fc.constantFrom('urgent', 'normal', 'complex'),
  holder: fc.constantFrom('officer', 'approver', 'gone', null),
  place: fc.constantFrom({ lon: 107.9, lat: 20.1 }, { lon: 105.85, lat: 21.03 }, null),
  address: fc.constantFrom('', '20 Hàng Bài', '20  Hàng Bài '),
  tags: fc.constantFrom([], ['cũ'], ['cũ', 'cũ']),
  suggestion: fc.constantFrom('pending', 'pending', 'dismissed', 'confirmed', null),
  isReopened: fc.boolean(),
  isReturned: fc.boolean(),
  storm: fc.constantFrom('on', 'off', null),
  steps: fc.uniqueArray(fc.constantFrom(...steps), { maxLength: 4 }),
  waits: fc.integer({ min: 1, max: 240 }),
  photos: fc.nat(2),
})
export type LifeSpec = Parameters<Parameters<typeof lives.map>[0]>[0]

const monday = new Date('2026-03-02T07:00:00Z')

/** A report after its history, and the time it is then. */
export type Life = { id: number; at: Date; incident: BuiltIncident; ctx: (actor: Actor, seconds?: number) => Context }

type Given = { state: ReportState; incident: BuiltIncident }

/** Plays a history; steps that the state does not allow are skipped. */
export async function lead(db: Database, desk: LifeDesk, spec: LifeSpec, { state, incident }: Given): Promise<Life> {
  const { agency, officer, approver } = desk
  const begins = spec.isReopened && state === 'in_progress' ? 'closed' : state
  const isHeld = state !== 'awaiting_intake'
  const returned = spec.isReturned && !isHeld ? { returnCount: 1 } : {}
  const report = await buildReport(db, {
    state: begins,
    ...(isHeld && { agencyId: agency.id, heldBy: [agency.id], authorId: officer.id }),
    ...returned,
    categoryCode: desk.categories[spec.category].code,
    severity: spec.severity,
    assigneeId: isHeld ? (holderOf(desk, spec)?.id ?? null) : null,
    address: spec.address,
    lon: spec.place?.lon ?? null,
    lat: spec.place?.lat ?? null,
    tags: [...spec.tags],
  })
  await suggest(db, desk, report.id, incident, spec.suggestion)
  const photo = { name: 'ảnh.jpg', addedById: approver.id, addedAt: monday }
  for (let position = 0; position < spec.photos; position++)
    await buildPhoto(db, report.id, { ...photo, kind: position === 0 ? 'proof' : 'staff', position })
  await db.transaction((tx) => updateSearch(tx, [report.id]))
  let at = monday
  const ctx = (actor: Actor, seconds = 0): Context => {
    const now = new Date(at.getTime() + seconds * 1000)
    return { db, actor, now: () => now }
  }
  const life: Life = { id: report.id, at, incident, ctx }
  const steppers = stepsOf(db, desk, life)
  if (begins === 'closed') await steppers.reopens()
  for (const step of spec.steps) {
    at = new Date(at.getTime() + spec.waits * 60_000)
    await steppers[step]().catch(ignoreRefusal)
  }
  return { ...life, at }
}

const holderOf = (desk: LifeDesk, { holder }: LifeSpec): StaffActor | null => (holder === null ? null : desk[holder])

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof DomainError)) throw error
}

export async function seenOf(db: Database, id: number): Promise<{ reportId: number; version: number }> {
  const [row] = await db.select({ version: reports.version }).from(reports).where(eq(reports.id, id))
  return { reportId: id, version: row?.version ?? 0 }
}

const reason = 'Phải chờ xe cẩu'

function stepsOf(db: Database, desk: LifeDesk, { id, incident, ctx }: Life) {
  const { officer, approver, dispatcher, other } = desk
  const seen = () => seenOf(db, id)
  const asked = async (kind: 'extension' | 'pause') => {
    const { report, requests } = await storyOf(db, id)
    const isAsked = requests.some((request) => request.kind === kind && request.status === 'pending')
    if (isAsked || report.state !== 'in_progress') throw new DomainError('request_pending')
    return buildRequest(db, { ...report, agencyId: other.id }, kind, { askedById: officer.id })
  }
  const granted = async (kind: 'extension' | 'pause') => {
    const { id: requestId } = await asked(kind)
    await decideRequest(ctx(approver), { ...(await seen()), requestId, approve: true, remarks: '' })
  }
  return {
    reopens: async () => reopenReport(ctx(officer), { ...(await seen()), reason }),
    asks_extension: () => asked('extension'),
    has_extension: () => granted('extension'),
    waits_for_another: () => granted('pause'),
    is_urgent: async () => changeSeverity(ctx(dispatcher), { ...(await seen()), severity: 'urgent', reason: '' }),
    joins_storm: async () => linkIncident(ctx(dispatcher), { ...(await seen()), incidentId: incident.id }),
    citizen_adds: async () => addInformation(ctx(officer), { ...(await seen()), body: 'Nước vẫn lên' }),
    note: async () => addNote(ctx(officer), { reportId: id, id: randomUUID(), body: 'Đã gọi' }),
  } satisfies Record<(typeof steps)[number] | 'reopens', () => Promise<unknown>>
}

async function suggest(
  db: Database,
  { dispatcher }: LifeDesk,
  reportId: number,
  { id: incidentId }: BuiltIncident,
  status: LifeSpec['suggestion'],
): Promise<void> {
  if (status === null) return
  const decided = status === 'pending' ? {} : { decidedById: dispatcher.id, decidedAt: monday }
  const suggested = { reportId, incidentId, keywords: ['ngập'], suggestedAt: monday, status, ...decided }
  await db.insert(incidentSuggestions).values(suggested)
}

/** The incident that the reports of one trial may belong to. */
export const incidentOf = (db: Database, { storm }: Pick<LifeSpec, 'storm'>): Promise<BuiltIncident> =>
  buildIncident(db, { stormMode: storm === 'on' })

/** Toggles emergency mode, and recomputes the running deadlines as the job does, from the first report of the trial. */
export async function turnStorm(db: Database, ctx: Context, incidentId: string, fromId: number): Promise<void> {
  const [incident] = await db.select().from(incidents).where(eq(incidents.id, incidentId))
  if (!incident) throw new Error('there is no such incident')
  const { id, version, stormMode } = incident
  await switchStormMode(ctx, { id, version, stormMode: !stormMode })
  const scope = { calendarId: null, incidentId }
  const range = { fromId, toId: Number.MAX_SAFE_INTEGER }
  await recomputeDeadlines({ ...ctx, actor: robot }, { scope, range, at: ctx.now() })
}
