import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { categories, incidents } from '#db/schema/index.ts'
import { resolutionMinutes, resumeClock, retargetClock, switchTime } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Severity } from '../rules/lifecycle.ts'
import { clockTimeOf } from '../storm.ts'
import type { Desk } from './move-report.ts'

type Limits = Desk['report']['category']

/** The category the report will have: the one it has, or another leaf that is in use. */
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
 * Another category or severity, another promise: the time spent stays spent, and the due instant may lie in the past. What
 * asks for the same time as before leaves the clock alone, for a reopened one has a target of its own.
 */
export async function retarget(desk: Desk, { category, severity, incidentId }: Promised): Promise<void> {
  const { tx, clocks, report, now } = desk
  const running = clocks.running()
  if (!running) return
  if (running.clock.kind === 'intake') {
    if (category.intakeMinutes === report.category.intakeMinutes) return
    clocks.change(running, (clock) => retargetClock(clock, category.intakeMinutes))
    return
  }
  const target = resolutionMinutes(category, severity)
  if (target !== resolutionMinutes(report.category, report.severity)) {
    clocks.change(running, (clock) => retargetClock(clock, target))
  }
  const time = await clockTimeOf(tx, { severity, incidentId }, now)
  clocks.change(running, (clock) => switchTime(clock, time, now))
}

/** A wait for another agency ends when the report leaves the desk that waited: from there the clock runs on. */
export function endWait({ clocks, report, now }: Desk): void {
  if (report.pausedAt) clocks.change(clocks.running(), (clock) => resumeClock(clock, now))
}
