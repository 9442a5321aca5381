import { type SQL, sql } from 'drizzle-orm'
import { placesOfCloses } from '../rules/closed-again.ts'
import { lastCounted, lastOpen, plainNumbers } from '../rules/counted-state.ts'
import type { Measure } from '../rules/data-point.ts'
import type { Frame } from '../rules/measure-rules.ts'
import { closeParts, endless } from '../rules/tallied-figures.ts'
import type { Tally } from '../rules/tally.ts'
import { hourOfWeek } from './cells.ts'
import type { Columns, Wanted } from './columns.ts'
import { answeredMinutes, closeMinutes, intakeMinutes } from './durations.ts'
import { agencyIn, agencyValue, countedState, hourOf, moment, pathThen, type Under } from './frames.ts'
import { conditionOf } from './predicates.ts'

/** How the rows of a frame are read and counted. The conditions on a row are the rules of the measures. */
export type Counted = {
  frame: Frame
  /** The instant that puts a row into a period. */
  at: string
  /** The hour that puts a row into a step of a chart. */
  hour: SQL
  /** Narrower than the frame. */
  only?: SQL
  parts: readonly Part[]
}
/**
 * Some of the places that are counted, with what is read of each row for them: nothing is read for places that no one
 * wants.
 */
type Part<Names extends Wanted = Wanted> = {
  places: readonly string[]
  wanted: (under: Under) => Names
  /**
   * Whether a row may count otherwise at a later moment, where fewer do than are unsettled. A report is settled when it
   * is closed, about a week after most figures know all of it.
   */
  turns?: (under: Under) => SQL
  /** Counts the rows; `step` says into which step of a chart each of them is counted, `tally` into which tallies. */
  count: (columns: Columns<Names>, each: Each) => void
}
type Each = (row: number, count: (tally: Tally, step: string, weight: number) => void) => void

const part = <Names extends Wanted>(one: Part<Names>): Part => one as unknown as Part

const holds = (measure: Measure, under: Under): SQL =>
  sql`coalesce((${conditionOf(measure, under) ?? sql`true`})::int, 0)`
const word = (column: string) => ({ word: sql`coalesce(${sql.raw(`f.${column}`)}, '')` })
/** Columns that are the same at every moment: read once where a row is counted as of two moments. */
const same = {
  agency: word('agency_id'),
  firstAgency: word('first_agency_id'),
  category: word('category_code'),
  area: { number: sql`coalesce(f.area_id, 0)` },
  channel: word('channel'),
  weekHour: { number: hourOfWeek },
  agencyChanges: { number: sql`f.agency_changes` },
  level: { number: sql`f.level` },
  minutes: { number: sql`f.minutes` },
}

/** `settled_at` of a report without the last step of its path, which only the flow of states shows. */
const turnsBeforeClosing = ({ span }: Under): SQL =>
  sql`(case when f.valid_to < 'infinity' then f.valid_to
    else greatest(f.standing_at, f.first_answer_at, f.assigned_at, f.closed_at, f.valid_from) end > ${moment(span.asOf)})`

const cohortTotals = part({
  places: ['step cohort', 'step first_answer', 'step close', 'close_calendar', 'intake', 'come', 'changes'],
  wanted: (under: Under) => ({
    countedState: { number: countedState(under) },
    firstAnswer: { number: answeredMinutes(under) },
    close: { number: closeMinutes(under, 'minutes') },
    closeCalendar: { number: closeMinutes(under, 'calendar_minutes') },
    intake: { number: intakeMinutes(under) },
    given: { number: holds('assigned', under) },
    twice: { number: holds('changed_twice', under) },
    pingPong: { number: holds('ping_pong', under) },
    changes: same.agencyChanges,
  }),
  turns: turnsBeforeClosing,
  count: (columns, each) => {
    for (let row = 0; row < columns.rows; row += 1) {
      const at = <Value>(values: Value[]): Value => values[row] as Value
      const stands = at(columns.countedState)
      each(row, (tally, step, weight) => {
        tally.add('step cohort', step, stands, weight)
        // What has left the figures is in none of those below.
        if (stands > lastCounted) return
        tally.note('step first_answer', step, at(columns.firstAnswer), weight)
        tally.note('step close', step, at(columns.close), weight)
        tally.note('close_calendar', '', at(columns.closeCalendar), weight)
        tally.note('intake', '', at(columns.intake), weight)
        if (at(columns.firstAnswer) !== endless) tally.add('come', '', 0, weight)
        if (stands > lastOpen) tally.add('come', '', 1, weight)
        if (at(columns.given) === 0) return
        tally.add('come', '', 2, weight)
        tally.add('come', '', 3, weight * at(columns.twice))
        tally.add('come', '', 4, weight * at(columns.pingPong))
        tally.note('changes', '', at(columns.changes), weight)
      })
    }
  },
})

