import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agencies, categories, reportCodes, reporters, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { areaAt } from '#server/areas/queries.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { startClock } from '#server/calendars/rules/deadlines.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { ReportClocks } from '../clocks.ts'
import { reportCode } from '../rules/report-code.ts'
import type { Intake } from '../rules/schemas.ts'
import { suggestCategories, unsortedCategory } from '../rules/suggest-category.ts'
import type { Moved } from './move-report.ts'
import { updateSearch } from './update-search.ts'

export type Received = Moved & { repeated: boolean }

/**
 * The one way in, for every channel. Texts are normalised to NFC and otherwise kept as typed; the area follows from the
 * point; the intake clock starts. Handed in twice under one `sourceKey`, it stays one report (`repeated`).
 */
export async function receiveReport(ctx: Context, intake: Intake): Promise<Received> {
  return ctx.db.transaction(async (tx) => {
    const known = await knownReport(tx, intake)
    if (known) return { ...known, repeated: true }
    const now = ctx.now()
    const receivedAt = intake.receivedAt ?? now
    if (receivedAt > now) throw new DomainError('received_in_future')
    const category = await categoryOf(tx, intake)
    const area = intake.point ? await areaAt(tx, intake.point, now) : null
    const [title, body, address] = [normalise(intake.title), normalise(intake.body), normalise(intake.address)]
    const times = await compiledCalendars(tx)
    const clocks = new ReportClocks(0, [], times)
    clocks.start(startClock('intake', receivedAt, category.intakeMinutes), await cityCalendar(tx))
    const [report] = await tx
      .insert(reports)
      .values({
        code: await nextCode(tx, receivedAt),
        state: 'awaiting_intake',
        severity: intake.severity ?? category.defaultSeverity,
        channel: intake.channel,
        categoryCode: category.code,
        areaId: area?.id ?? null,
        title,
        body,
        address,
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
    if (!report) throw new DomainError('received_meanwhile')
    await clocks.for(report.id).write(tx)
    if (intake.reporter) await tx.insert(reporters).values({ reportId: report.id, ...orNull(intake.reporter) })
    await updateSearch(tx, { id: report.id, code: report.code, title, body, address })
    await recordEvent(tx, ctx, {
      event: 'report.received',
      subject: { kind: 'report', id: report.id },
      to: 'awaiting_intake',
      version: report.version,
      details: { channel: intake.channel, source: intake.source, category: category.code },
    })
    return { ...report, repeated: false }
  })
}

async function knownReport(tx: Transaction, { source, sourceKey }: Intake): Promise<Moved | undefined> {
  const [report] = await tx
    .select({ id: reports.id, code: reports.code, version: reports.version, state: reports.state })
    .from(reports)
    .where(and(eq(reports.source, source), eq(reports.sourceKey, sourceKey)))
  return report
}

async function categoryOf(tx: Transaction, intake: Intake) {
  const leaves = await tx
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
        sql`${categories.parentCode} is not null`,
        intake.categoryCode === null ? undefined : eq(categories.code, intake.categoryCode),
      ),
    )
  const code = intake.categoryCode ?? suggestCategories(intake.title, intake.body, leaves)[0] ?? unsortedCategory
  const category = leaves.find((leaf) => leaf.code === code)
  if (!category) throw new DomainError('category_unknown', { code })
  return category
}

/** Intake is the city's promise: it runs by the city's own calendar. */
async function cityCalendar(tx: Transaction): Promise<string> {
  const [city] = await tx.select({ calendarId: agencies.calendarId }).from(agencies).where(isNull(agencies.parentId))
  if (!city) throw new DomainError('city_missing')
  return city.calendarId
}

async function nextCode(tx: Transaction, receivedAt: Date): Promise<string> {
  const day = localDayOf(receivedAt)
  const [row] = await tx
    .insert(reportCodes)
    .values({ day, last: 1 })
    .onConflictDoUpdate({ target: reportCodes.day, set: { last: sql`${reportCodes.last} + 1` } })
    .returning({ last: reportCodes.last })
  if (!row) throw new Error('no code was given out')
  return reportCode(day, row.last)
}

const orNull = <T extends Record<string, string>>(texts: T) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text === '' ? null : normalise(text)]))
