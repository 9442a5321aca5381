import { eq, sql } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { agencies, categories, events, reportAnswers, reportCodes, reporters, reports } from '#db/schema/index.ts'
import { maturesAt } from '#server/calendars/rules/deadlines.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import type { AnswerStatus } from '#server/reports/rules/parts.ts'
import { reportCode } from '#server/reports/rules/report-code.ts'
import { buildActor } from './accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from './agencies.ts'
import { timesOfCalendars } from './calendars.ts'
import { type BuiltCategory, buildCategory } from './categories.ts'
import { fixed } from './outcomes.ts'
import { clocksOfLife, deadlineOfClocks, type Moments, writeClocks } from './report-clocks.ts'
import { unique } from './unique.ts'

export type BuiltReport = typeof reports.$inferSelect

type Wanted = Partial<BuiltReport> &
  Partial<Moments> & {
    /** Who wrote the answer; by default an officer of the agency. */
    authorId?: string
    answerStatus?: AnswerStatus
    answerSendAt?: Date
    /** Its clock is paused because another agency is waited for. */
    waiting?: boolean
    /** When the log learned of it; by default now. */
    recordedAt?: Date | null
    reporter?: { name?: string; phone?: string }
  }

const minutes = (from: Date, count: number) => new Date(from.getTime() + count * 60_000)

const neverAssigned: readonly ReportState[] = ['awaiting_intake', 'rejected']

/**
 * A report in any state, with the clocks, the answer and the events that its state implies: received on Monday
 * 02/03/2026 at 08:00, assigned at 09:00, put aside at 10:00, ended at 11:00, unless said otherwise.
 */
export async function buildReport(db: Connection, wanted: Wanted = {}): Promise<BuiltReport> {
  const {
    authorId,
    answerStatus,
    answerSendAt,
    reporter,
    assignedAt,
    askedAt,
    endedAt,
    waiting = false,
    recordedAt,
    ...columns
  } = wanted
  const receivedAt = wanted.receivedAt ?? hanoi('2026-03-02 08:00')
  const moments: Moments = {
    receivedAt,
    assignedAt: assignedAt ?? minutes(receivedAt, 60),
    askedAt: askedAt ?? minutes(receivedAt, 120),
    endedAt: endedAt ?? wanted.answeredAt ?? minutes(receivedAt, 180),
  }
  const state = wanted.state ?? 'awaiting_intake'
  const stateBefore = wanted.stateBefore === undefined ? usualStateBefore(state) : wanted.stateBefore
  const wasAssigned = wanted.agencyId !== null && !neverAssigned.includes(stateBefore ?? state)
  const [city, category] = [await buildCity(db), await categoryOf(db, wanted.categoryCode)]
  const agency = wasAssigned ? await agencyOf(db, wanted.agencyId) : null
  const severity = wanted.severity ?? category.defaultSeverity
  const calendars = { city: city.calendarId, agency: (agency ?? city).calendarId }
  const returned = wanted.returnCount ? wanted.returnCount > 0 : false
  const life = { ...moments, state, stateBefore, severity, wasAssigned: wasAssigned || returned, waiting }
  const clocks = clocksOfLife(life, category, calendars)
  const timeOf = timesOfCalendars(db)
  const [row] = await db
    .insert(reports)
    .values({
      code: await nextCode(db, receivedAt),
      channel: 'app',
      title: 'Cây đổ chắn ngang phố Hàng Bài',
      body: 'Cây xà cừ đổ từ đêm qua, người đi bộ phải xuống lòng đường. Mong sớm xử lý ạ.',
      maturesAt: maturesAt(receivedAt, category, await timeOf(city.calendarId)),
      lastActivityAt: receivedAt,
      lastActivityBy: 'citizen',
      source: 'test',
      sourceKey: unique('key'),
      heldBy: agency ? [agency.id] : [],
      askedById: null,
      ...endOf(state, moments),
      ...(state === 'merged' && {
        mergedIntoId: wanted.mergedIntoId ?? (await buildReport(db, { mergedCount: 1 })).id,
      }),
      ...(await deadlineOfClocks(clocks, timeOf)),
      ...columns,
      receivedAt,
      state,
      stateBefore,
      severity,
      categoryCode: category.code,
      agencyId: agency?.id ?? null,
    })
    .returning()
  const report = row as BuiltReport
  await writeClocks(db, report.id, clocks, timeOf)
  if (reporter) await db.insert(reporters).values({ reportId: report.id, ...reporter })
  await writeEvents(db, report, { ...moments, recordedAt })
  const status = answerStatus ?? usualAnswer(report)
  if (status) await writeAnswer(db, report, moments, { status, authorId, agency, sendAt: answerSendAt })
  return report
}

