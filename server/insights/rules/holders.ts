import type { Phase } from './phases.ts'
import type { LoggedEvent } from './replay.ts'

/** The holder of the report from a moment on; null: the dispatchers. */
export type Holder = { at: Date; agencyId: string | null; how: How }
type How = 'assigned' | 'transferred' | 'returned' | 'reopened' | 'handed_over'

const comesBack: readonly string[] = ['report.reopened', 'report.unmerged']

export function holdersOf(events: readonly LoggedEvent[]): Holder[] {
  const holders: Holder[] = []
  for (const { event, at, details, toState } of events) {
    if (event === 'report.assigned') holders.push({ at, agencyId: details.agencyId, how: 'assigned' })
    if (event === 'report.transferred') holders.push({ at, agencyId: details.agencyId, how: 'transferred' })
    // Its agency has ended: the successor holds it from here on.
    if (event === 'report.handed_over') holders.push({ at, agencyId: details.agencyId, how: 'handed_over' })
    if (event === 'report.returned') holders.push({ at, agencyId: null, how: 'returned' })
    // Merged while its agency ended, it returns to the successor.
    if (event === 'report.unmerged' && details.agencyId !== null)
      holders.push({ at, agencyId: details.agencyId, how: 'handed_over' })
    // Reopened, or unmerged, after its agency has ended: back to the dispatchers.
    if (comesBack.includes(event) && toState === 'awaiting_intake')
      holders.push({ at, agencyId: null, how: 'reopened' })
  }
  return holders
}

/** The holder at a moment; null before the first assignment and after a return. */
export const holderAt = (holders: readonly Holder[], moment: Date): string | null =>
  holders.findLast(({ at }) => at <= moment)?.agencyId ?? null

/** How often it was passed to another agency. A handover to a successor does not count. */
export function changesOf(holders: readonly Holder[]) {
  const agencies = holders.flatMap(({ agencyId }) => agencyId ?? [])
  const first = holders.findIndex(({ agencyId }) => agencyId !== null)
  const next = first < 0 ? undefined : holders.find(({ agencyId }, place) => place > first && agencyId !== agencies[0])
  const seen = new Set<string>()
  let last: string | null = null
  let [agencyChanges, pingPong] = [0, false]
  for (const { agencyId, how } of holders) {
    if (agencyId === null) continue
    if (last !== null && agencyId !== last && how !== 'handed_over') {
      agencyChanges += 1
      pingPong ||= seen.has(agencyId)
    }
    seen.add(agencyId)
    last = agencyId
  }
  return { agencyChanges, forwarded: next?.how === 'returned' || next?.how === 'transferred', pingPong }
}

type HoldingPeriod = { agencyId: string; fromAt: Date; toAt: Date | null }

/** The periods for which an agency had an open report: each ends when the report leaves it, is closed or is merged. */
export function holdingPeriodsOf(holders: readonly Holder[], phases: readonly Phase[]): HoldingPeriod[] {
  return holders.flatMap(({ at, agencyId }, place): HoldingPeriod[] => {
    if (agencyId === null) return []
    const until = holders[place + 1]?.at ?? null
    return phases.flatMap(({ at: begins, phase }, nth): HoldingPeriod[] => {
      if (phase !== 'open') return []
      const ends = phases[nth + 1]?.at ?? null
      const fromAt = new Date(Math.max(begins.getTime(), at.getTime()))
      const toAt = earlier(ends, until)
      return toAt === null || toAt > fromAt ? [{ agencyId, fromAt, toAt }] : []
    })
  })
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b
  return a < b ? a : b
}
