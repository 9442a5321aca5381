import { and, eq, inArray, lte } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, annotations, events, mailingRuns, mailings, targets } from '#db/schema/index.ts'
import { changesFromNothing } from '#server/events/rules/changes.ts'
import type { AnnotationTag } from '#server/insights/rules/annotation.ts'
import { type Edition, nextRunAt } from '#server/insights/rules/mailing.ts'
import type { TargetKpi } from '#server/insights/rules/target.ts'
import { dayAfter, instantAt, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { firstUnsealed } from './bulletins/write-bulletins.ts'
import { cityWorkingTime } from './plan.ts'
import { Random } from './random.ts'
import { isWorkingDay } from './rates.ts'
import { shownAgencies } from './staff.ts'
import { uuidAt } from './uuid.ts'
import type { World } from './world.ts'

type Event = Pick<typeof events.$inferInsert, 'event' | 'subjectKind' | 'details'>

/** A span in days from the first seeding with the time of day, or in local days. */
type Span = {
  from: readonly [days: number, time: string] | LocalDay
  to: readonly [days: number, time: string] | LocalDay
}
type Note = Span & { tag: AnnotationTag; words: string; agencyId?: string }

const annotated: readonly Note[] = [
  {
    ...{ from: '2024-09-06', to: '2024-09-12', tag: 'weather' },
    words: 'Bão số 3 (Yagi): phản ánh cây đổ, ngập úng, mất điện tăng mạnh; các đơn vị trực 24/24 giờ.',
  },
  {
    ...{ from: '2025-07-01', to: '2025-07-02', tag: 'policy' },
    words: 'Vận hành chính quyền địa phương hai cấp: phản ánh của cấp huyện chuyển về UBND phường, xã.',
  },
  {
    ...{ from: [-52, '08:00'], to: [-38, '17:00'], tag: 'campaign' },
    words: 'Đợt cao điểm chỉnh trang vỉa hè, thu gom cáp treo: người dân được mời gửi ảnh hiện trạng.',
  },
  {
    ...{ from: [-17, '09:20'], to: [-17, '12:05'], tag: 'outage' },
    words: 'Tổng đài 1022 gián đoạn do sự cố đường truyền; cuộc gọi ghi giấy, nhập bù trong ngày.',
  },
  {
    ...{ from: [-5, '08:00'], to: [9, '17:00'], tag: 'campaign' },
    words: 'Nửa tháng cao điểm nạo vét cống, rãnh và vá mặt đường.',
  },
  {
    ...{ from: [-9, '08:00'], to: [12, '17:00'], tag: 'other', agencyId: shownAgencies.company },
    words: 'Tăng hai tổ cắt tỉa, hạ độ cao cây nguy hiểm; ưu tiên tuyến trường học, bệnh viện.',
  },
]

type Aimed = { kpi: TargetKpi; value: number; band: number; agencyId?: string; yearsBack?: number }

/** Shares are 0…1, durations working minutes. They are valid from the first day of a year. */
const aimed: readonly Aimed[] = [
  { kpi: 'handled', value: 0.8, band: 0.05 },
  { kpi: 'on_time', value: 0.85, band: 0.05, yearsBack: 1 },
  { kpi: 'on_time', value: 0.9, band: 0.05 },
  { kpi: 'intake_on_time', value: 0.95, band: 0.03 },
  { kpi: 'close_median', value: 1_920, band: 240 },
  { kpi: 'satisfaction', value: 0.6, band: 0.05 },
  { kpi: 'on_time', value: 0.8, band: 0.05, agencyId: shownAgencies.company },
  { kpi: 'backlog', value: 30, band: 10, agencyId: shownAgencies.ward },
]

type Letters = {
  name: string
  edition: Edition
  /** After midnight; at seven unless something else is said. */
  minute?: number
  onWorkingDays: boolean
  skipsEmpty: boolean
  to: readonly string[]
  /** How many are in its list. */
  runs: number
}

const sevenOClock = 420
const quarterPastSeven = 435
const minute = 60_000
const manager = 'lanhdao.tp'

const lettered: readonly Letters[] = [
  {
    ...{
      name: 'Báo cáo ngày gửi lãnh đạo Văn phòng',
      edition: 'daily',
      onWorkingDays: true,
      skipsEmpty: true,
      runs: 8,
    },
    to: [manager, 'lanhdao.hoankiem'],
  },
  {
    ...{ name: 'Tin giao ban sáng gửi lãnh đạo Thành phố', edition: 'daily', minute: quarterPastSeven },
    ...{ onWorkingDays: true, skipsEmpty: false, runs: 8, to: [manager, 'kiemtra'] },
  },
  {
    ...{ name: 'Báo cáo tuần gửi lãnh đạo Thành phố', edition: 'weekly', onWorkingDays: false, skipsEmpty: false },
    ...{ runs: 6, to: [manager, 'lanhdao.hoankiem', 'kiemtra'] },
  },
  {
    ...{ name: 'Báo cáo tháng gửi lãnh đạo Thành phố', edition: 'monthly', onWorkingDays: true, skipsEmpty: false },
    ...{ runs: 3, to: [manager, 'kiemtra'] },
  },
]

/** Annotations, targets, and reports by mail with the runs of the last weeks: what a manager of the city has set up. */
export async function writeLeadership(tx: Transaction, world: World): Promise<void> {
  const desk = await openDesk(tx, world)
  await annotate(desk)
  await setTargets(desk)
  await setUpLetters(desk)
  await continueLetters(tx, world)
}

type Desk = { tx: Transaction; world: World; random: Random; actorId: string; peopleBy: ReadonlyMap<string, string> }

async function openDesk(tx: Transaction, world: World): Promise<Desk> {
  const names = [...new Set([manager, ...lettered.flatMap(({ to }) => to)])]
  const people = await tx
    .select({ id: accounts.id, username: accounts.username })
    .from(accounts)
    .where(inArray(accounts.username, names))
  const peopleBy = new Map(people.map(({ id, username }) => [username, id]))
  const actorId = peopleBy.get(manager)
  if (!actorId) throw new Error(`${manager} is missing`)
  return { tx, world, random: new Random(`${world.seed}/leadership`), actorId, peopleBy }
}

/** Writes an entry of its own version 1 with its event. */
async function record({ tx, actorId }: Desk, id: string, at: Date, event: Event): Promise<void> {
  await tx
    .insert(events)
    .values({ ...event, at, recordedAt: null, subjectId: id, actorKind: 'staff', actorId, version: 1 })
}

async function annotate(desk: Desk): Promise<void> {
  const { tx, world, random } = desk
  const today = localDayOf(world.first)
  const instantOf = (when: Span['from']) =>
    typeof when === 'string' ? instantAt(when, '00:00') : instantAt(dayAfter(today, when[0]), when[1])
  for (const { from, to, tag, words, agencyId = null } of annotated) {
    const [startsAt, endsAt] = [instantOf(from), instantOf(to)]
    if (startsAt > world.first) continue
    const at = new Date(startsAt.getTime() + 30 * minute)
    const id = uuidAt(random.fork(words), at)
    const fields = { startsAt, endsAt, tag, words, agencyId }
    await tx.insert(annotations).values({ id, ...fields })
    await record(desk, id, at, {
      event: 'annotation.added',
      subjectKind: 'annotation',
      details: changesFromNothing(fields),
    })
  }
}

async function setTargets(desk: Desk): Promise<void> {
  const { tx, world, random } = desk
  const year = Number(localDayOf(world.first).slice(0, 4))
  for (const { kpi, value, band, agencyId = null, yearsBack = 0 } of aimed) {
    const validFrom = `${year - yearsBack}-01-01`
    const at = instantAt(validFrom, '00:30')
    const id = uuidAt(random.fork(`${kpi} ${agencyId} ${validFrom}`), at)
    const fields = { kpi, agencyId, validFrom, value, band }
    await tx.insert(targets).values({ id, ...fields })
    await record(desk, id, at, { event: 'target.set', subjectKind: 'target', details: changesFromNothing(fields) })
  }
}

async function setUpLetters(desk: Desk): Promise<void> {
  const { tx, world, random, actorId, peopleBy } = desk
  for (const { name, to, runs, ...rhythm } of lettered) {
    const at = new Date(firstRun(world, { ...rhythm, runs }).getTime() - 16 * 60 * minute)
    const id = uuidAt(random.fork(name), at)
    const recipientIds = to.flatMap((username) => peopleBy.get(username) ?? [])
    const fields = {
      ...{ name, minute: sevenOClock, ...rhythm, day: 1, locale: 'vi' as const },
      ...{ attachments: ['xlsx' as const], recipientIds, isActive: true },
    }
    await tx.insert(mailings).values({ id, ...fields, ownerId: actorId, nextAt: firstRun(world, { ...rhythm, runs }) })
    await record(desk, id, at, {
      event: 'mailing.created',
      subjectKind: 'mailing',
      details: changesFromNothing(fields),
    })
  }
}

type Rhythm = Pick<Letters, 'edition' | 'onWorkingDays' | 'minute'>

/** A daily report rests on days off. */
const daysBetween = { daily: 1.5, weekly: 7, monthly: 31 } as const satisfies Record<Edition, number>

/** The run from which the list begins. */
function firstRun(world: World, { runs, ...rhythm }: Rhythm & Pick<Letters, 'runs'>): Date {
  const days = runs * daysBetween[rhythm.edition]
  return next(world, rhythm, new Date(world.first.getTime() - days * 1440 * minute))
}

function next(world: World, { edition, onWorkingDays, minute = sevenOClock }: Rhythm, after: Date): Date {
  const working = cityWorkingTime(world)
  return nextRunAt({ edition, onWorkingDays, day: 1, minute }, after, (day) => isWorkingDay(day, working))
}

/**
 * Lists as not sent, up to the city's current hour, what is due of the letters that nobody has changed: a demo city has
 * no mail server, and nothing of it leaves it.
 */
export async function continueLetters(tx: Transaction, world: World): Promise<void> {
  const known = new Map(lettered.map((letters) => [letters.name, letters]))
  const untouched = and(eq(mailings.isActive, true), eq(mailings.version, 1), lte(mailings.nextAt, world.today))
  const due = await tx
    .select()
    .from(mailings)
    .where(and(untouched, inArray(mailings.name, [...known.keys()])))
  const unsealed = await firstUnsealed(tx)
  for (const { id: mailingId, name, recipientIds, nextAt } of due) {
    const letters = known.get(name) as Letters
    const runs: (typeof mailingRuns.$inferInsert & { finishedAt: Date })[] = []
    let dueAt = nextAt
    for (; dueAt <= world.today; dueAt = next(world, letters, dueAt)) {
      const id = uuidAt(new Random(`${world.seed}/${name}/${dueAt.toISOString()}`), dueAt)
      const finishedAt = new Date(dueAt.getTime() + 9_000)
      const leftOut = recipientIds.map((accountId) => ({ accountId, why: 'no_server' as const }))
      runs.push({ id, mailingId, dueAt, notBefore: dueAt, recipientIds, leftOut, state: 'skipped', finishedAt })
    }
    await tx.insert(mailingRuns).values(runs).onConflictDoNothing()
    await tx.update(mailings).set({ nextAt: dueAt }).where(eq(mailings.id, mailingId))
    const told = runs.filter(({ finishedAt }) => finishedAt >= unsealed)
    const skipped = {
      event: 'mailing.skipped',
      subjectKind: 'mailing',
      subjectId: mailingId,
      actorKind: 'robot',
    } as const
    for (const run of told) {
      const details = { name, dueAt: run.dueAt.toISOString(), recipients: 0, skipped: recipientIds.length }
      await tx.insert(events).values({ ...skipped, at: run.finishedAt, recordedAt: null, details })
    }
  }
}
