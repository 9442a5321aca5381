import type * as schema from '#db/schema/index.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import type { Channel, Severity } from '#server/reports/rules/lifecycle.ts'
import { tell, tellMerged } from './histories.ts'
import { Life } from './life.ts'
import { drawPerson, drawPhone, emailOf } from './people.ts'
import { type Place, pointNear } from './places.ts'
import { Random, WeightedTable } from './random.ts'
import { type DayPlan, hourWeights, pressDay, stormDays } from './rates.ts'
import type { Scene } from './scenes.ts'
import { type Fate, Story } from './story.ts'
import { writeText } from './texts.ts'
import type { World } from './world.ts'

export type LivedReport = {
  life: Life
  reporter: Omit<typeof schema.reporters.$inferInsert, 'reportId'> | null
  /** Position within the day, by receipt: the running number of its code. */
  number: number
  /** Position within the day of the report it was merged into. */
  mergedInto: number | null
}

const hours = new WeightedTable(hourWeights)
const channelTable = new WeightedTable<Channel>([
  ['app', 68],
  ['hotline', 16],
  ['web', 8],
  ['email', 3],
  ['walk_in', 3],
  ['open311', 2],
])
const tagTable = [
  'cần khảo sát',
  'điểm nóng',
  'báo chí nêu',
  'liên ngành',
  'lặp lại nhiều lần',
  'trường học',
  'bệnh viện',
  'sau bão',
]
const rejectedShare = 0.063
const silentShare = 0.014
const pressHandledShare = 0.7556
const pressEnd = startOfDay(dayAfter(pressDay))
const dayLength = 86_400_000

/** Shares out which reports of the press window were handled by its end: exact to one report, whatever chance does. */
export class PressFigures {
  #owed = 0
  readonly #share: ReadonlyMap<LocalDay, number>