const cohortForwarding = part({
  places: ['forwarding'],
  wanted: (under: Under) => ({
    countedState: { number: countedState(under) },
    given: { number: holds('first_given', under) },
    forwarded: { number: holds('forwarded', under) },
    firstAgency: same.firstAgency,
  }),
  turns: turnsBeforeClosing,
  count: ({ rows, countedState: countedStates, given, forwarded, firstAgency }, each) => {
    for (let row = 0; row < rows; row += 1) {
      const agency = firstAgency[row] as string
      if ((countedStates[row] as number) > lastCounted || given[row] === 0 || agency === '') continue
      each(row, (tally, _, weight) => {
        tally.add('forwarding', agency, 0, weight)
        tally.add('forwarding', agency, 1, weight * (forwarded[row] as number))
      })
    }
  },
})

const cohortCharts = part({
  places: ['agency', 'category', 'area', 'channel', 'hour', 'path', 'close by agency'],
  wanted: (under: Under) => ({
    countedState: { number: countedState(under) },
    agency: { word: sql`coalesce(${agencyValue(agencyIn('received', under))}, '')` },
    category: same.category,
    area: same.area,
    channel: same.channel,
    weekHour: same.weekHour,
    path: { word: pathThen(under) },
    close: { number: closeMinutes(under, 'minutes') },
  }),
  count: (columns, each) => {
    for (let row = 0; row < columns.rows; row += 1) {
      const at = <Value>(values: Value[]): Value => values[row] as Value
      const stands = at(columns.countedState)
      const plain = plainNumbers[stands] as number
      const agency = at(columns.agency)
      each(row, (tally, _, weight) => {
        tally.add('agency', agency, plain, weight)
        tally.add('category', at(columns.category), plain, weight)
        tally.add('area', String(at(columns.area)), plain, weight)
        tally.add('channel', at(columns.channel), plain, weight)
        tally.add('hour', String(at(columns.weekHour)), plain, weight)
        tally.add('path', at(columns.path), plain, weight)
        if (stands <= lastCounted) tally.note('close by agency', agency, at(columns.close), weight)
      })
    }
  },
})

const promised = (under: Under) => ({
  kept: { number: holds('promises_kept', under) },
  closed: { number: holds('closed_promises', under) },
  closedKept: { number: holds('closed_promises_kept', under) },
})

function addPromise(
  tally: Tally,
  [place, key]: readonly [string, string],
  { kept, closed, closedKept }: Columns<ReturnType<typeof promised>>,
  row: number,
  weight: number,
): void {
  tally.add(place, key, 0, weight)
  tally.add(place, key, 1, weight * (kept[row] as number))
  tally.add(place, key, 2, weight * (1 - (kept[row] as number)))
  tally.add(place, key, 3, weight * (closed[row] as number))
  tally.add(place, key, 4, weight * (closedKept[row] as number))
}

const dueTotals = part({
  places: ['step due', 'extended'],
  wanted: (under: Under) => ({ ...promised(under), extended: { number: holds('promises_extended', under) } }),
  count: (columns, each) => {
    for (let row = 0; row < columns.rows; row += 1) {
      each(row, (tally, step, weight) => {
        addPromise(tally, ['step due', step], columns, row, weight)
        tally.add('extended', '', 0, weight * (columns.extended[row] as number))
      })
    }
  },
})

const dueCharts = part({
  places: ['due agency', 'due category', 'due area', 'due channel', 'due level'],
  wanted: (under: Under) => ({
    ...promised(under),
    agency: same.agency,
    category: same.category,
    area: same.area,
    channel: same.channel,
    level: same.level,
  }),
  count: (columns, each) => {
    for (let row = 0; row < columns.rows; row += 1) {
      const at = <Value>(values: Value[]): Value => values[row] as Value
      const cells = [
        ['due agency', at(columns.agency)],
        ['due category', at(columns.category)],
        ['due area', String(at(columns.area))],
        ['due channel', at(columns.channel)],
        ['due level', String(at(columns.level))],
      ] as const
      each(row, (tally, _, weight) => {
        for (const cell of cells) addPromise(tally, cell, columns, row, weight)
      })
    }
  },
})

