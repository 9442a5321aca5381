import type { Random } from '../random.ts'
import { Random as RandomStream } from '../random.ts'
import type { World } from '../world.ts'
import type { BulletinLife } from './life.ts'
import { Newsroom } from './newsroom.ts'
import { cityOrder, dayReport, localNews } from './storm-news.ts'
import { allClear, bridgeClosed, healthAdvice, powerCut, roadClosed, shelterOpen, waterCut } from './storm-services.ts'
import { floodWarning, riverWarning, stormWarning, windWarning } from './storm-warnings.ts'
import { Scene, type Tale } from './telling.ts'

/** How many bulletins the city published about Yagi [press], and on which days. */
export const stormDays = [
  ['2024-09-06', 38],
  ['2024-09-07', 92],
  ['2024-09-08', 76],
  ['2024-09-09', 44],
  ['2024-09-10', 38],
  ['2024-09-11', 27],
] as const

type Teller = (scene: Scene) => Tale
type Stage = { until: Date; tellers: readonly (readonly [Teller, number])[] }

const stages: readonly Stage[] = [
  {
    until: new Date('2024-09-07T12:00:00+07:00'),
    tellers: [
      [stormWarning, 5],
      [windWarning, 9],
      [shelterOpen, 5],
      [cityOrder, 4],
      [roadClosed, 2],
      [powerCut, 2],
      [localNews, 3],
      [dayReport, 2],
    ],
  },
  {
    until: new Date('2024-09-08T04:00:00+07:00'),
    tellers: [
      [stormWarning, 5],
      [bridgeClosed, 5],
      [roadClosed, 12],
      [powerCut, 9],
      [floodWarning, 6],
      [shelterOpen, 4],
      [windWarning, 4],
    ],
  },
  {
    until: new Date('2024-09-09T12:00:00+07:00'),
    tellers: [
      [roadClosed, 9],
      [powerCut, 9],
      [allClear, 9],
      [waterCut, 5],
      [localNews, 5],
      [dayReport, 4],
      [floodWarning, 4],
      [healthAdvice, 3],
      [cityOrder, 2],
    ],
  },
  {
    until: new Date('2024-09-12T00:00:00+07:00'),
    tellers: [
      [riverWarning, 9],
      [shelterOpen, 7],
      [roadClosed, 4],
      [waterCut, 4],
      [healthAdvice, 5],
      [allClear, 8],
      [localNews, 4],
      [dayReport, 4],
      [bridgeClosed, 2],
      [powerCut, 3],
      [cityOrder, 2],
    ],
  },
]

/** The 315 bulletins of the storm, numbered in the order of publication. */
export function stormLives(world: World): BulletinLife[] {
  const random = new RandomStream(`${world.seed}/bulletins/yagi`)
  const newsroom = new Newsroom(world)
  const lives: BulletinLife[] = []
  let warning: BulletinLife | null = null
  for (const [number, at] of momentsOfStorm(random.fork('moments')).entries()) {
    const own = random.fork(number)
    const tale = taleAt(own, world, at)
    const content = newsroom.contentOf(tale, at)
    const life = newsroom.write(own, content, { at, incidentId: world.incidents.yagi.id, haste: true })
    // A new warning about the storm itself replaces the previous one.
    const isStorm = tale.alert !== undefined
    const replaced = isStorm ? warning : null
    if (replaced) life.row.supersedesId = replaced.row.id
    newsroom.review(own, life, at, true)
    newsroom.letOut(own, life, { at, number: number + 1, scheduled: own.chance(0.3) && at.getMinutes() % 5 === 0 })
    replaced?.supersededBy(life.row.publishedAt as Date, life.publications[0]?.publishedById ?? null, life.row.id)
    if (isStorm) warning = life
    lives.push(life)
  }
  for (const [at, life] of lives.entries()) mendSome(random.fork(`mend/${at}`), newsroom, life)
  return lives
}

function taleAt(random: Random, { places }: World, at: Date): Tale {
  const stage = stages.find(({ until }) => at < until) ?? (stages.at(-1) as Stage)
  return random.weighted(stage.tellers)(new Scene(random, at, places.communes))
}

/** About one in nine was corrected, and a few were withdrawn. */
function mendSome(random: Random, newsroom: Newsroom, life: BulletinLife): void {
  // An alert is updated by the one that replaces it.
  if (life.row.state !== 'published' || life.content.alert) return
  const at = new Date((life.row.publishedAt as Date).getTime() + random.between(14, 95) * 60_000)
  const fate = random.float()
  if (fate < 0.06) {
    // A small correction changes no fact.
    const summary = `${life.content.vi.summary.replace(/\.$/, '')}. Kính mời bà con theo dõi bản tin.`
    const content = { ...life.content, vi: { ...life.content.vi, summary } }
    newsroom.mend(random, life, at, { kind: 'minor', note: '', content })
  } else if (fate < 0.1) {
    const note = random.pick(notes)
    const first = { type: 'paragraph' as const, content: [{ type: 'text' as const, text: note }] }
    const body = { type: 'doc' as const, content: [first, ...life.content.vi.body.content] }
    newsroom.mend(random, life, at, {
      kind: 'substantive',
      note,
      content: { ...life.content, vi: { ...life.content.vi, body } },
    })
  } else if (fate < 0.115) {
    life.withdraw(
      at,
      random.pick(newsroom.chiefs),
      'Thông tin ban đầu chưa chính xác; đơn vị phụ trách đã xác minh lại tại hiện trường.',
    )
  }
}

const notes = [
  'Bản tin trước ghi sai giờ dự kiến; giờ đúng muộn hơn 2 giờ.',
  'Bản tin trước ghi nhầm tên đoạn đường; đoạn bị ảnh hưởng dài hơn đã nêu.',
  'Bổ sung một điểm tránh trú mới mở trên cùng địa bàn.',
  'Số khách hàng bị ảnh hưởng đã được đơn vị điện lực cập nhật.',
]

/** Few at night, at the height of the storm one every few minutes, with a realistic share of round minutes. */
function momentsOfStorm(random: Random): Date[] {
  const moments = stormDays.flatMap(([day, count]) =>
    Array.from({ length: count }, () => {
      const peak = day === '2024-09-07' ? hourAt(random, 18, 4) : hourAt(random, 13, 5.5)
      const minutes = random.chance(0.4) ? random.int(0, 11) * 5 : random.int(0, 59)
      const local = `${day}T${String(peak).padStart(2, '0')}:${String(minutes).padStart(2, '0')}:00+07:00`
      return new Date(Date.parse(local) + (minutes % 5 === 0 ? 0 : random.int(0, 59) * 1000))
    }),
  )
  moments.sort((a, b) => a.getTime() - b.getTime())
  // No two at the same moment or within the possible delay of the robot, so that their numbers stay in order.
  let last = 0
  return moments.map((at) => {
    last = Math.max(at.getTime(), last + 37_000)
    return new Date(last)
  })
}

const hourAt = (random: Random, middle: number, spread: number): number =>
  Math.min(22, Math.max(5, Math.round(random.normal(middle, spread))))
