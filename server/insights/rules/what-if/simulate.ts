import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { minuteMillis } from '#server/calendars/rules/zoned-days.ts'
import { normalFar } from '../distributions.ts'
import { seeded } from './chance.ts'
import { finishesOf } from './desk.ts'
import { oddsOf, shareOf, varianceAhead, type WeekDue } from './level.ts'
import { type AnchoredModel, type DeskModel, type PastReport, weekMillis } from './model.ts'

type Simulated = {
  model: Pick<AnchoredModel, 'weeks' | 'backlog' | 'level' | 'shift'>
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
  /** The share of late reports is within in nine of ten cases: chance, and what is not known of the level, included. */
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

/** So many equal parts of a normal distribution stand for all that is not known of the level. */
const parts = 19
const deviates = Array.from({ length: parts }, (_, part) => {
  const below = (part + 0.5) / parts
  return normalFar({ below, above: 1 - below })
})

/**
 * What would come of it: weeks of the past come again in random order, with all their reports at their hours and
 * weekdays, and go through the desk by what is due first. The same weeks come in every scenario. Null where nothing
 * falls due.
 */
export function simulateLateness(simulated: Simulated): Lateness | null {
  const { model, weeks, from, people, worked } = simulated
  const courses = coursesOf(simulated)
  const due = sumOf(courses, (course) => course.due)
  if (due === 0) return null
  const open = people * (worked.openBefore(from + weeks * weekMillis) - worked.openBefore(from))
  const fallen = courses.filter((course) => course.due > 0)
  const share = sumOf(fallen, (course) => course.due * moved(course, model.shift)) / due
  const deviation = Math.sqrt(varianceAhead(model.level, weeks))
  const shares = fallen
    .flatMap((course) => deviates.map((deviate) => moved(course, model.shift + deviation * deviate)))
    .sort((a, b) => a - b)
  return {
    share,
    low: Math.min(share, quantile(shares, 0.05)),
    high: Math.max(share, quantile(shares, 0.95)),
    due: due / courses.length,
    busy: sumOf(courses, ({ work }) => work) / courses.length / open,
  }
}

function coursesOf(simulated: Simulated): Course[] {
  const { model, weeks } = simulated
  if (model.weeks.length === 0) return []
  const expected = (model.weeks.reduce((sum, week) => sum + week.length, 0) / model.weeks.length) * weeks
  const count = Math.min(mostCourses, Math.max(fewestCourses, Math.round(mostReports / Math.max(1, expected))))
  return Array.from({ length: count }, (_, seed) => runCourse(simulated, seeded(seed)))
}

/**
 * The model with its level moved to that of the log: the queue tells what a change adds, the log how many are late
 * while nothing changes.
 */
export function anchored(simulated: Omit<Simulated, 'model'> & { model: DeskModel }): AnchoredModel {
  const courses = coursesOf({ ...simulated, model: { ...simulated.model, shift: 0 } }).filter(({ came }) => came > 0)
  const came = sumOf(courses, (course) => course.came)
  const wanted = shareOf(simulated.model.level.odds)
  let [low, high] = [-20, 20]
  for (let step = 0; step < 40; step++) {
    const shift = (low + high) / 2
    const late = sumOf(courses, ({ came: due, cameLate }) => due * moved({ due, late: cameLate }, shift))
    if (late < wanted * came) low = shift
    else high = shift
  }
  return { ...simulated.model, shift: came === 0 ? 0 : (low + high) / 2 }
}

const sumOf = <Each>(list: readonly Each[], of: (each: Each) => number): number =>
  list.reduce((sum, each) => sum + of(each), 0)

/** The share of late reports if the log odds of each were so much greater. */
function moved({ due, late }: WeekDue, shift: number): number {
  const counted = (due + 1) * shareOf(oddsOf(late, due) + shift) - 0.5
  return Math.min(1, Math.max(0, counted / due))
}

function quantile(sorted: readonly number[], part: number): number {
  const place = part * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number]
  return below + (above - below) * (place - Math.floor(place))
}

type Course = { due: number; late: number; came: number; cameLate: number; work: number }

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
  const course = { due: 0, late: 0, came: count - first, cameLate: 0, work }
  for (let each = first; each < count; each++) {
    const dueThen = due[each] as number
    const finish = finishes[each] as number
    const finished = worked === office ? finish : office.openBefore(worked.reach(finish))
    const isLate = Math.max(came[each] as number, finished + (besides[each] as number)) > dueThen
    if (isLate) course.cameLate += 1
    if (dueThen > end) continue
    course.due += 1
    if (isLate) course.late += 1
  }
  return course
}
