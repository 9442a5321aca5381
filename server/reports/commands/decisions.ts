import type { Transaction } from '#db/client.ts'
import type { reports } from '#db/schema/index.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { heldUntil, knownDuring } from '../rules/hold.ts'
import { clockForLog, type Kept } from '../rules/kept.ts'
import { canBeTakenBack, isToldLater, waitsInOutbox } from '../rules/undo.ts'
import { sendTime } from './answers.ts'
import type { Desk, Outcome, Written } from './move-report.ts'

type Columns = Partial<typeof reports.$inferInsert>

/**
 * Until when an act waits before anyone learns of it, and the columns by which a decision can be taken back until then.
 * Undoing an act waits for nothing.
 */
export function decisionOn(desk: Desk, { act, state }: Written, { set, details }: Outcome) {
  const { report, ctx, now, settings } = desk
  const isWaiting = ctx.actor.kind === 'staff' && isToldLater(act) && !(details && 'undoes' in details)
  const until = isWaiting ? (waitsInOutbox(act) ? sendTime(desk) : heldUntil(now, settings)) : null
  if (!until || !canBeTakenBack(act)) return { until, set: {} satisfies Columns }
  const stillHeld = report.releasedAt && now < report.releasedAt ? report.knownTo : null
  const { agencyId, heldBy } = { ...report, ...set }
  const knownTo = knownDuring(ctx.actor, { ...report, known: stillHeld }, { state, agencyId, heldBy })
  return { until, set: { decidedById: ctx.actor.id, releasedAt: until, knownTo } satisfies Columns }
}

/** What taking a decision back needs to know of the report and its clocks. */
export function keptOf(
  { report, clocks }: Desk,
  { act }: Written,
  { changed, until }: { changed: Columns; until: Date | null },
): Kept {
  if (!until) return {}
  if (!canBeTakenBack(act)) return { until: until.toISOString() }
  const names = Object.keys(changed) as (keyof typeof report & keyof Columns)[]
  const replaced = clocks.replaced()
  return {
    until: until.toISOString(),
    row: Object.fromEntries(names.map((name) => [name, report[name] ?? null])),
    ...(replaced.length > 0 && {
      clocks: replaced.map((one) => ({ ...one, before: one.before && clockForLog(one.before) })),
    }),
  }
}

type Release = { act: Written['act']; reportId: number; version: number; at: Date }

/**
 * When the time to take a decision back has passed, those it concerns learn of it. A field is of no one else's concern,
 * except the person; an answer announces itself when it is sent.
 */
export async function queueRelease(tx: Transaction, { act, reportId, version, at }: Release): Promise<void> {
  if (!canBeTakenBack(act) && act !== 'assign_person') return
  await queueJob(tx, 'release_report', { reportId }, { runAt: at, jobKey: `release_report:${reportId}:${version}` })
}