  constructor(days: readonly DayPlan[]) {
    const press = days.filter((plan) => plan.day <= pressDay)
    const freshness = (at: number) => (press.length - at > 16 ? 1 : 0.25 + (0.75 * (press.length - at)) / 16)
    const total = press.reduce((sum, plan) => sum + plan.reports, 0)
    const weighted = press.reduce((sum, plan, at) => sum + plan.reports * freshness(at), 0)
    this.#share = new Map(
      press.map((plan, at) => [plan.day, (pressHandledShare * total * freshness(at)) / weighted] as const),
    )
  }

  /** What becomes of the next report of the day that counts. */
  next(day: LocalDay, isRejected: boolean, isStorm: boolean): 'handled' | 'open' {
    this.#owed += this.#share.get(day) ?? 0
    if (isRejected || (!isStorm && this.#owed < 1)) return 'open'
    this.#owed -= 1
    return 'handled'
  }
}

type Opening = { at: Date; storm: boolean }

/** Every report of one day, lived through to the hour the city stands at, in the order of receipt. */
export function liveDay(world: World, plan: DayPlan, press: PressFigures, fullFrom: LocalDay): LivedReport[] {
  const random = new Random(`${world.seed}/day/${plan.day}`)
  const openings = openingsOf(plan, random.fork('hours'))
  const lived: LivedReport[] = []
  /** Which reports of the day another may be merged into. */
  const isCanonical: boolean[] = []
  const drafts: { scene: Scene; place: Place }[] = []
  openings.forEach(({ at, storm }, number) => {
    if (at > world.today) return
    const own = random.fork(number)
    const inRain = at >= world.incidents.rainFrom && at < world.incidents.rainTo && own.chance(0.16)
    const original = number > 0 && own.chance(0.022) ? own.int(Math.max(0, number - 12), number - 1) : null
    const draft =
      (original !== null && drafts[original] ? nearby(own, drafts[original]) : null) ??
      fresh(world, own, storm || inRain)
    drafts.push(draft)
    const isSilent = !storm && own.chance(silentShare)
    const isRejected =
      isSilent || (!storm && own.chance(draft.scene.categoryCode === 'KH-99' ? 0.8 : rejectedShare * 0.78))
    const isMerged = original !== null && !storm && !isRejected && isCanonical[original] === true && own.chance(0.6)
    isCanonical.push(!isRejected && !isMerged)
    const fate = fateOf(world, plan, press, fullFrom, { isSilent, isRejected, isMerged, storm, number, random: own })
    const life = lifeOf(world, own, draft, { at, storm, inRain, lastTitle: lived.at(-1)?.life.row.title })
    const story = new Story({
      world,
      life,
      random: own.fork('life'),
      ...draft,
      category: categoryOf(world, draft.scene),
      fate,
      isStorm: storm || (inRain && life.row.severity === 'urgent'),
    })
    const canonical = original === null ? undefined : lived[original]
    if (isMerged && canonical) tellMerged(story)
    else tell(story)
    if (life.row.state === 'merged' && canonical)
      canonical.life.row.mergedCount = (canonical.life.row.mergedCount ?? 0) + 1
    Object.assign(life.row, life.deadline())
    if (life.row.state !== 'awaiting_intake' && !isMerged && own.chance(0.05))
      life.row.tags = own.sample(tagTable, own.int(1, 2))
    lived.push({
      life,
      reporter: reporterOf(own, life.row.channel),
      number: number + 1,
      mergedInto: life.row.state === 'merged' ? original : null,
    })
  })
  return lived
}

function openingsOf(plan: DayPlan, random: Random): Opening[] {
  const start = startOfDay(plan.day).getTime()
  const first = plan.day === stormDays[0] ? 8 : 0
  const openings = Array.from({ length: plan.reports }, (_, at): Opening => {
    const storm = at < plan.storm
    const hour = storm ? Math.max(first, hours.draw(random)) : hours.draw(random)
    return { at: new Date(start + hour * 3_600_000 + random.int(0, 3_599) * 1000), storm }
  })
  return openings.sort((a, b) => a.at.getTime() - b.at.getTime())
}

function fresh(world: World, random: Random, storm: boolean): { scene: Scene; place: Place } {
  for (;;) {
    const place = world.places.draw(random)
    const categoryCode = (storm ? world.stormTable : world.categoryTable).draw(random)
    const scene = world.scenes.draw(random, { categoryCode, isRural: place.commune.isRural, inStorm: storm })
    if (scene) return { scene, place }
  }
}

/** Another citizen about the same thing, a few steps away. */
function nearby(random: Random, { scene, place }: { scene: Scene; place: Place }): { scene: Scene; place: Place } {
  return { scene, place: { ...place, point: pointNear(random, place.commune, place.point, random.int(8, 90)) } }
}

type FateParts = {
  isSilent: boolean
  isRejected: boolean
  isMerged: boolean
  storm: boolean
  number: number
  random: Random
}

function fateOf(world: World, plan: DayPlan, press: PressFigures, fullFrom: LocalDay, parts: FateParts): Fate {
  const { isSilent, isRejected, storm, number } = parts
  const none = { answeredBy: null, answeredAfter: null, isRejected, isSilent }
  if (plan.day <= pressDay) {
    // Spam, tests and merged reports leave the figures: they are nobody's quota.
    if (isSilent || parts.isMerged) return none
    const becomes = press.next(plan.day, isRejected, storm)
    if (isRejected) return { ...none, answeredBy: pressEnd }
    return becomes === 'handled'
      ? { ...none, answeredBy: pressEnd }
      : { ...none, answeredAfter: new Date(pressEnd.getTime() + 9 * 3_600_000) }
  }
  if (!plan.isThinned) return none
  // The backlog of today may not grow with the size of the city: of older reports only a fixed few are still open.
  const age = world.first.getTime() - startOfDay(plan.day).getTime()
  if (number === 1 && age < 80 * dayLength && parts.random.chance(0.5))
    return { ...none, answeredAfter: new Date(world.first.getTime() + dayLength) }
  return { ...none, answeredBy: new Date(startOfDay(fullFrom).getTime() + 3 * dayLength) }
}

function categoryOf(world: World, scene: Scene) {
  const category = world.categories.get(scene.categoryCode)
  if (!category) throw new Error(`no category ${scene.categoryCode}`)
  return category
}

type Start = { at: Date; storm: boolean; inRain: boolean; lastTitle: string | undefined }

function lifeOf(
  world: World,
  random: Random,
  { scene, place }: { scene: Scene; place: Place },
  { at, storm, inRain, lastTitle }: Start,
): Life {
  const local = new Date(at.getTime() + 7 * 3_600_000)
  const moment = {
    hour: local.getUTCHours(),
    day: local.getUTCDate(),
    month: local.getUTCMonth() + 1,
    hasDistricts: local.toISOString() < '2025-07-01',
  }
  const first = writeText(random.fork('text'), scene, place, moment)
  const text = first.title === lastTitle ? writeText(random.fork('text again'), scene, place, moment) : first
  const category = categoryOf(world, scene)
  const severity: Severity =
    storm || scene.isUrgent ? 'urgent' : random.chance(0.03) ? 'complex' : category.defaultSeverity
  const channel = channelTable.draw(random)
  const life = new Life(
    {
      state: 'awaiting_intake',
      stateBefore: null,
      severity,
      channel,
      categoryCode: category.code,
      areaId: world.areaIds.get(place.commune.code) ?? null,
      title: text.title.normalize('NFC'),
      body: text.body.normalize('NFC'),
      address: place.address,
      lon: Math.round(place.point.lon * 1e6) / 1e6,
      lat: Math.round(place.point.lat * 1e6) / 1e6,
      receivedAt: at,
      occurredAt: null,
      agencyId: null,
      heldBy: [],
      assigneeId: null,
      incidentId: storm ? world.incidents.yagi : inRain ? world.incidents.rain : null,
      mergedIntoId: null,
      mergedCount: 0,
      answeredAt: null,
      closedAt: null,
      lastActivityAt: at,
      lastActivityBy: 'citizen',
      askedById: null,
      returnCount: 0,
      transferCount: 0,
      reopenCount: 0,
      photoCount: 0,
      rejectReason: null,
      rating: null,
      tags: [],
      source: 'demo',
      sourceKey: '',
      version: 1,
    },
    world.times,
    world.today,
  )
  if (random.chance(channel === 'app' ? 0.78 : channel === 'web' ? 0.6 : 0.12)) {
    for (let i = random.int(1, 3); i > 0; i -= 1) {
      const fileId = world.photos.pick(random, scene.motif, category.code, 'before')
      if (fileId && !life.photos.some((photo) => photo.fileId === fileId)) {
        life.photos.push({
          fileId,
          kind: 'citizen',
          answerId: null,
          addedById: null,
          addedAt: at,
          position: life.photos.length,
        })
      }
    }
  }
  return life
}

function reporterOf(random: Random, channel: Channel): LivedReport['reporter'] {
  const own = random.fork('reporter')
  if (own.chance(0.03)) return null
  const person = drawPerson(own)
  return {
    name: person.name,
    phone: channel === 'email' ? null : drawPhone(own),
    email: channel === 'email' || own.chance(0.25) ? emailOf(own, person) : null,
    address: null,
  }
}
