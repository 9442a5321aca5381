import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import { everydayTales } from './everyday-news.ts'
import type { BulletinLife } from './life.ts'
import { addressOf, Newsroom } from './newsroom.ts'
import { allClear, powerCut, roadClosed } from './storm-services.ts'
import { floodWarning, windWarning } from './storm-warnings.ts'
import { Scene } from './telling.ts'

const minute = 60_000
const historyDays = 30

/** Bulletins of ordinary days, up to the city's current hour. */
export function newsLives(world: World): BulletinLife[] {
  const until = localDayOf(world.today)
  const lives: BulletinLife[] = []
  for (let day = dayAfter(until, -historyDays); day <= until; day = dayAfter(day)) lives.push(...newsOf(world, day))
  return lives.filter(({ row }) => (row.publishedAt as Date) <= world.today)
}

function newsOf(world: World, day: LocalDay): BulletinLife[] {
  const random = new Random(`${world.seed}/bulletins/news/${day}`)
  const newsroom = new Newsroom(world)
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  const count = weekday === 0 || weekday === 6 ? random.int(1, 2) : random.int(3, 5)
  return Array.from({ length: count }, (_, place) => {
    const own = random.fork(place)
    const quarter = 26 + Math.floor(((place + own.float()) / count) * 44)
    const at = new Date(startOfDay(day).getTime() + quarter * 15 * minute)
    const content = newsroom.contentOf(own.pick(everydayTales)(new Scene(own, at, world.places.communes)), at)
    const life = newsroom.write(own, content, { at, incidentId: null, haste: false })
    newsroom.review(own, life, at, false)
    newsroom.letOut(own, life, { at, number: null, scheduled: own.chance(0.6) })
    return life
  })
}

const rainTellers = [floodWarning, roadClosed, powerCut, windWarning, roadClosed, floodWarning, allClear]

/** The heavy rain in progress when the city was first seeded: a bulletin every few hours. */
export function rainLives(world: World): BulletinLife[] {
  const random = new Random(`${world.seed}/bulletins/rain`)
  const newsroom = new Newsroom(world)
  const { id: incidentId, startsAt } = world.incidents.rain
  const lives: BulletinLife[] = []
  for (
    let at = startsAt.getTime() + 25 * minute;
    at < world.first.getTime() - 20 * minute;
    at += random.between(90, 260) * minute
  ) {
    const own = random.fork(lives.length)
    const moment = new Date(Math.floor(at / (5 * minute)) * 5 * minute)
    const tale = own.pick(rainTellers)(new Scene(own, moment, world.places.communes))
    const life = newsroom.write(own, newsroom.contentOf(tale, moment), { at: moment, incidentId, haste: true })
    newsroom.review(own, life, moment, true)
    newsroom.letOut(own, life, { at: moment, number: lives.length + 1, scheduled: own.chance(0.4) })
    lives.push(life)
  }
  return lives
}

/** Current work: drafts, reviews, one sent back, some scheduled, one that awaits its look-back. */
export function openLives(world: World): BulletinLife[] {
  const { today } = world
  const random = new Random(`${world.seed}/bulletins/open/${localDayOf(today)}`)
  const newsroom = new Newsroom(world)
  const begin = (label: string, minutesAgo: number, isRain: boolean) => {
    const own = random.fork(label)
    const at = new Date(today.getTime() - minutesAgo * minute)
    const scene = new Scene(own, today, world.places.communes)
    const tale = isRain ? own.pick(rainTellers)(scene) : own.pick(everydayTales)(scene)
    const content = newsroom.contentOf({ ...tale, holds: (tale.holds ?? 0) + 24 }, today)
    return newsroom.write(own, content, { at, incidentId: isRain ? world.incidents.rain.id : null, haste: true })
  }
  const drafts = [0, 1, 2, 3].map((place) => begin(`draft/${place}`, 12 + place * 70, place < 2))
  const waiting = [0, 1, 2].map((place) => {
    const life = begin(`review/${place}`, 18 + place * 24, place < 2)
    life.submit(new Date((life.row.updatedAt as Date).getTime() + 3 * minute), life.row.lastEditorId)
    return life
  })
  const [claimed] = waiting
  claimed?.claim(new Date(today.getTime() - 4 * minute), newsroom.chiefs[1] as string)
  const sentBack = begin('changes', 95, false)
  sentBack.submit(new Date(today.getTime() - 80 * minute), sentBack.row.lastEditorId)
  sentBack.requestChanges(
    new Date(today.getTime() - 62 * minute),
    newsroom.chiefs[0] as string,
    'Nêu rõ giờ bắt đầu và kết thúc; bỏ đoạn lặp ở cuối.',
  )
  const approved = [0, 1].map((place) => {
    const life = begin(`approved/${place}`, 140 + place * 30, place === 0)
    newsroom.review(random.fork(`approve/${place}`), life, new Date(today.getTime() - 25 * minute), false)
    return life
  })
  const scheduled = [1, 3, 20].map((hours) => {
    const life = begin(`scheduled/${hours}`, 150 + hours * 3, false)
    newsroom.review(random.fork(`schedule/${hours}`), life, new Date(today.getTime() - 30 * minute), false)
    const dueAt = new Date(Math.ceil((today.getTime() + hours * 60 * minute) / (15 * minute)) * 15 * minute)
    life.schedule(new Date(today.getTime() - 20 * minute), life.row.approvedById as string, dueAt)
    return life
  })
  return [
    ...drafts,
    ...waiting,
    sentBack,
    ...approved,
    ...scheduled,
    unreviewed(world, newsroom, begin('unreviewed', 50, false)),
  ]
}

/** Published at night without a second person, and not yet reviewed afterwards (look-back). */
function unreviewed({ today }: World, newsroom: Newsroom, life: BulletinLife): BulletinLife {
  const reason = 'Nước lên nhanh, chưa liên lạc được người duyệt thứ hai.'
  const by = newsroom.chiefs[0] as string
  const at = new Date(today.getTime() - 35 * minute)
  life.publishUnreviewed({ at, by, number: null, slug: addressOf(life), reason })
  return life
}
