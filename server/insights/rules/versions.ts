import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { clocksAt, promiseClock, type StoredClock } from './clocks-then.ts'
import { type FactRows, factRows, type ReportHead } from './fact-rows.ts'
import { knownAtOf } from './known.ts'
import { figuresOf, type LoggedEvent, standingEvents } from './replay.ts'
import { type Bundle, type Stretch, seen } from './seen.ts'

/** All that the figures know of one report. */
export type LoggedReport = {
  head: ReportHead
  /** In the order of the log. */
  events: readonly LoggedEvent[]
  clocks: readonly StoredClock[]
}

/** Which moments a version is for: from the first, before the second. */
export type Validity = { validFrom: string; validTo: string }
type Versions<Row> = (Row & Validity)[]
export type FactVersions = {
  facts: Versions<FactRows['facts']>
  promises: Versions<FactRows['promises'][number]>
  closes: Versions<FactRows['closes'][number]>
  holdingPeriods: Versions<FactRows['holdingPeriods'][number]>
}

type TimeOf = (calendarId: string) => WorkingTime

const always = '-infinity'
const forEver = 'infinity'

/**
 * The rows of a report in versions: what the version valid at a moment shows then is what follows from the events up to
 * that moment. Only a row in which something changed that it does not itself know by time has more than one.
 */
export function versionsOf(logged: LoggedReport, timeOf: TimeOf): FactVersions {
  const report = { ...logged, head: { ...logged.head, knownAt: knownAtOf(logged) } }
  const events = standingEvents(report.events)
  const now = bundleNow(report, events, timeOf)
  if (isPlain(report, events)) return singly(now)
  const moments = momentsOf(report, events)
  const bundles = moments.slice(0, -1).map((moment) => bundleAt({ ...report, events }, moment, timeOf))
  for (const bundle of bundles) knowReopenings(bundle, now)
  const told: Told = { moments, bundles: [...bundles, now] }
  return {
    facts: versionsIn(told, ({ rows }) => rows.facts, seen.facts),
    promises: numbered(told, 'promises', seen.promise),
    closes: numbered(told, 'closes', seen.close),
    holdingPeriods: numbered(told, 'holdingPeriods', seen.holdingPeriod),
  }
}

function bundleNow({ head, clocks }: LoggedReport, events: readonly LoggedEvent[], timeOf: TimeOf): Bundle {
  const promises = clocks.map((one) => promiseClock(one, timeOf))
  const figures = figuresOf({ ...head, events, clocks: promises }, timeOf)
  return { rows: factRows(head, figures), spells: figures.outSpells }
}

/** What follows from the events up to a moment. `events`: without what was taken back, at whatever time. */
export function bundleAt({ head, events, clocks }: LoggedReport, moment: Date, timeOf: TimeOf): Bundle {
  const history = {
    ...head,
    events: events.filter(({ at }) => at <= moment),
    clocks: clocksAt(clocks, events, moment, timeOf),
  }
  const figures = figuresOf(history, timeOf)
  return { rows: factRows(headAt(head, events, moment), figures), spells: figures.outSpells }
}

const headAt = (head: ReportHead, events: readonly LoggedEvent[], moment: Date): ReportHead =>
  headBefore(
    head,
    events.filter(({ at }) => at > moment),
  )

/** What the report was about before these events: the first change among them says what it replaced. */
export function headBefore(head: ReportHead, events: readonly LoggedEvent[]): ReportHead {
  const replaced = events.flatMap(({ replaced: before }) => before ?? [])
  return Object.assign({ ...head }, ...replaced.toReversed())
}

/** A reopening counts for thirty days after the close, also in the figures of a moment before it (docs/numbers.md). */
function knowReopenings({ rows }: Bundle, now: Bundle): void {
  for (const close of rows.closes) {
    const same = now.rows.closes.find(({ at }) => at.getTime() === close.at.getTime())
    close.reopenedAt = same?.reopenedAt ?? null
    close.reopenedByCitizen = same?.reopenedByCitizen ?? null
  }
}

