import { asc, eq, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { changedRow, newRow, type RowWrite } from '#db/rows.ts'
import { reportClocks } from '#db/schema/index.ts'
import {
  type Clock,
  type ClockKind,
  type Deadline,
  deadlineOf,
  dueOf,
  firstDueOf,
} from '#server/calendars/rules/deadlines.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { DomainError } from '#server/platform/errors.ts'

/** A clock that a decision changed, as it was before; null where the decision started it. */
export type ReplacedClock = { kind: ClockKind; round: number; before: Clock | null }

type ClockRow = typeof reportClocks.$inferSelect

/** A clock with its row id and the calendar it runs by. */
export type KeptClock = { id: number | null; round: number; calendarId: string; clock: Clock }

/** A clock as a change found it, with its due instants by the calendar of then. */
type LeftClock = Omit<KeptClock, 'id'> & { dueAt: Date | null; firstDueAt: Date | null }

export function clockOf(row: ClockRow): KeptClock {
  return {
    id: row.id,
    round: row.round,
    calendarId: row.calendarId,
    clock: {
      kind: row.kind,
      startedAt: row.startedAt,
      targetMinutes: row.targetMinutes,
      extendedMinutes: row.extendedMinutes,
      pauses: row.pauses.map((pause) => ({
        from: new Date(pause.from),
        to: pause.to ? new Date(pause.to) : null,
        reason: pause.reason,
      })),
      stoppedAt: row.stoppedAt,
      time: row.time,
      spells: row.spells.map((spell) => ({ until: new Date(spell.until), time: spell.time })),
    },
  }
}

/** The columns of a clock, with its due instants recomputed. */
export function clockColumns(clock: Clock, time: WorkingTime) {
  return {
    kind: clock.kind,
    time: clock.time,
    startedAt: clock.startedAt,
    targetMinutes: clock.targetMinutes,
    extendedMinutes: clock.extendedMinutes,
    pauses: clock.pauses.map((pause) => ({
      from: pause.from.toISOString(),
      to: pause.to?.toISOString() ?? null,
      reason: pause.reason,
    })),
    spells: clock.spells.map((spell) => ({ until: spell.until.toISOString(), time: spell.time })),
    stoppedAt: clock.stoppedAt,
    dueAt: dueOf(clock, time),
    firstDueAt: firstDueOf(clock, time),
  }
}

export type WorkingTimes = ReadonlyMap<string, WorkingTime>

/** The clocks of one report during a command: changed as values, then written back together. */
export class ReportClocks {
  readonly #times: WorkingTimes
  readonly #reportId: number
  readonly #clocks: KeptClock[]
  /** The changed clocks, each as it was before; null for a new one. */
  readonly #changed = new Map<KeptClock, Clock | null>()
  readonly #removed: KeptClock[] = []

  constructor(reportId: number, clocks: KeptClock[], times: WorkingTimes) {
    this.#reportId = reportId
    this.#clocks = clocks
    this.#times = times
  }

  timeOf(calendarId: string): WorkingTime {
    const time = this.#times.get(calendarId)
    if (!time) throw new DomainError('calendar_missing', { calendarId })
    return time
  }

  /** The newest clock of a kind, running or not. */
  last(kind: ClockKind): KeptClock | undefined {
    return this.#clocks.filter((kept) => kept.clock.kind === kind).at(-1)
  }

  /** The clock that the row shows: the resolution clock if it is running, otherwise the intake clock. */
  running(): KeptClock | undefined {
    return [this.last('resolution'), this.last('intake')].find((kept) => kept && kept.clock.stoppedAt === null)
  }

  start(clock: Clock, calendarId: string): void {
    const round = (this.last(clock.kind)?.round ?? 0) + 1
    const kept = { id: null, round, calendarId, clock }
    this.#clocks.push(kept)
    this.#changed.set(kept, null)
  }

  change(kept: KeptClock | undefined, change: (clock: Clock, time: WorkingTime) => Clock): void {
    if (!kept) return
    if (!this.#changed.has(kept)) this.#changed.set(kept, kept.clock)
    kept.clock = change(kept.clock, this.timeOf(kept.calendarId))
  }

  /** What the changes replaced, for the event of a decision that can be taken back. */
  replaced(): ReplacedClock[] {
    return [...this.#changed].map(([{ round, clock }, before]) => ({ kind: clock.kind, round, before }))
  }

  /** The clocks that the changes altered or removed, as they were before. */
  left(): LeftClock[] {
    const changed = [...this.#changed].flatMap(([kept, before]) => (before ? { ...kept, clock: before } : []))
    return [...changed, ...this.#removed].map(({ round, calendarId, clock }) => {
      const time = this.timeOf(calendarId)
      return { round, calendarId, clock, dueAt: dueOf(clock, time), firstDueAt: firstDueOf(clock, time) }
    })
  }

  /** Restores what a decision replaced; returns the row of a clock that did not exist before it. */
  restore({ kind, round, before }: ReplacedClock): number | null {
    const kept = this.#clocks.find((one) => one.clock.kind === kind && one.round === round)
    if (!kept) return null
    if (before) this.change(kept, () => before)
    else this.#removed.push(...this.#clocks.splice(this.#clocks.indexOf(kept), 1))
    return before ? null : kept.id
  }

  /** The deadline columns of the report's row. */
  deadline(): Deadline {
    const running = this.running()
    return running
      ? deadlineOf(running.clock, this.timeOf(running.calendarId))
      : { dueAt: null, soonAt: null, pausedAt: null }
  }

  /** The changed clocks, as rows to be written with the report. */
  writes(): RowWrite[] {
    return [...this.#changed.keys()].map(({ id, round, calendarId, clock }) => {
      const columns = clockColumns(clock, this.timeOf(calendarId))
      const reportId = this.#reportId
      return id === null
        ? newRow(reportClocks, { reportId, round, calendarId, ...columns })
        : changedRow(reportClocks, id, columns)
    })
  }
}

/** The stored clocks of the report `reportId`, each kind in the order of its rounds. */
export const clockRows = (db: Connection) =>
  db
    .select()
    .from(reportClocks)
    .where(eq(reportClocks.reportId, sql.placeholder('reportId')))
    .orderBy(asc(reportClocks.round), asc(reportClocks.id))
