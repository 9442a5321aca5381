import { z } from 'zod'
import { type Actor, holds } from '#server/accounts/rules/actor.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { calendarDay } from '#server/platform/rules/moment.ts'
import { definitions, type KpiId } from './definitions.ts'

/** Figures that can have a target: those with a good direction and a card or a line to show it on. */
export const targetKpis = [
  'handled',
  'on_time',
  'intake_on_time',
  'clearance',
  'first_answer_median',
  'first_answer_p90',
  'close_median',
  'close_p90',
  'backlog',
  'reopened',
  'satisfaction',
] as const satisfies readonly KpiId[]
export type TargetKpi = (typeof targetKpis)[number]

const mostShare = 2
const mostOther = 1_000_000

/** Sets a target from a day on: a new one (id null) or a correction. */
export const saveTargetInput = z
  .object({
    id: z.uuid().nullable(),
    version: z.number().int().nonnegative(),
    kpi: z.enum(targetKpis),
    /** Null: the whole city, and every agency that has none. */
    agencyId: z.string().min(1).nullable(),
    validFrom: calendarDay('bad_date'),
    /** Null: from that day on there is no target. Shares are 0…1, durations minutes. */
    value: z.number('required').min(0, 'too_short').nullable(),
    /** Within this distance from the target a value still counts as near. */
    band: z.number('required').min(0, 'too_short').nullable(),
  })
  .superRefine(({ kpi, value, band }, check) => {
    const most = definitions[kpi].unit === 'share' ? mostShare : mostOther
    if (value !== null && value > most) check.addIssue({ code: 'custom', path: ['value'], message: 'too_large' })
    if (band !== null && band > most) check.addIssue({ code: 'custom', path: ['band'], message: 'too_large' })
  })
export type SaveTarget = z.output<typeof saveTargetInput>

export const removeTargetInput = z.object({ id: z.uuid(), version: z.number().int().positive() })

export const maySetTarget = (actor: Actor, agencyId: string | null): boolean =>
  holds(actor, 'manager', agencyId) || holds(actor, 'admin', agencyId)

/** A target, and the distance from it that still counts as near. */
export type Aim = { value: number | null; band: number | null }

type Target = {
  kpi: TargetKpi
  agencyId: string | null
  validFrom: LocalDay
  value: number | null
  band: number | null
}

/**
 * The target of an agency on a day: its own latest target, else that of the nearest agency above it, else the city's.
 * `chain` is the agency and those above it, the nearest first. Undefined: none was ever set.
 */
export function targetOn<Row extends Target>(
  targets: readonly Row[],
  kpi: KpiId,
  chain: readonly string[],
  day: LocalDay,
): Row | undefined {
  const valid = targets.filter((target) => target.kpi === kpi && target.validFrom <= day)
  for (const agencyId of [...chain, null]) {
    const own = valid.filter((target) => target.agencyId === agencyId)
    const latest = own.reduce<Row | undefined>(
      (best, target) => (best === undefined || target.validFrom > best.validFrom ? target : best),
      undefined,
    )
    if (latest) return latest
  }
  return undefined
}
