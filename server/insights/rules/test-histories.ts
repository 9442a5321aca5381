import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import {
  type Clock,
  dueOf,
  extendClock,
  firstDueOf,
  pauseClock,
  reopenedClock,
  resumeClock,
  retargetClock,
  startClock,
  stopClock,
} from '#server/calendars/rules/deadlines.ts'
import { calendarOf, hanoi, officeWeek } from '#server/calendars/rules/test-calendars.ts'
import { dueAt } from '#server/calendars/rules/working-time.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import type { StoredClock } from './clocks-then.ts'
import type { ReportHead } from './fact-rows.ts'
import type { LoggedEvent } from './replay.ts'

export const time = compileCalendar(
  calendarOf(officeWeek([480, 720], [780, 1020])),
  hanoi('2026-02-01 00:00'),
  hanoi('2027-12-31 00:00'),
)
export const receivedAt = hanoi('2026-03-02 08:00')
const nothing = { agencyId: null, reason: null, rating: null, level: null, batchId: null }

export const acts = [
  'assign',
  'transfer',
  'return',
  'ask',
  'reply',
  'extend',
  'recategorise',
  'move',
  'rank',
  'storm',
  'escalate',
  'answer',
  'withdrawn',
  'undone',
  'undone_rank',
  'undone_assign',
  'undone_answer',
  'undone_category',
  'follow',
  'rate',
  'reopen',
  'merge',
  'unmerge',
  'refuse',
  'spam',
] as const
export type Act = (typeof acts)[number]
type Step = { act: Act; minutes: number; pick: number }

/** What was true after an act: everything the figures know of the report, with its clocks as they stood. */
export type Truth = { at: Date; head: ReportHead; events: LoggedEvent[]; clocks: StoredClock[] }

/** A report as the desk could have led it, act by act; acts that are not possible then are left out. */
export class Told {
  head: ReportHead = {
    id: 1,
    receivedAt,
    maturesAt: dueAt(receivedAt, 1_440, time),
    categoryCode: 'c0',
    areaId: null,
    channel: 'app',
    severity: 'normal',
    incidentId: null,
    cityCalendarId: 'test',
  }
  events: LoggedEvent[] = []
  clocks: { round: number; clock: Clock }[] = [{ round: 1, clock: startClock('intake', receivedAt, 480) }]
  state: LoggedEvent['toState'] = 'awaiting_intake'
  before: LoggedEvent['toState'] = null
  agency: string | null = null
  now = receivedAt
  version = 1
  truths: Truth[] = []
  /** What was true between an act and its taking back: it counts in what was issued then, and nowhere else. */
  between: Truth[] = []

  constructor(steps: readonly Step[]) {
    this.log('received', {})
    for (const step of steps) this.take(step)
  }

  stored(): StoredClock[] {
    return this.clocks.map(({ round, clock }) => ({
      round,
      calendarId: 'test',
      clock,
      dueAt: dueOf(clock, time),
      firstDueAt: firstDueOf(clock, time),
    }))
  }

  log(name: string, details: Partial<LoggedEvent['details']>, more: Partial<LoggedEvent> = {}): void {
    const { now: at, agency: agencyId, state: toState } = this
    const event = {
      at,
      event: `report.${name}`,
      actorKind: 'staff' as const,
      agencyId,
      toState,
      version: this.version++,
    }
    this.events.push({ ...event, details: { ...nothing, ...details }, ...more })
    this.keep()
  }

  keep(): void {
    this.truths.push({ at: this.now, head: this.head, events: [...this.events], clocks: this.stored() })
  }

  /** What an answer says; many plan something for one of the next days, so that some move it by then. */
  told(pick: number): Partial<LoggedEvent['details']> {
    const said = [...outcomes, 'planned', 'planned'] as const
    const outcome = said[pick % said.length] ?? null
    return { outcome, plannedFor: outcome === 'planned' ? dayAfter(localDayOf(this.now), pick % 11) : null }
  }

  get running() {
    return this.clocks.findLast(({ clock }) => clock.stoppedAt === null)
  }

  change(change: (clock: Clock) => Clock): void {
    const place = this.clocks.findLastIndex(({ clock }) => clock.stoppedAt === null)
    const kept = this.clocks[place]
    if (kept) this.clocks = this.clocks.with(place, { ...kept, clock: change(kept.clock) })
  }

  stop(): void {
    this.change((clock) => stopClock(clock, this.now))
  }