function usualStateBefore(state: ReportState): ReportState | null {
  const before: Partial<Record<ReportState, ReportState>> = {
    awaiting_citizen: 'in_progress',
    answered: 'awaiting_approval',
    rejected: 'awaiting_intake',
    merged: 'awaiting_intake',
  }
  return before[state] ?? null
}

function endOf(state: ReportState, { endedAt }: Moments): Partial<BuiltReport> {
  if (state === 'answered') return { answeredAt: endedAt }
  if (state === 'closed') return { answeredAt: endedAt, closedAt: minutes(endedAt, 60) }
  return state === 'rejected' ? { answeredAt: endedAt, rejectReason: 'out_of_scope' } : {}
}

function usualAnswer({ state, rejectReason }: BuiltReport): AnswerStatus | null {
  if (state === 'awaiting_approval') return 'submitted'
  if (state === 'rejected') return rejectReason === 'spam' || rejectReason === 'test' ? null : 'sent'
  return state === 'answered' || state === 'closed' ? 'sent' : null
}

const readCategory = builtOnce((db) =>
  db
    .select()
    .from(categories)
    .where(eq(categories.code, sql.placeholder('code'))),
)
const readAgency = builtOnce((db) =>
  db
    .select()
    .from(agencies)
    .where(eq(agencies.id, sql.placeholder('id'))),
)

async function categoryOf(db: Connection, code: string | undefined): Promise<BuiltCategory> {
  const [known] = code ? await readCategory(db, { code }) : []
  return known ?? buildCategory(db, { code })
}

async function agencyOf(db: Connection, id: string | null | undefined): Promise<BuiltAgency> {
  const [known] = id ? await readAgency(db, { id }) : []
  return known ?? buildAgency(db, { id: id ?? undefined })
}

/** Uses the counter of intake, so that built and received reports never have the same code. */
export async function nextCode(db: Connection, receivedAt: Date): Promise<string> {
  const day = localDayOf(receivedAt)
  const [row] = await db
    .insert(reportCodes)
    .values({ day, last: 1 })
    .onConflictDoUpdate({ target: reportCodes.day, set: { last: sql`${reportCodes.last} + 1` } })
    .returning({ last: reportCodes.last })
  return reportCode(day, row?.last ?? 0)
}

type AnswerWanted = { status: AnswerStatus; authorId?: string; agency: BuiltAgency | null; sendAt?: Date }

async function writeAnswer(
  db: Connection,
  report: BuiltReport,
  { endedAt }: Moments,
  { status, authorId, agency, sendAt = minutes(endedAt, 1) }: AnswerWanted,
): Promise<void> {
  const leaves = status === 'queued' || status === 'sent'
  await db.insert(reportAnswers).values({
    reportId: report.id,
    round: report.reopenCount + 1,
    kind: report.state === 'rejected' ? 'rejection' : 'answer',
    status,
    agencyId: report.agencyId,
    authorId: authorId ?? (await buildActor(db, report.agencyId ? 'officer' : 'dispatcher', agency ?? undefined)).id,
    what: 'Đã cắt dọn cây đổ, thông đường.',
    whereDone: 'Trước số nhà 20 phố Hàng Bài',
    whenDone: 'Sáng 02/3/2026',
    ...(report.state === 'rejected' ? {} : fixed),
    createdAt: endedAt,
    sendAt: leaves ? sendAt : null,
    sentAt: status === 'sent' ? sendAt : null,
  })
}

async function writeEvents(
  db: Connection,
  report: BuiltReport,
  { receivedAt, endedAt, recordedAt }: Moments & Pick<Wanted, 'recordedAt'>,
): Promise<void> {
  const subject = { subjectKind: 'report' as const, reportId: report.id, actorKind: 'robot' as const, recordedAt }
  await db.insert(events).values({ ...subject, at: receivedAt, event: 'report.received', toState: 'awaiting_intake' })
  if (report.state !== 'merged') return
  const inner = report.stateBefore === 'awaiting_citizen' ? 'in_progress' : null
  await db.insert(events).values({
    ...subject,
    at: endedAt,
    event: 'report.merged',
    fromState: report.stateBefore,
    toState: 'merged',
    details: { intoReportId: report.mergedIntoId, stateBefore: inner },
  })
}
