import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '#db/client.ts'
import { Life, robotActor } from '#db/demo/life.ts'
import { areas, categories, events, reportClocks, reports } from '#db/schema/index.ts'
import {
  extendClock,
  pauseClock,
  reopenedClock,
  resumeClock,
  startClock,
  stopClock,
} from '#server/calendars/rules/deadlines.ts'
import { alwaysOpen, dueAt, minutesPerDay } from '#server/calendars/rules/working-time.ts'
import type { Channel, Rating, RejectReason } from '#server/reports/rules/lifecycle.ts'
import { buildAgency, buildCity } from './agencies.ts'
import { timeOfCalendar } from './calendars.ts'

type Step = { act: string; word: string; at: Date }
type Kind = {
  name: string
  count: number
  receivedAt: Date
  channel: Channel
  category: string
  area: number
  steps: Step[]
}

const limit = 960
const intakeLimit = 480

/** The table of the golden log. */
function readKinds(): Kind[] {
  const lines = readFileSync(join(import.meta.dirname, 'golden-log.txt'), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [head = '', told = ''] = line.split('|')
      const [name = '', count, day, hour, channel, category = '', area] = head.trim().split(/\s+/)
      const steps = told
        .split(';')
        .map((step) => step.trim())
        .filter(Boolean)
        .map(stepOf)
      return {
        name,
        count: Number(count),
        receivedAt: at(`${day} ${hour}`),
        channel: channel as Channel,
        category,
        area: Number(area),
        steps,
      }
    })
}