const kept = (
  frame: 'firstDue' | 'intakes' | 'answerAges' | 'closeAges',
  measure: Measure,
  column: string,
): Counted => ({
  frame,
  at: column,
  hour: hourOf(sql.raw(`f.${column}`)),
  parts: [
    part({
      places: [frame],
      wanted: (under: Under) => ({ kept: { number: holds(measure, under) } }),
      count: ({ rows, kept: isKept }, each) => {
        for (let row = 0; row < rows; row += 1) {
          each(row, (tally, _, weight) => {
            tally.add(frame, '', 0, weight)
            tally.add(frame, '', 1, weight * (isKept[row] as number))
          })
        }
      },
    }),
  ],
})

const commitments = part({
  places: ['commitments'],
  wanted: (under: Under) => ({
    kept: { number: holds('commitments_kept', under) },
    moved: { number: holds('commitments_moved', under) },
    broken: { number: holds('commitments_broken', under) },
  }),
  count: ({ rows, kept: isKept, moved, broken }, each) => {
    for (let row = 0; row < rows; row += 1) {
      each(row, (tally, _, weight) => {
        for (const [fate, is] of [isKept, moved, broken].entries())
          tally.add('commitments', '', fate, weight * (is[row] as number))
      })
    }
  },
})

/** Reports closed once: those closed again are evaluated report by report (`closed-again.ts`). */
const isClosedOnce = sql`f.number = 1 and f.reopened_at is null`

const closes = part({
  places: placesOfCloses,
  wanted: (under: Under) => ({
    answered: { number: holds('answered_reports', under) },
    rated: { number: holds('rated', under) },
    content: { number: holds('rated_content', under) },
    rating: word('rating'),
  }),
  count: (columns, each) => {
    for (let row = 0; row < columns.rows; row += 1) {
      const at = <Value>(values: Value[]): Value => values[row] as Value
      each(row, (tally, step, weight) => {
        const add = (place: string, key: string) => {
          tally.add(place, key, closeParts.closes, weight)
          tally.add(place, key, closeParts.closed_reports, weight)
          tally.add(place, key, closeParts.answered_reports, weight * at(columns.answered))
          tally.add(place, key, closeParts.rated, weight * at(columns.rated))
          tally.add(place, key, closeParts.rated_content, weight * at(columns.content))
        }
        add('step closes', step)
        add('closes', '')
        if (at(columns.rated) === 1) tally.add('rating', at(columns.rating), 0, weight)
      })
    }
  },
})

const reopenings = part({
  places: ['step reopenings'],
  wanted: () => ({}),
  count: ({ rows }, each) => {
    for (let row = 0; row < rows; row += 1)
      each(row, (tally, step, weight) => tally.add('step reopenings', step, 0, weight))
  },
})

const stays = part({
  places: ['stays'],
  wanted: () => ({ agency: same.agency, minutes: same.minutes }),
  count: ({ rows, agency, minutes }, each) => {
    for (let row = 0; row < rows; row += 1) {
      each(row, (tally, _, weight) => tally.note('stays', agency[row] as string, minutes[row] as number, weight))
    }
  },
})

/** The frames that add up by days. What is open at a moment does not, nor what was closed again. */
export const countedFrames = {
  cohort: {
    frame: 'received',
    at: 'received_at',
    hour: sql`f.received_hour`,
    parts: [cohortTotals, cohortForwarding, cohortCharts],
  },
  due: { frame: 'due', at: 'due_at', hour: hourOf(sql`f.due_at`), parts: [dueTotals, dueCharts] },
  firstDue: kept('firstDue', 'first_promises_kept', 'first_due_at'),
  intakes: kept('intakes', 'intakes_kept', 'due_at'),
  commitments: { frame: 'commitments', at: 'due_at', hour: hourOf(sql`f.due_at`), parts: [commitments] },
  answerAges: kept('answerAges', 'answered_by_age', 'due_at'),
  closeAges: kept('closeAges', 'closed_by_age', 'due_at'),
  closes: { frame: 'closes', at: 'at', hour: hourOf(sql`f.at`), only: isClosedOnce, parts: [closes] },
  reopenings: { frame: 'reopenings', at: 'reopened_at', hour: hourOf(sql`f.reopened_at`), parts: [reopenings] },
  stays: { frame: 'stays', at: 'to_at', hour: hourOf(sql`f.to_at`), parts: [stays] },
} as const satisfies Record<string, Counted>
export type CountedFrame = keyof typeof countedFrames
