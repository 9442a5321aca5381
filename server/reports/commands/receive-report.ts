import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { builtOnce, builtTogether } from '#db/built-once.ts'
import type { Connection, Transaction } from '#db/client.ts'
import { brokenConstraint, insertTogether, newRow, type RowWrite, writeRows } from '#db/rows.ts'
import {
  agencies,
  categories,
  incidentSuggestions,
  reportClocks,
  reporters,
  reportSearch,
  reports,
} from '#db/schema/index.ts'
import { withCommit } from '#db/transactions.ts'
import type { Context } from '#server/accounts/context.ts'
import { areaAt, areaInForce } from '#server/areas/queries.ts'
import { calendarStamp, calendarsOfStamp } from '#server/calendars/queries.ts'
import { deadlineOf, type FirstLimits, maturesAt, startClock } from '#server/calendars/rules/deadlines.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { eventWrite } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import { type KnownIncidentMatcher, openIncidentMatchers } from '#server/incidents/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { decodeTelex } from '#server/platform/rules/telex.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { clockColumns } from '../clocks.ts'
import { codeToCome, reportCode } from '../rules/report-code.ts'
import type { Intake } from '../rules/schemas.ts'
import { nothingSaid, searchRowOf } from '../rules/search-text.ts'
import { suggestCategories, unsortedCategory } from '../rules/suggest-category.ts'
import { suggestionsFor } from '../suggestions.ts'
import type { Moved } from './move-report.ts'
import { type NextNumber, nextNumber, nextNumberOf, numbered, numberedWords } from './number-reports.ts'
import { assertIncident } from './promises.ts'
import { claimPhotos, photosOf } from './received-photos.ts'

export type Received = Moved & { repeated: boolean }

/** What may come with a report. */
type Extras = {
  /** The commune that staff chose: it stays where the point lies in another. */
  areaId?: number | null
  /** Uploads of the sender, which are attached as the citizen's. */
  photoIds?: readonly string[]
  /** Additional details of its event. */
  about?: EventDetails
  /** Called in the transaction before it is known whether the report is new, and may refuse it. */
  admit?: (tx: Transaction) => Promise<void>
  /** The last write before the commit, so that the next report does not wait for its lock longer than necessary. */
  count?: (tx: Transaction) => Promise<unknown>
}

/** What intake needs besides the report. An import opens it once for thousands of rows. */
export type IntakeDesk = {
  /** Intake is a promise of the city: it runs by the city's own calendar. */
  calendarId: string
  time: WorkingTime
  categories: readonly Leaf[]
  /** The open incidents to which new reports may be suggested. */
  incidentMatchers: readonly KnownIncidentMatcher[]
  nextNumber: NextNumber
}

type Leaf = FirstLimits & { code: string; keywords: readonly string[] }

/** The queries behind the intake desk; where a category is given, only that one is read. */
const deskReads = (db: Connection) => ({
  stamp: calendarStamp(db),
  leaves: leavesInUse(db),
  city: cityRow(db),
  incidentMatchers: openIncidentMatchers(db),
})

const deskNow = builtTogether(deskReads)

type DeskReads = Awaited<ReturnType<typeof deskNow>>

export async function openIntakeDesk(tx: Connection): Promise<IntakeDesk> {
  return deskOf(tx, await deskNow(tx, { category: null, incident: null }))
}

async function deskOf(tx: Connection, { stamp, leaves, city, incidentMatchers }: DeskReads): Promise<IntakeDesk> {
  const [office] = city
  if (!office) throw new DomainError('city_missing')
  const { calendarId } = office
  const time = (await calendarsOfStamp(tx, stamp)).get(calendarId)
  if (!time) throw new DomainError('calendar_missing', { calendarId })
  return { calendarId, time, categories: leaves, incidentMatchers, nextNumber: nextNumberOf }
}

/**
 * The single entry point for every channel. Texts are normalised to NFC and otherwise stored as typed; the area follows
 * from the point, unless staff chose it; the intake clock starts. Submitted twice under one `sourceKey`, it stays one
 * report (`repeated`), even where both arrive at the same moment.
 */
