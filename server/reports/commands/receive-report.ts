import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { agencies, categories, reporters, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { areaAt } from '#server/areas/queries.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { startClock } from '#server/calendars/rules/deadlines.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { ReportClocks, type WorkingTimes } from '../clocks.ts'
import type { Severity } from '../rules/lifecycle.ts'
import { reportCode } from '../rules/report-code.ts'
import type { Intake } from '../rules/schemas.ts'
import { suggestCategories, unsortedCategory } from '../rules/suggest-category.ts'
import type { Moved } from './move-report.ts'
import { type NextNumber, nextNumberOf } from './number-reports.ts'
import { assertIncident } from './promises.ts'
import { updateSearch } from './update-search.ts'

export type Received = Moved & { repeated: boolean }

/** What intake looks up beside the report. An import opens it once and works through thousands of rows at it. */
export type IntakeDesk = {
  times: WorkingTimes
  /** Intake is the city's promise: it runs by the city's own calendar. */
  calendarId: string
  categories: readonly Leaf[]
  nextNumber: NextNumber
}

type Leaf = {
  code: string
  keywords: readonly string[]
  defaultSeverity: Severity
  intakeMinutes: number
}

/** With a category named, only that one is looked up. */
export async function openIntakeDesk(tx: Connection, categoryCode: string | null = null): Promise<IntakeDesk> {
  const [times, leaves, calendarId] = await Promise.all([
    compiledCalendars(tx),
    leavesOf(tx, categoryCode),
    cityCalendar(tx),
  ])
  return { times, calendarId, categories: leaves, nextNumber: nextNumberOf }
}

/**
 * The one way in, for every channel. Texts are normalised to NFC and otherwise kept as typed; the area follows from the
 * point; the intake clock starts. Handed in twice under one `sourceKey`, it stays one report (`repeated`), also where
 * both come at the same moment.
 */
export async function receiveReport(ctx: Context, intake: Intake): Promise<Received> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const [known, desk] = await Promise.all([knownReport(tx, intake), openIntakeDesk(tx, intake.categoryCode)])
      return known ?? takeIn(tx, ctx, desk, intake)
    })
  } catch (error) {
    const meanwhile = error instanceof DomainError && error.code === 'received_meanwhile'
    const known = meanwhile ? await knownReport(ctx.db, intake) : undefined
    if (!known) throw error
    return known
  }
}

/** Writes a report that is not known yet, in the caller's transaction. */
export async function takeIn(tx: Transaction, ctx: Context, desk: IntakeDesk, intake: Intake): Promise<Received> {
  const now = ctx.now()
  const receivedAt = intake.receivedAt ?? now
  if (receivedAt > now) throw new DomainError('received_in_future')
  const category = categoryOf(desk, intake)
  await assertIncident(tx, intake.incidentId)
  const area = intake.point ? await areaAt(tx, intake.point, now) : null
  const texts = { title: normalise(intake.title), body: normalise(intake.body), address: normalise(intake.address) }
  const clocks = new ReportClocks(0, [], desk.times)
  clocks.start(startClock('intake', receivedAt, category.intakeMinutes), desk.calendarId)
  const day = localDayOf(receivedAt)
  const [report] = await tx
    .insert(reports)
    .values({
      ...texts,
      code: reportCode(day, await desk.nextNumber(tx, day)),
      state: 'awaiting_intake',
      severity: intake.severity ?? category.defaultSeverity,
      channel: intake.channel,
      categoryCode: category.code,
      areaId: area?.id ?? null,
      lon: intake.point?.lon ?? null,
      lat: intake.point?.lat ?? null,
      receivedAt,
      occurredAt: intake.occurredAt,
      incidentId: intake.incidentId,
      lastActivityAt: receivedAt,
      lastActivityBy: 'citizen',
      tags: intake.tags.map(normalise),
      source: intake.source,
      sourceKey: intake.sourceKey,
      ...clocks.deadline(),
    })
    .onConflictDoNothing({ target: [reports.source, reports.sourceKey] })
    .returning({ id: reports.id, code: reports.code, version: reports.version, state: reports.state })
  // Rolled back, so that the number it took is given to the next one.
  if (!report) throw new DomainError('received_meanwhile')
  await Promise.all([
    clocks.for(report.id).write(tx),
    intake.reporter && tx.insert(reporters).values({ reportId: report.id, ...orNull(intake.reporter) }),
    updateSearch(tx, { ...report, ...texts }),
    recordEvent(tx, ctx, {
      event: 'report.received',
      subject: { kind: 'report', id: report.id },
      to: 'awaiting_intake',
      version: report.version,
      details: { channel: intake.channel, source: intake.source, category: category.code },
    }),
  ])
  return { ...report, repeated: false }
}

/** What this door handed in under this key before. */
export async function knownReport(
  db: Connection,
  { source, sourceKey }: Pick<Intake, 'source' | 'sourceKey'>,
): Promise<Received | undefined> {
  const [report] = await db
    .select({ id: reports.id, code: reports.code, version: reports.version, state: reports.state })
    .from(reports)
    .where(and(eq(reports.source, source), eq(reports.sourceKey, sourceKey)))
  return report && { ...report, repeated: true }
}

async function leavesOf(tx: Connection, code: string | null): Promise<Leaf[]> {
  return tx
    .select({
      code: categories.code,
      keywords: categories.keywords,
      defaultSeverity: categories.defaultSeverity,
      intakeMinutes: categories.intakeMinutes,
    })
    .from(categories)
    .where(
      and(
        eq(categories.isActive, true),
        isNotNull(categories.parentCode),
        code === null ? undefined : eq(categories.code, code),
      ),
    )
}

/** The category named, else the one whose keywords stand in the text, else the drawer for what has none. */
function categoryOf(desk: IntakeDesk, { categoryCode, title, body }: Intake): Leaf {
  const code = categoryCode ?? suggestCategories(title, body, desk.categories)[0] ?? unsortedCategory
  const category = desk.categories.find((leaf) => leaf.code === code)
  if (!category) throw new DomainError('category_unknown', { code })
  return category
}

async function cityCalendar(tx: Connection): Promise<string> {
  const [city] = await tx.select({ calendarId: agencies.calendarId }).from(agencies).where(isNull(agencies.parentId))
  if (!city) throw new DomainError('city_missing')
  return city.calendarId
}

const orNull = <T extends Record<string, string>>(texts: T) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text === '' ? null : normalise(text)]))