/** Events after which a row says something else of the time before. */
const retelling: readonly string[] = [
  'report.transferred',
  'report.returned',
  'report.handed_over',
  'report.unmerged',
  'report.reopened',
  'report.escalated',
]
/** Events of which the first is known by its time, and a second one is not. */
const onceOnly: readonly string[] = ['report.assigned', 'report.rated']

/**
 * Whether each row knows by itself what it was at any time: a usual history, for which nothing else is computed. What
 * is no such history may still have only one version.
 */
function isPlain({ clocks }: LoggedReport, events: readonly LoggedEvent[]): boolean {
  const known = new Set<string>()
  let last = 0
  const standing = new Map(clocks.map(({ round, clock }) => [`${clock.kind} ${round}`, clock]))
  for (const { at, event, replaced, extended, targets = [] } of events) {
    if (at.getTime() < last || retelling.includes(event)) return false
    if (replaced || extended) return false
    // A decision keeps every clock that it stopped, mostly with the target it has.
    for (const { kind, round, minutes } of targets) {
      const clock = standing.get(`${kind} ${round}`)
      if (clock && clock.targetMinutes - clock.extendedMinutes !== minutes) return false
    }
    if (onceOnly.includes(event) && known.has(event)) return false
    known.add(event)
    last = at.getTime()
  }
  const rounds = clocks.filter(({ clock }) => clock.kind === 'resolution').length
  return rounds <= 1 && clocks.every(({ clock }) => clock.pauses.length === 0 && clock.spells.length === 0)
}

function singly({ rows }: Bundle): FactVersions {
  const single = <Row>(row: Row): Row & Validity => ({ ...row, validFrom: always, validTo: forEver })
  return {
    facts: [single(rows.facts)],
    promises: rows.promises.map(single),
    closes: rows.closes.map(single),
    holdingPeriods: rows.holdingPeriods.map(single),
  }
}

/** Every moment at which something happened, from the receipt on, in order. */
function momentsOf({ head, clocks }: LoggedReport, events: readonly LoggedEvent[]): Date[] {
  const received = head.receivedAt.getTime()
  const moments = new Set([received])
  const note = (at: Date | null | undefined) => at && at.getTime() > received && moments.add(at.getTime())
  for (const { at } of events) note(at)
  for (const { clock } of clocks) {
    note(clock.startedAt)
    note(clock.stoppedAt)
    for (const { until } of clock.spells) note(until)
    for (const pause of clock.pauses) [pause.from, pause.to].forEach(note)
  }
  return [...moments].sort((a, b) => a - b).map((at) => new Date(at))
}

/** A bundle for each moment, valid up to the next one. */
type Told = { moments: readonly Date[]; bundles: readonly Bundle[] }
type See<Row> = (row: Row | undefined, bundle: Bundle, stretch: Stretch) => unknown

/** From the last moment back: a row stays as long as it shows what was known then. */
function versionsIn<Row>({ moments, bundles }: Told, rowIn: (bundle: Bundle) => Row | undefined, see: See<Row>) {
  const versions: Versions<Row> = []
  let bundle = bundles.at(-1) as Bundle
  let validTo = forEver
  const add = (validFrom: string) => {
    const row = rowIn(bundle)
    if (row) versions.push({ ...row, validFrom, validTo })
  }
  for (let place = moments.length - 2; place >= 0; place -= 1) {
    const earlier = bundles[place] as Bundle
    const stretch: Stretch = { from: moments[place] as Date, to: moments[place + 1] as Date }
    const [was, is] = [see(rowIn(earlier), earlier, stretch), see(rowIn(bundle), bundle, stretch)]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    const at = stretch.to.toISOString()
    add(at)
    bundle = earlier
    validTo = at
  }
  add(always)
  return versions.reverse()
}

type Parts = Pick<FactRows, 'promises' | 'closes' | 'holdingPeriods'>

function numbered<Name extends keyof Parts>(told: Told, name: Name, see: See<Parts[Name][number]>) {
  const most = Math.max(...told.bundles.map(({ rows }) => rows[name].length))
  return Array.from({ length: most }, (_, place) =>
    versionsIn<Parts[Name][number]>(told, ({ rows }) => rows[name][place], see),
  ).flat()
}
