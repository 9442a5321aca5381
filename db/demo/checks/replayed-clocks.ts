import {
  type Clock,
  deadlineOf,
  extendClock,
  pauseClock,
  reopenedClock,
  resolutionMinutes,
  resumeClock,
  startClock,
  stopClock,
  switchTime,
} from '#server/calendars/rules/deadlines.ts'
import { minutesPerDay, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { clockTimeIn } from '#server/reports/rules/storm.ts'
import type { EventRow, Ground, ReportRow } from './replay.ts'

type Kept = { calendarId: string; clock: Clock }

/** The clocks of one report, from its events only. */
export class ReplayedClocks {
  readonly kept: Kept[] = []
  readonly #ground: Ground
  readonly #report: ReportRow

  constructor(ground: Ground, report: ReportRow) {
    this.#ground = ground
    this.#report = report
  }

  deadline() {
    const running = this.#running()
    return running
      ? deadlineOf(running.clock, this.#time(running.calendarId))
      : { dueAt: null, soonAt: null, pausedAt: null }
  }

  take({ event, at, details, agencyId, toState }: EventRow): void {
    switch (event) {
      case 'report.received':
        this.#start('hanh-chinh', startClock('intake', at, this.#category().intakeMinutes))
        break
      case 'report.assigned':
        this.#assign(String(details.agencyId), at)
        break
      case 'report.rejected':
      case 'report.merged':
      case 'report.answered':
      case 'report.answer_approved':
        this.#change((clock) => stopClock(clock, at))
        break
      case 'report.citizen_asked':
        this.#change((clock) => pauseClock(clock, at, 'awaiting_citizen'))
        break
      case 'report.paused':
        this.#change((clock) => pauseClock(clock, at, String(details.reason)))
        break
      case 'report.citizen_replied':
      case 'report.resumed':
        this.#change((clock) => resumeClock(clock, at))
        break
      case 'report.extended':
        this.#change((clock) => extendClock(clock, Number(details.minutes)))
        break
      case 'report.reopened':
        this.#reopen(at, toState === 'in_progress' ? agencyId : null)
        break
    }
  }

  #assign(agencyId: string, at: Date): void {
    if (this.#last('intake')?.clock.stoppedAt === null) this.#change((clock) => stopClock(clock, at))
    const resolution = this.#last('resolution')
    if (resolution && resolution.clock.stoppedAt === null) return
    const minutes = resolutionMinutes(this.#category(), this.#report.severity)
    const calendarId = this.#ground.agencies.get(agencyId)?.calendarId ?? ''
    this.#start(calendarId, startClock('resolution', at, minutes, this.#clockTime(at)))
  }

  #reopen(at: Date, agencyId: string | null): void {
    const previous = this.#last('resolution')
    if (!previous) throw new Error('nothing to reopen')
    const calendarId = this.#ground.agencies.get(agencyId ?? '')?.calendarId ?? previous.calendarId
    const day = minutesPerDay(this.#time(calendarId), at)
    const clock = reopenedClock(previous.clock, at, this.#time(previous.calendarId), day)
    this.#start(calendarId, switchTime(clock, this.#clockTime(at), at))
  }

  /** Every incident of the demo was in emergency mode while in progress. */
  #clockTime(at: Date) {
    const incident = this.#ground.incidents.get(this.#report.incidentId ?? '')
    return clockTimeIn(this.#report.severity, incident ? { ...incident, stormMode: true } : null, at)
  }

  #category() {
    const category = this.#ground.categories.get(this.#report.categoryCode)
    if (!category) throw new Error(`no category ${this.#report.categoryCode}`)
    return category
  }

  #time(calendarId: string): WorkingTime {
    const time = this.#ground.times.get(calendarId)
    if (!time) throw new Error(`no calendar ${calendarId}`)
    return time
  }

  #last(kind: Clock['kind']): Kept | undefined {
    return this.kept.filter(({ clock }) => clock.kind === kind).at(-1)
  }

  #running(): Kept | undefined {
    return [this.#last('resolution'), this.#last('intake')].find((kept) => kept && kept.clock.stoppedAt === null)
  }

  #start(calendarId: string, clock: Clock): void {
    this.kept.push({ calendarId, clock })
  }

  #change(change: (clock: Clock) => Clock): void {
    const running = this.#running()
    if (!running) throw new Error('no clock runs')
    running.clock = change(running.clock)
  }
}