  take({ act, minutes, pick }: Step): unknown {
    const open = ['awaiting_intake', 'awaiting_acceptance'].includes(this.state as string)
    const worked = this.state === 'awaiting_acceptance'
    const ended = this.state === 'answered' || this.state === 'closed'
    this.now = new Date(this.now.getTime() + minutes * 60_000)
    const other = `a${pick % 3}`
    switch (act) {
      case 'assign': {
        if (this.state !== 'awaiting_intake') return
        if (this.running?.clock.kind === 'intake') this.stop()
        if (this.running?.clock.kind !== 'resolution') this.start(startClock('resolution', this.now, 960))
        Object.assign(this, { agency: other, state: 'awaiting_acceptance' })
        return this.log('assigned', { agencyId: other })
      }
      case 'transfer':
        if (!worked) return
        this.agency = other
        return this.log('transferred', { agencyId: other })
      case 'return':
        if (!worked) return
        Object.assign(this, { agency: null, state: 'awaiting_intake' })
        return this.log('returned', {})
      case 'ask':
        if (!open) return
        this.change((clock) => pauseClock(clock, this.now, 'awaiting_citizen'))
        Object.assign(this, { before: this.state, state: 'awaiting_citizen' })
        return this.log('citizen_asked', {})
      case 'reply':
        if (this.state !== 'awaiting_citizen') return
        this.change((clock) => resumeClock(clock, this.now))
        this.state = this.before
        return this.log('citizen_replied', {})
      case 'extend':
        if (!worked) return
        this.change((clock) => extendClock(clock, 60 * (1 + (pick % 40))))
        return this.log('extended', {}, { extended: 60 * (1 + (pick % 40)) })
      case 'recategorise':
        return this.recategorise(`c${pick % 4}`, 240 * (1 + (pick % 4)))
      case 'move':
        return this.tell('place_changed', { areaId: pick % 3 })
      case 'rank':
        return this.tell('severity_changed', { severity: pick % 2 === 0 ? 'urgent' : 'normal' })
      case 'storm':
        return this.tell('incident_linked', { incidentId: pick % 2 === 0 ? null : `i${pick % 3}` })
      case 'escalate':
        return this.log('escalated', { level: pick % 3 })
      case 'answer':
        if (!worked) return
        this.stop()
        this.state = 'answered'
        this.log('answered', this.told(pick))
        return this.log('answer_sent', {})
      case 'withdrawn': {
        if (!worked) return
        return this.aside(() => {
          const before = this.clocks
          this.stop()
          this.log('answered', {}, { toState: 'answered' })
          this.later()
          this.log('answer_withdrawn', {}, this.setBack(before))
        })
      }
      case 'undone': {
        if (!worked) return
        return this.aside(() => {
          const version = this.version
          this.log('transferred', { agencyId: 'wrong' })
          this.later()
          this.log('taken_back', {}, { undoes: version })
        })
      }
      case 'undone_assign':
        return this.takenBack(() => this.take({ act: 'assign', minutes: 0, pick }))
      case 'undone_answer':
        if (!worked) return
        return this.takenBack(() => {
          this.stop()
          this.state = 'answered'
          this.log('answered', {})
        })
      case 'undone_category': {
        const { categoryCode } = this.head
        return this.aside(() => {
          const [version, before] = [this.version, this.clocks]
          this.recategorise('c9', 300)
          this.later()
          this.tell('category_changed', { categoryCode }, { undoes: version, ...this.setBack(before) })
        })
      }
      case 'undone_rank':
        return this.aside(() => {
          const version = this.version
          const severity = this.head.severity
          this.tell('severity_changed', { severity: 'urgent' })
          this.later()
          this.tell('severity_changed', { severity }, { undoes: version })
        })
      case 'follow':
        if (!ended) return
        return this.log('followed_up', this.told(pick + 1))
      case 'rate':
        if (!ended) return
        this.state = 'closed'
        return this.log('rated', { rating: ratings[pick % ratings.length] ?? null })
      case 'reopen': {
        if (!ended) return
        const last = this.clocks.findLast(({ clock }) => clock.kind === 'resolution')
        if (last) this.start(reopenedClock(last.clock, this.now, time, 480))
        this.state = 'awaiting_acceptance'
        return this.log('reopened', {})
      }
      case 'merge':
        if (!open) return
        this.before = this.state
        this.state = 'merged'
        return this.log('merged', {})
      case 'unmerge':
        if (this.state !== 'merged') return
        this.state = this.before
        return this.log('unmerged', {})
      case 'refuse':
      case 'spam':
        if (this.state !== 'awaiting_intake') return
        this.stop()
        this.state = 'rejected'
        return this.log('rejected', { reason: act === 'spam' ? 'spam' : 'out_of_scope' })
    }
  }

  start(clock: Clock): void {
    const round = this.clocks.filter((kept) => kept.clock.kind === clock.kind).length + 1
    this.clocks = [...this.clocks, { round, clock }]
  }

  /** Of what is taken back no truth is kept: it counts nowhere. */
  aside(work: () => void): void {
    const truths = [...this.truths]
    work()
    this.between.push(...this.truths.slice(truths.length, -1))
    this.truths = truths
    this.keep()
  }

  /** A decision, and its taking back ten seconds later, where it is possible. */
  takenBack(decide: () => void): void {
    const { version, clocks: before, state, agency } = this
    this.aside(() => {
      decide()
      if (this.version === version) return
      this.later()
      Object.assign(this, { state, agency })
      this.log('taken_back', {}, { undoes: version, ...this.setBack(before) })
    })
  }

  later(): void {
    this.now = new Date(this.now.getTime() + 10_000)
  }

  /** The clocks as they were; the event that sets them back has those that it changes or removes. */
  setBack(before: Told['clocks']): Pick<LoggedEvent, 'clocksLeft'> {
    const left = this.clocks.filter((one) => !before.includes(one))
    this.clocks = before
    return {
      clocksLeft: left.map((one) => ({
        ...one,
        calendarId: 'test',
        dueAt: dueOf(one.clock, time),
        firstDueAt: firstDueOf(one.clock, time),
      })),
    }
  }

  tell(name: string, changed: Partial<ReportHead>, more: Partial<LoggedEvent> = {}): void {
    const fields = Object.keys(changed) as (keyof ReportHead)[]
    const replaced = Object.fromEntries(fields.map((field) => [field, this.head[field]]))
    this.head = { ...this.head, ...changed }
    this.log(name, {}, { replaced, ...more })
  }

  recategorise(categoryCode: string, minutes: number): unknown {
    const kept = this.running
    if (!kept) return this.tell('category_changed', { categoryCode })
    const { kind, targetMinutes, extendedMinutes } = kept.clock
    const targets = [{ kind, round: kept.round, minutes: targetMinutes - extendedMinutes }]
    this.change((clock) => retargetClock(clock, minutes))
    this.tell('category_changed', { categoryCode }, { targets })
  }
}