export async function receiveReport(ctx: Context, intake: Intake, extras: Extras = {}): Promise<Received> {
  try {
    const { numbering, ...received } = await ctx.db.transaction(async (tx) => {
      // Shares a round trip with the reads.
      const admitted = extras.admit?.(tx)
      admitted?.catch(() => undefined)
      const { known, reserved, ...reads } = await arrival(tx, {
        source: intake.source,
        sourceKey: intake.sourceKey,
        category: intake.categoryCode,
        incident: null,
      })
      if (known[0]) return { ...known[0], repeated: true, numbering: null }
      await admitted
      await claimPhotos(tx, ctx, extras.photoIds ?? [])
      return takeInOne(tx, ctx, await deskOf(tx, reads), { id: reserved[0]?.id as number, intake, ...extras })
    })
    return { ...received, ...(await numbering) }
  } catch (error) {
    // Rolled back, so that the number it took is given to the next report.
    const meanwhile = brokenConstraint(error) === 'reports_source'
    const [known] = meanwhile ? await knownReport(ctx.db, { source: intake.source, sourceKey: intake.sourceKey }) : []
    if (!known) throw error
    return { ...known, repeated: true }
  }
}

/** Everything that one new report needs, including its future id. */
const arrival = builtTogether((db) => ({
  known: reportFrom(db),
  reserved: db
    .select({ id: sql<number>`nextval(pg_get_serial_sequence('reports', 'id'))::bigint`.as('id') })
    .from(sql`(values (1)) one`),
  ...deskReads(db),
}))

/**
 * From taking the number until the commit, the next report of the day waits. So the id is reserved before, and all
 * writes are one statement, which also takes the number and is directly followed by the commit. The number is known
 * after that.
 */
async function takeInOne(
  tx: Transaction,
  ctx: Context,
  desk: IntakeDesk,
  { id, intake, areaId = null, photoIds = [], about = {}, count }: { id: number; intake: Intake } & Extras,
) {
  const prepared = await prepare(tx, ctx, desk, intake, areaId)
  const { row, day } = prepared
  const report = { id, code: codeToCome(day), state: row.state, version: 1 }
  const told = photoIds.length > 0 ? { ...about, photos: photoIds.length } : about
  const { words } = searchRowOf({ ...row, code: report.code }, nothingSaid)
  const writing = writeRows(
    tx,
    [
      newRow(reports, { ...row, id, version: 1, photoCount: photoIds.length, code: numbered(report.code) }),
      newRow(reportSearch, { reportId: id, words: numberedWords(words) }),
      ...partsOf(ctx, desk, { report, ...prepared }, told),
      ...photosOf(ctx, id, photoIds),
    ],
    nextNumber(day),
  )
  await withCommit(tx, Promise.all([writing, count?.(tx)]))
  const numbering = writing.then(([number]) => ({ code: reportCode(day, number?.last as number) }))
  // If it fails, so does the transaction.
  numbering.catch(() => undefined)
  return { ...report, repeated: false, numbering }
}

/**
 * Writes new reports, in the caller's transaction and with one statement per table. One that came in meanwhile under
 * the same key is left out. `about`: additional details of their events.
 */
export async function takeIn(
  tx: Transaction,
  ctx: Context,
  desk: IntakeDesk,
  intakes: readonly Intake[],
  about: EventDetails = {},
): Promise<Received[]> {
  if (intakes.length === 0) return []
  const prepared = new Map<string, Awaited<ReturnType<typeof numberedOne>>>()
  for (const intake of intakes) prepared.set(doorKey(intake), await numberedOne(tx, ctx, desk, intake))
  const written = await tx
    .insert(reports)
    .values([...prepared.values()].map(({ row }) => row))
    .onConflictDoNothing({ target: [reports.source, reports.sourceKey] })
    .returning({
      id: reports.id,
      code: reports.code,
      version: reports.version,
      state: reports.state,
      source: reports.source,
      sourceKey: reports.sourceKey,
    })
  const received = written.map(({ source, sourceKey, ...report }) => ({
    report,
    ...(prepared.get(doorKey({ source, sourceKey })) as Awaited<ReturnType<typeof numberedOne>>),
  }))
  await insertTogether(
    tx,
    received.flatMap((one) => [
      newRow(reportSearch, { reportId: one.report.id, ...searchRowOf(one.row, nothingSaid) }),
      ...partsOf(ctx, desk, one, about),
    ]),
  )
  return received.map(({ report }) => ({ ...report, repeated: false }))
}

type Written = Pick<Prepared, 'intake' | 'row' | 'clock'> & { report: Pick<Moved, 'id' | 'state' | 'version'> }

/** The rows of a new report other than its own and that of its words. */
function partsOf(
  ctx: Context,
  desk: IntakeDesk,
  { report, intake, row, clock }: Written,
  about: EventDetails = {},
): RowWrite[] {
  const { id: reportId, state, version } = report
  const suggestions =
    row.incidentId === null ? suggestionsFor({ ...row, id: reportId }, desk.incidentMatchers, ctx.now()) : []
  return [
    newRow(reportClocks, { ...clock, reportId }),
    ...(intake.reporter ? [newRow(reporters, { reportId, ...orNull(intake.reporter) })] : []),
    ...suggestions.map((suggestion) => newRow(incidentSuggestions, suggestion)),
    eventWrite(ctx, {
      event: 'report.received',
      subject: { kind: 'report', id: reportId },
      to: state,
      version,
      details: { channel: intake.channel, source: intake.source, category: row.categoryCode, ...about },
    }),
  ]
}

