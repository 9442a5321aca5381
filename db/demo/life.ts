import type * as schema from '#db/schema/index.ts'
import {
  type Clock,
  type ClockKind,
  type Deadline,
  deadlineOf,
  dueOf,
  firstDueOf,
} from '#server/calendars/rules/deadlines.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import {
  type MoveCircumstances,
  moveRules,
  nextState,
  type ReportMove,
  type ReportState,
} from '#server/reports/rules/lifecycle.ts'

type Insert<Table extends { $inferInsert: object }> = Table['$inferInsert']
/** A row that belongs to a report, before the report has its number. */
type Part<Table extends { $inferInsert: object }> = Omit<Insert<Table>, 'reportId'>
export type ReportRow = Omit<Insert<typeof schema.reports>, 'id' | 'code'>
export type EventRow = Insert<typeof schema.events>

/** Thrown when the next act is after the city's current hour. */
export const notYet = new Error('not yet')

export type StaffActor = { kind: 'staff'; id: string }
export type Who = StaffActor | { kind: 'robot' | 'citizen' }
type Act = {
  who: Who
  set?: Partial<ReportRow>
  details?: Record<string, unknown>
  circumstances?: MoveCircumstances
  byCitizen?: boolean
  /** When the log learned of it, if later than it took effect. */
  recordedAt?: Date | null
}
/**
 * The effect of an act on the report row: a change increases the version, a photo updates the last activity, a note
 * does neither.
 */
type Trace = 'change' | 'activity' | 'none'

type KeptClock = { round: number; calendarId: string; clock: Clock }

export const robotActor: Who = { kind: 'robot' }

/**
 * The generated history of one report: every move uses the product's own state machine, every clock its arithmetic, so
 * that the history contains only what the desk could have done.
 */
export class Life {
  readonly row: ReportRow
  readonly clocks: KeptClock[] = []
  readonly events: EventRow[] = []
  readonly notes: Part<typeof schema.reportNotes>[] = []
  readonly messages: Part<typeof schema.reportMessages>[] = []
  readonly answers: Part<typeof schema.reportAnswers>[] = []
  readonly requests: Part<typeof schema.reportRequests>[] = []
  readonly photos: Part<typeof schema.reportPhotos>[] = []
  readonly proofs: Insert<typeof schema.answerPhotos>[] = []
  readonly asOf: Date
  readonly times: ReadonlyMap<string, WorkingTime>
  /** When staff entered a report that they had received before; null: at once. */
  enteredAt: Date | null = null
  now: Date

  constructor(row: ReportRow, times: ReadonlyMap<string, WorkingTime>, asOf: Date) {
    this.row = row
    this.times = times
    this.asOf = asOf
    this.now = row.receivedAt
  }

  /** Attaches a photo with a file name as phones generate it. */
  hang(photo: Omit<Part<typeof schema.reportPhotos>, 'name' | 'agencyId'>): void {
    const number = String(this.photos.length + 1).padStart(3, '0')
    const name = `IMG_${localDayOf(photo.addedAt).replaceAll('-', '')}_${number}.jpg`
    this.photos.push({ ...photo, name, agencyId: this.row.agencyId ?? null })
  }

  timeOf(calendarId: string): WorkingTime {
    const time = this.times.get(calendarId)
    if (!time) throw new Error(`no calendar ${calendarId}`)
    return time
  }

  clock(kind: ClockKind): KeptClock | undefined {
    return this.clocks.filter((kept) => kept.clock.kind === kind).at(-1)
  }

  running(): KeptClock | undefined {
    return [this.clock('resolution'), this.clock('intake')].find((kept) => kept && kept.clock.stoppedAt === null)
  }

  startClock(clock: Clock, calendarId: string): void {
    this.clocks.push({ round: (this.clock(clock.kind)?.round ?? 0) + 1, calendarId, clock })
  }

  changeClock(change: (clock: Clock, time: WorkingTime) => Clock): void {
    const kept = this.running()
    if (kept) kept.clock = change(kept.clock, this.timeOf(kept.calendarId))
  }

  /** Advances to the time of the next act and returns it; throws `notYet` after the city's current hour. */
  reach(at: Date): Date {
    if (at > this.asOf) throw notYet
    if (at > this.now) this.now = at
    return this.now
  }

  move(move: ReportMove, act: Act): void {
    const state = nextState(this.row.state, move, { stateBefore: this.row.stateBefore, ...act.circumstances })
    this.write(moveRules[move].event, act, state, 'change')
  }

  /** An act that is no move. */
  act(event: string, act: Act, trace: Trace = 'change'): void {
    this.write(event, act, this.row.state, trace)
  }

  private write(
    event: string,
    { who, set, details, byCitizen, recordedAt }: Act,
    state: ReportState,
    trace: Trace,
  ): void {
    const { row, now } = this
    const isFirst = this.events.length === 0
    const from = isFirst ? null : row.state
    const agencyId = row.agencyId ?? set?.agencyId ?? null
    Object.assign(row, set)
    row.state = state
    if (trace === 'change' && !isFirst) row.version = (row.version ?? 1) + 1
    if (trace !== 'none') {
      row.lastActivityAt = now
      row.lastActivityBy = byCitizen ? 'citizen' : who.kind === 'staff' ? 'staff' : 'system'
    }
    this.events.push({
      at: now,
      recordedAt: recordedAt ?? null,
      event,
      subjectKind: 'report',
      actorKind: who.kind,
      actorId: who.kind === 'staff' ? who.id : null,
      agencyId,
      fromState: from,
      toState: state,
      version: trace === 'change' ? row.version : null,
      details: details ?? {},
    })
  }

  /** The deadline columns of the row, from the running clock. */
  deadline(): Deadline {
    const kept = this.running()
    return kept ? deadlineOf(kept.clock, this.timeOf(kept.calendarId)) : { dueAt: null, soonAt: null, pausedAt: null }
  }

  /** The due instant of the running clock, for acts timed by it. */
  due(): Date | null {
    const kept = this.running()
    return kept ? dueOf(kept.clock, this.timeOf(kept.calendarId)) : null
  }

  clockRows(): Part<typeof schema.reportClocks>[] {
    return this.clocks.map(({ round, calendarId, clock }) => ({
      kind: clock.kind,
      round,
      calendarId,
      time: clock.time,
      startedAt: clock.startedAt,
      targetMinutes: clock.targetMinutes,
      extendedMinutes: clock.extendedMinutes,
      pauses: clock.pauses.map(({ from, to, reason }) => ({
        from: from.toISOString(),
        to: to?.toISOString() ?? null,
        reason,
      })),
      spells: clock.spells.map(({ until, time }) => ({ until: until.toISOString(), time })),
      stoppedAt: clock.stoppedAt,
      dueAt: dueOf(clock, this.timeOf(calendarId)),
      firstDueAt: firstDueOf(clock, this.timeOf(calendarId)),
    }))
  }
}