const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}:00+07:00`)

function stepOf(text: string): Step {
  const words = text.split(' ')
  const [hour, day] = [words.pop(), words.pop()]
  return { act: words[0] ?? '', word: words[1] ?? '', at: at(`2026-${day} ${hour}`) }
}

/**
 * Writes every report of the log with its events and clocks, as the state machine of the desk produces them. Ids follow
 * the order of the table.
 */
export async function writeGoldenLog(db: Database): Promise<Map<string, number[]>> {
  const city = await buildCity(db)
  await Promise.all(['a', 'b'].map((id) => buildAgency(db, { id: `gl-${id}`, name: id.toUpperCase() })))
  await db.insert(categories).values({ code: 'GL', name: 'Nhóm', nameEn: 'Group' })
  for (const code of ['GL-01', 'GL-02']) {
    await db
      .insert(categories)
      .values({ code, parentCode: 'GL', name: code, nameEn: code, normalMinutes: limit, intakeMinutes: intakeLimit })
  }
  const square = {
    type: 'Polygon' as const,
    coordinates: [
      [
        [0, 0],
        [0, 1],
        [1, 1],
        [0, 0],
      ],
    ],
  }
  for (const id of [1, 2]) {
    const names = { code: `0000${id}`, name: `Phường ${id}`, shortName: `P${id}`, kind: 'phuong' }
    await db.insert(areas).values({ id, ...names, validFrom: '2025-07-01', labelLon: 0, labelLat: 0, geometry: square })
  }
  const times = new Map([[city.calendarId, await timeOfCalendar(db, city.calendarId)]])
  const ids = new Map<string, number[]>()
  const rows: Rows = { reports: [], events: [], clocks: [] }
  let next = 1
  for (const kind of readKinds()) {
    const own: number[] = []
    for (let nth = 0; nth < kind.count; nth += 1) own.push(next++)
    ids.set(kind.name, own)
    for (const id of own) tell(rows, id, live(kind, city.calendarId, times), ids.get('k01')?.[0] ?? 1)
  }
  await db.insert(reports).values(rows.reports)
  await db.insert(events).values(rows.events)
  await db.insert(reportClocks).values(rows.clocks)
  return ids
}

type Rows = {
  reports: (typeof reports.$inferInsert)[]
  events: (typeof events.$inferInsert)[]
  clocks: (typeof reportClocks.$inferInsert)[]
}

function tell(rows: Rows, id: number, life: Life, canonical: number): void {
  const mergedIntoId = life.row.state === 'merged' ? canonical : null
  const columns = { ...life.row, ...life.deadline(), mergedIntoId }
  rows.reports.push({ ...columns, id, code: `GL-${String(id).padStart(4, '0')}`, sourceKey: `golden/${id}` })
  rows.events.push(...life.events.map((event) => ({ ...event, reportId: id })))
  rows.clocks.push(...life.clockRows().map((row) => ({ ...row, reportId: id })))
}

const citizen = { kind: 'citizen' } as const

function live({ receivedAt, channel, category, area, steps }: Kind, calendarId: string, times: Life['times']): Life {
  const life = new Life(
    {
      state: 'awaiting_intake',
      severity: 'normal',
      channel,
      categoryCode: category,
      areaId: area,
      title: 'Cây đổ',
      body: 'Cây đổ chắn lối đi.',
      receivedAt,
      maturesAt: dueAt(receivedAt, intakeLimit + limit, times.get(calendarId) ?? alwaysOpen),
      lastActivityAt: receivedAt,
      lastActivityBy: 'citizen',
      source: 'golden',
      sourceKey: '',
    },
    times,
    at('2027-01-01 00:00'),
  )
  life.startClock(startClock('intake', receivedAt, intakeLimit), calendarId)
  life.act('report.received', { who: citizen, details: { channel, category } })
  for (const step of steps) take(life, step, calendarId)
  return life
}

function take(life: Life, { act, word, at: hour }: Step, calendarId: string): void {
  const now = life.reach(hour)
  const agencyId = `gl-${word.toLowerCase()}`
  const held = [...new Set([...(life.row.heldBy ?? []), agencyId])]
  switch (act) {
    case 'assign': {
      if (life.clock('intake')?.clock.stoppedAt === null) life.changeClock((clock) => stopClock(clock, now))
      if (!life.clock('resolution')) life.startClock(startClock('resolution', now, limit), calendarId)
      life.move('assign', { who: robotActor, set: { agencyId, heldBy: held }, details: { agencyId } })
      return
    }
    case 'accept':
      life.move('accept', { who: robotActor })
      return
    case 'return':
      life.move('return', { who: robotActor, set: { agencyId: null }, details: { agencyId: life.row.agencyId } })
      return
    case 'transfer':
      life.move('transfer', {
        who: robotActor,
        set: { agencyId, heldBy: held },
        details: { from: life.row.agencyId, agencyId },
      })
      return
    case 'ask':
      life.changeClock((clock) => pauseClock(clock, now, 'awaiting_citizen'))
      life.move('ask_citizen', { who: robotActor, set: { stateBefore: life.row.state } })
      return
    case 'reply':
      life.changeClock((clock) => resumeClock(clock, now))
      life.move('citizen_replied', { who: citizen, set: { stateBefore: null } })
      return
    case 'extend':
      life.changeClock((clock) => extendClock(clock, Number(word)))
      life.act('report.extended', { who: robotActor, details: { minutes: Number(word) } })
      return
    case 'answer':
      answer(life, now, word)
      return
    case 'follow':
      life.act('report.followed_up', { who: robotActor, details: outcomeIn(word) })
      return
    case 'rate':
      life.move('rate', { who: citizen, set: { rating: word as Rating, closedAt: now }, details: { rating: word } })
      return
    case 'reopen': {
      const previous = life.clock('resolution')?.clock
      const time = life.timeOf(calendarId)
      if (previous) life.startClock(reopenedClock(previous, now, time, minutesPerDay(time, now)), calendarId)
      life.move('reopen', {
        who: robotActor,
        set: { answeredAt: null, closedAt: null, reopenCount: 1 },
        details: { reason: 'chưa xong' },
      })
      return
    }
    case 'reject': {
      life.changeClock((clock) => stopClock(clock, now))
      const set = { stateBefore: life.row.state, rejectReason: word as RejectReason, answeredAt: now }
      life.move('reject', { who: robotActor, set, details: { reason: word } })
      if (word !== 'spam') life.act('report.answer_sent', { who: robotActor }, 'none')
      return
    }
    case 'merge':
      life.changeClock((clock) => stopClock(clock, now))
      life.move('merge', { who: robotActor, set: { stateBefore: life.row.state } })
      return
    default:
      throw new Error(`the golden log knows no ${act}`)
  }
}

/** `planned:` has its day behind it. */
function outcomeIn(word: string) {
  const [outcome, plannedFor] = word.split(':')
  return { outcome, ...(plannedFor && { plannedFor }) }
}

/** `word`: its outcome, or that it is withdrawn; without one it states none. */
function answer(life: Life, now: Date, word: string): void {
  life.changeClock((clock) => stopClock(clock, now))
  const details = word === '' || word === 'withdrawn' ? {} : outcomeIn(word)
  life.move('answer', { who: robotActor, set: { stateBefore: life.row.state, answeredAt: now }, details })
  if (word !== 'withdrawn') {
    life.act('report.answer_sent', { who: robotActor }, 'none')
    return
  }
  const kept = life.clock('resolution')
  if (kept) kept.clock = { ...kept.clock, stoppedAt: null }
  life.reach(new Date(now.getTime() + 10_000))
  life.move('withdraw_answer', { who: robotActor, set: { stateBefore: null, answeredAt: null } })
}
