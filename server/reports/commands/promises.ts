import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { categories, events, incidents } from '#db/schema/index.ts'
import {
  continueClock,
  resolutionMinutes,
  resumeClock,
  retargetClock,
  switchTime,
} from '#server/calendars/rules/deadlines.ts'
import { isChange } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { KeptClock } from '../clocks.ts'
import { type ChangedTerms, type Kept, minutesBefore, termsOf, timeBefore } from '../rules/kept.ts'
import type { Severity } from '../rules/lifecycle.ts'
import { clockTimeOf, type IncidentSpan, incidentsSince, stormSwitches } from '../storm.ts'
import type { Desk } from './move-report.ts'

type Limits = Desk['report']['category']

/** The category the report will have: the one it has, or another active leaf. */
export async function categoryFor({ tx, report }: Desk, code: string | undefined): Promise<Limits> {
  if (code === undefined || code === report.categoryCode) return report.category
  const [category] = await tx.select().from(categories).where(eq(categories.code, code))
  if (!category?.isActive || category.parentCode === null) throw new DomainError('category_unknown', { code })
  return category
}

export async function assertIncident(db: Connection, id: string | null): Promise<void> {
  if (id === null) return
  const [incident] = await db.select({ id: incidents.id }).from(incidents).where(eq(incidents.id, id))
  if (!incident) throw new DomainError('not_found', { subject: 'incident' })
}

export type Promised = { category: Limits; severity: Severity; incidentId: string | null }

/**
 * Another category or severity means another promise: the time spent is kept, and the due instant may be in the past.
 * Where the limit stays the same the clock is left alone, because a reopened report has a separate target.
 */
export async function retarget(desk: Desk, promised: Promised): Promise<void> {
  const { clocks } = desk
  const running = clocks.running()
  if (!running) return
  const minutes = minutesAskedAnew(desk, running, promised)
  if (minutes !== null) clocks.change(running, (clock) => retargetClock(clock, minutes))
  if (running.clock.kind === 'resolution') await switchNow(desk, running, promised)
}

type Asking = Pick<Promised, 'category' | 'severity'>

const minutesAsked = ({ clock }: KeptClock, { category, severity }: Asking): number =>
  clock.kind === 'intake' ? category.intakeMinutes : resolutionMinutes(category, severity)

function minutesAskedAnew({ report }: Desk, kept: KeptClock, promised: Asking): number | null {
  const minutes = minutesAsked(kept, promised)
  return minutes === minutesAsked(kept, report) ? null : minutes
}

async function switchNow({ tx, clocks, now }: Desk, kept: KeptClock, promised: Promised): Promise<void> {
  const time = await clockTimeOf(tx, promised, now)
  clocks.change(kept, (clock) => switchTime(clock, time, now))
}

type Altered = { details: { dueAt?: [before: string | null, after: string | null] }; kept: Kept }

/**
 * Does what may alter the running clock; returns the change of the due instant for the event, and what undo must know.
 */
export async function alteringPromise(desk: Desk, alter: () => Promise<void>): Promise<Altered> {
  const { clocks, report } = desk
  const running = clocks.running()
  const before = running && termsOf(running.clock)
  await alter()
  const due = clocks.deadline().dueAt
  const isMoved = report.dueAt?.getTime() !== due?.getTime()
  const { kind } = running?.clock ?? {}
  return {
    details: isMoved ? { dueAt: [report.dueAt?.toISOString() ?? null, due?.toISOString() ?? null] } : {},
    // Kept even where they did not change: undo derives from them what emergency mode has done since.
    kept:
      running && before && kind ? { clock: { kind, round: running.round, before, after: termsOf(running.clock) } } : {},
  }
}

/**
 * The clock as if its report had had this category, severity or incident all along: what the change replaced is
 * restored. Where another change has been made since, the promise is recomputed; emergency mode that was switched since
 * takes effect from that moment.
 */
export async function restorePromise(
  desk: Desk,
  promised: Promised,
  changed: { terms: ChangedTerms | undefined; at: Date },
): Promise<void> {
  const { clocks } = desk
  const running = clocks.running()
  if (!running) return
  const isOfIt = running.clock.kind === changed.terms?.kind && running.round === changed.terms.round
  const terms = isOfIt ? changed.terms : undefined
  const minutes = (terms && minutesBefore(running.clock, terms)) ?? minutesAskedAnew(desk, running, promised)
  const time = terms && timeBefore(running.clock, terms)
  if (minutes !== null) clocks.change(running, (clock) => retargetClock(clock, minutes))
  if (running.clock.kind === 'intake') return
  if (!time) return switchNow(desk, running, promised)
  clocks.change(running, (clock) => ({ ...clock, ...time }))
  await switchAsSince(desk, running, promised.severity, [{ from: changed.at, incidentId: promised.incidentId }])
}

/**
 * A stopped clock runs on as if it had never stopped, in its present terms: what was set or switched meanwhile only
 * affected running clocks, and is applied now.
 */
export async function runOn(desk: Desk): Promise<void> {
  const { tx, report, clocks } = desk
  const kept = clocks.last('resolution') ?? clocks.last('intake')
  const stoppedAt = kept?.clock.stoppedAt
  if (!stoppedAt) return
  clocks.change(kept, continueClock)
  const before = await askingBefore(desk, stoppedAt)
  if (before && minutesAsked(kept, before) !== minutesAsked(kept, report))
    clocks.change(kept, (clock) => retargetClock(clock, minutesAsked(kept, report)))
  if (kept.clock.kind === 'intake') return
  await switchAsSince(desk, kept, report.severity, await incidentsSince(tx, report, stoppedAt))
}

/**
 * Category and severity of the report at a moment, where they have been changed since; that is possible for an answered
 * report too.
 */
async function askingBefore({ tx, report }: Desk, since: Date): Promise<Asking | null> {
  const isSetting = inArray(events.event, ['report.category_changed', 'report.severity_changed'])
  const changes = await tx
    .select({ details: events.details })
    .from(events)
    .where(and(eq(events.reportId, report.id), isSetting, gt(events.at, since)))
    .orderBy(asc(events.id))
  if (changes.length === 0) return null
  const first = <T>(key: string, now: T): T => {
    const change = changes.map(({ details }) => details[key]).find(isChange)
    return change ? (change[0] as T) : now
  }
  const code = first('category', report.categoryCode)
  const [category] = await tx.select().from(categories).where(eq(categories.code, code))
  return { category: category ?? report.category, severity: first('severity', report.severity) }
}

/** Applies, from the moment it was switched, a emergency mode that could not be applied while the clock was stopped. */
async function switchAsSince(desk: Desk, kept: KeptClock, severity: Severity, spans: IncidentSpan[]): Promise<void> {
  for (const { at, time } of await stormSwitches(desk.tx, severity, spans, desk.now)) {
    desk.clocks.change(kept, (clock) => switchTime(clock, time, at))
  }
}

/** A clock that was restored as it was at a moment: emergency mode that was switched since applies from then on. */
export async function switchRestored(desk: Desk, { severity, incidentId }: Omit<Promised, 'category'>, at: Date) {
  const running = desk.clocks.running()
  if (running?.clock.kind === 'resolution') await switchAsSince(desk, running, severity, [{ from: at, incidentId }])
}

/** A wait for another agency ends when the report leaves the desk that waited: from then on the clock runs. */
export function endWait({ clocks, report, now }: Desk): void {
  if (report.pausedAt) clocks.change(clocks.running(), (clock) => resumeClock(clock, now))
}