const doorKey = ({ source, sourceKey }: Pick<Intake, 'source' | 'sourceKey'>): string => `${source} ${sourceKey}`

type Prepared = Awaited<ReturnType<typeof prepare>>

/** A report is numbered before it is written. */
async function numberedOne(tx: Transaction, ctx: Context, desk: IntakeDesk, intake: Intake) {
  const { row, day, ...prepared } = await prepare(tx, ctx, desk, intake)
  return { ...prepared, row: { ...row, code: reportCode(day, await desk.nextNumber(tx, day)) } }
}

/** The rows of a new report, before it has an id and a number. */
async function prepare(tx: Transaction, ctx: Context, desk: IntakeDesk, intake: Intake, chosen: number | null = null) {
  const now = ctx.now()
  const receivedAt = intake.receivedAt ?? now
  const category = checkIntake(desk, intake, now)
  await assertIncident(tx, intake.incidentId)
  const area =
    chosen !== null ? await areaInForce(tx, chosen, now) : intake.point ? await areaAt(tx, intake.point, now) : null
  const { calendarId, time } = desk
  const clock = startClock('intake', receivedAt, category.intakeMinutes)
  const day = localDayOf(receivedAt)
  const row = {
    state: 'awaiting_intake' as const,
    severity: intake.severity ?? category.defaultSeverity,
    channel: intake.channel,
    categoryCode: category.code,
    areaId: area?.id ?? null,
    title: normalise(intake.title),
    body: normalise(intake.body),
    address: normalise(intake.address),
    lon: intake.point?.lon ?? null,
    lat: intake.point?.lat ?? null,
    receivedAt,
    maturesAt: maturesAt(receivedAt, category, time),
    occurredAt: intake.occurredAt,
    incidentId: intake.incidentId,
    lastActivityAt: receivedAt,
    lastActivityBy: 'citizen' as const,
    tags: intake.tags.map(normalise),
    source: intake.source,
    sourceKey: intake.sourceKey,
    ...deadlineOf(clock, time),
  }
  return { intake, day, row, clock: { ...clockColumns(clock, time), round: 1, calendarId } }
}

/** Refuses an invalid report before anything is written, and returns the category it is filed under. */
export function checkIntake(desk: IntakeDesk, intake: Intake, now: Date): Leaf {
  if (intake.receivedAt && intake.receivedAt > now) throw new DomainError('received_in_future')
  return categoryOf(desk, intake)
}

/** What this source submitted under this key before. */
const reportFrom = (db: Connection) =>
  db
    .select({ id: reports.id, code: reports.code, version: reports.version, state: reports.state })
    .from(reports)
    .where(and(eq(reports.source, sql.placeholder('source')), eq(reports.sourceKey, sql.placeholder('sourceKey'))))

export const knownReport = builtOnce(reportFrom)

const leavesInUse = (db: Connection) =>
  db
    .select({
      code: categories.code,
      keywords: categories.keywords,
      defaultSeverity: categories.defaultSeverity,
      intakeMinutes: categories.intakeMinutes,
      normalMinutes: categories.normalMinutes,
      urgentMinutes: categories.urgentMinutes,
      complexMinutes: categories.complexMinutes,
    })
    .from(categories)
    .where(
      and(
        eq(categories.isActive, true),
        isNotNull(categories.parentCode),
        sql`(${sql.placeholder('category')}::text is null or ${categories.code} = ${sql.placeholder('category')})`,
      ),
    )

/**
 * The given category, otherwise the one whose keywords occur in the text, otherwise the category for unsorted reports.
 */
function categoryOf(desk: IntakeDesk, { categoryCode, title, body }: Intake): Leaf {
  const code =
    categoryCode ?? suggestCategories(decodeTelex(title), decodeTelex(body), desk.categories)[0] ?? unsortedCategory
  const category = desk.categories.find((leaf) => leaf.code === code)
  if (!category) throw new DomainError('category_unknown', { code })
  return category
}

const cityRow = (db: Connection) =>
  db.select({ calendarId: agencies.calendarId }).from(agencies).where(isNull(agencies.parentId))

const orNull = <T extends Record<string, string>>(texts: T) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text === '' ? null : normalise(text)]))
