import { shownAgencies } from './staff.ts'

/** The ward that keeps its deadlines far better than others. */
export const goodCommune = '00166'
/** One agency is truly slow and one truly good, which the comparison of agencies is to find. */
export const paces = { slow: shownAgencies.ward, good: `ubnd-x-${goodCommune}` }

/** Of a hundred answers: written in good time, shortly before the deadline, too late. */
type Pace = { early: number; near: number; late: number }
const usual: Pace = { early: 56, near: 31, late: 13 }
const slow: Pace = { early: 20, near: 20, late: 60 }
const good: Pace = { early: 99, near: 1, late: 0 }

export function paceOf(agency: { id: string } | null): Pace {
  if (agency?.id === paces.slow) return slow
  return agency?.id === paces.good ? good : usual
}
