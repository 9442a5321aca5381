import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { minuteMillis } from '#server/calendars/rules/zoned-days.ts'
import { seeded } from './chance.ts'
import { finishesOf } from './desk.ts'
import { type DeskModel, type PastReport, weekMillis } from './model.ts'

type Simulated = {
  model: Pick<DeskModel, 'weeks' | 'backlog'>
  /** From when on, and for how many weeks. */
  from: number
  weeks: number
  people: number
  /** All limits times this. */
  limits: number
  /** The hours in which deadlines run, and those in which people work. The same object where they are the same. */
  office: WorkingTime
  worked: WorkingTime
}

export type Lateness = {
  /** The chance that a report of these weeks misses its deadline. */
  share: number
  /** In nine of ten simulated courses the share of late reports is within. */
  low: number
  high: number
  /** Reports per course that came and fell due in these weeks. */
  due: number
  /** The share of their time that people work on reports; above 1 the work grows beyond them. */
  busy: number
}

/** As many courses as fit into a blink, and never too few for a range. */
const mostReports = 50_000
const [fewestCourses, mostCourses] = [20, 60]

/**
 * What would come of it: weeks of the past come again in random order, with all their reports at their hours and
 * weekdays, and go through the desk by what is due first. The same weeks come in every scenario. Null where nothing
 * falls due.
 */
export function simulateLateness(simulated: Simulated): Lateness | null {
  const { model, weeks, from, people, worked } = simulated
  if (model.weeks.length === 0) return null
  const expected = (model.weeks.reduce((sum, week) => sum + week.length, 0) / model.weeks.length) * weeks
  const count = Math.min(mostCourses, Math.max(fewestCourses, Math.round(mostReports / Math.max(1, expected))))
  const open = people * (worked.openBefore(from + weeks * weekMillis) - worked.openBefore(from))
  const courses = Array.from({ length: count }, (_, seed) => runCourse(simulated, seeded(seed)))
  const due = courses.reduce((sum, course) => sum + course.due, 0)
  if (due === 0) return null
  const late = courses.reduce((sum, course) => sum + course.late, 0)
  const shares = courses.flatMap((course) => (course.due === 0 ? [] : [course.late / course.due])).sort((a, b) => a - b)
  const share = late / due
  return {
    share,
    low: Math.min(share, quantile(shares, 0.05)),
    high: Math.max(share, quantile(shares, 0.95)),
    due: due / count,
    busy: courses.reduce((sum, { work }) => sum + work, 0) / count / open,
  }
}

function quantile(sorted: readonly number[], part: number): number {
  const place = part * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number]
  return below + (above - below) * (place - Math.floor(place))
}

type Course = { due: number; late: number; work: number }

function runCourse({ model, from, weeks, people, limits, office, worked }: Simulated, random: () => number): Course {
  const coming = Array.from({ length: weeks }, (_, week) => ({
    begins: from + week * weekMillis,
    reports: model.weeks[Math.floor(random() * model.weeks.length)] as readonly PastReport[],
  }))
  const first = model.backlog.length
  const count = coming.reduce((sum, { reports }) => sum + reports.length, first)
  const [arrivals, due, lengths] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  const [came, besides] = [new Float64Array(count), new Float64Array(count)]

  // Instants in the open time of each calendar. The backlog is there from the beginning.
  const [officeFrom, workedFrom] = [office.openBefore(from), worked.openBefore(from)]
  for (const [nth, { due: minutes, work }] of model.backlog.entries()) {
    arrivals[nth] = workedFrom
    due[nth] = officeFrom + minutes * minuteMillis
    lengths[nth] = work * minuteMillis
  }
  let nth = first
  let work = 0
  for (const { begins, reports } of coming) {
    for (const report of reports) {
      const at = begins + report.at * minuteMillis
      const inOffice = office.openBefore(at)
      came[nth] = inOffice
      arrivals[nth] = worked === office ? inOffice : worked.openBefore(at)
      due[nth] = inOffice + report.limit * limits * minuteMillis
      lengths[nth] = report.work * minuteMillis
      besides[nth] = report.besides * minuteMillis
      work += report.work * minuteMillis
      nth += 1
    }
  }

  const finishes = finishesOf({ arrivals, due, lengths }, people)
  const end = office.openBefore(from + weeks * weekMillis)
  const course = { due: 0, late: 0, work }
  for (let each = first; each < count; each++) {
    const dueThen = due[each] as number
    if (dueThen > end) continue
    course.due += 1
    const finish = finishes[each] as number
    const finished = worked === office ? finish : office.openBefore(worked.reach(finish))
    if (Math.max(came[each] as number, finished + (besides[each] as number)) > dueThen) course.late += 1
  }
  return course
}
