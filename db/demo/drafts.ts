import type * as schema from '#db/schema/index.ts'
import { dueAt, isOpenAt } from '#server/calendars/rules/working-time.ts'
import { type Channel, type Severity, staffChannels } from '#server/reports/rules/lifecycle.ts'
import { cityCalendarId } from './city.ts'
import { Life, type ReportRow } from './life.ts'
import type { Errand } from './morning.ts'
import { drawPerson, drawPhone, emailOf } from './people.ts'
import { type Place, placeIn, pointNear } from './places.ts'
import { Random, WeightedTable } from './random.ts'
import type { Scene } from './scenes.ts'
import type { Showpiece } from './showpieces.ts'
import { writeText } from './texts.ts'
import { momentAt } from './words.ts'
import { categoryOf, type World } from './world.ts'

/** The subject and the place of a report. */
export type Draft = { scene: Scene; place: Place }

const channelTable = new WeightedTable<Channel>([
  ['app', 68],
  ['hotline', 16],
  ['web', 8],
  ['email', 3],
  ['walk_in', 3],
  ['open311', 2],
])
/** The share that sends photos, and how many of those send one, two or three. */
const photoShares: Partial<Record<Channel, number>> = { app: 0.78, web: 0.6, open311: 0.7, email: 0.35 }
const photoCounts = new WeightedTable<number>([
  [1, 58],
  [2, 29],
  [3, 13],
])

export function draw(world: World, random: Random, inStorm: boolean): Draft {
  for (;;) {
    const place = world.places.draw(random)
    const categoryCode = (inStorm ? world.stormTable : world.categoryTable).draw(random)
    const scene = world.scenes.draw(random, { categoryCode, isRural: place.commune.isRural, inStorm })
    if (scene) return { scene, place }
  }
}

/** Another report about the same thing, a few steps away. */
export function drawNearby(random: Random, { scene, place }: Draft): Draft {
  return { scene, place: { ...place, point: pointNear(random, place.commune, place.point, random.int(8, 90)) } }
}

/** A new report of a morning. Those that are alike share scene and street, a few steps from each other. */
export function drawErrand(world: World, random: Random, { openedAt, alike, ...errand }: OpenedErrand): Draft {
  if (alike === undefined) return draftOf(world, random, errand)
  const matter = new Random(`${world.seed}/morning/${openedAt.toISOString()}/${alike}`)
  return drawNearby(random, draftOf(world, matter, errand))
}

type OpenedErrand = Errand & { openedAt: Date }

function draftOf(world: World, random: Random, { categoryCode, isUrgent = false }: Errand): Draft {
  const { defaultSeverity } = categoryOf(world, categoryCode)
  for (;;) {
    const place = world.places.draw(random)
    const scene = world.scenes.draw(random, { categoryCode, isRural: place.commune.isRural, inStorm: false })
    if (scene && (scene.isUrgent || defaultSeverity === 'urgent') === isUrgent) return { scene, place }
  }
}

/** Never urgent, so that its deadline leaves time for what it demonstrates. */
export function drawShowpiece(world: World, random: Random, { categoryCodes, communeCode }: Showpiece): Draft {
  const commune = world.places.communes.find(({ code }) => code === communeCode)
  for (;;) {
    const draft = draw(world, random, false)
    const place = commune ? placeIn(random, commune) : draft.place
    const categoryCode = categoryCodes ? random.pick(categoryCodes) : draft.scene.categoryCode
    const scene = categoryCodes
      ? world.scenes.draw(random, { categoryCode, isRural: place.commune.isRural, inStorm: false })
      : draft.scene
    if (scene && !scene.isUrgent && scene.refusedFor === null) return { scene, place }
  }
}

type Start = {
  at: Date
  isStorm: boolean
  incidentId: string | null
  isShown: boolean
  /** If it is not to be drawn. */
  channel: Channel | null
  /** Without a pin nobody knows its commune either. */
  hasPin: boolean
  /** The information that is missing in it. */
  lacks: 'place' | 'own_picture' | null
  /** The previous title: no two consecutive reports have the same one. */
  lastTitle: string | undefined
}

/** The report at its receipt. */
export function begin(world: World, random: Random, { scene, place }: Draft, start: Start): Life {
  const { at, isStorm, incidentId, lastTitle, lacks, hasPin } = start
  const isPlaced = scene.isPlaced && lacks !== 'place'
  const moment = momentAt(at)
  const first = writeText(random.fork('text'), scene, place, moment)
  const text = first.title === lastTitle ? writeText(random.fork('text again'), scene, place, moment) : first
  const category = categoryOf(world, scene.categoryCode)
  const isUrgent = isStorm || scene.isUrgent
  const severity: Severity = isUrgent ? 'urgent' : random.chance(0.03) ? 'complex' : category.defaultSeverity
  const channel = channelAt(world, start.channel ?? channelTable.draw(random), at)
  const isLate = isStorm && channel === 'hotline' && random.chance(0.4)
  const life = new Life(
    {
      state: 'awaiting_intake',
      stateBefore: null,
      severity: start.isShown ? 'normal' : severity,
      channel,
      categoryCode: category.code,
      areaId: hasPin ? (world.areaIds.get(place.commune.code) ?? null) : null,
      title: text.title.normalize('NFC'),
      body: text.body.normalize('NFC'),
      address: isPlaced ? place.address : '',
      lon: isPlaced && hasPin ? place.point.lon : null,
      lat: isPlaced && hasPin ? place.point.lat : null,
      receivedAt: at,
      // Replaced when it is received, by the category under which it is recorded.
      maturesAt: at,
      occurredAt: isLate ? new Date(at.getTime() - random.int(20, 300) * 60_000) : null,
      agencyId: null,
      heldBy: [],
      assigneeId: null,
      incidentId,
      mergedIntoId: null,
      mergedCount: 0,
      linkedCount: 0,
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
  const isPictured = isPlaced && random.chance(photoShares[channel] ?? 0)
  if (isPictured || lacks === 'own_picture') addPhotos(world, random, scene, life)
  return life
}

/** Counter and mail only in office hours. */
function channelAt(world: World, channel: Channel, at: Date): Channel {
  const needsOffice = channel === 'walk_in' || channel === 'email'
  const office = world.times.get(cityCalendarId)
  return needsOffice && office && !isOpenAt(at, office) ? 'app' : channel
}

/** How often staff enter a report later, and after how many working minutes. */
const lateEntries = 0.09
const lateMinutes = [50, 900] as const

/**
 * When staff entered a call, a letter or a visit that was noted on paper first; null: at once. None is still on paper
 * when the city is first seeded, because a report without its entry does not exist.
 */
export function enteredLate(world: World, random: Random, { channel, receivedAt }: ReportRow): Date | null {
  if (!(staffChannels as readonly Channel[]).includes(channel) || !random.chance(lateEntries)) return null
  const office = world.times.get(cityCalendarId)
  const at = office && dueAt(receivedAt, random.int(...lateMinutes), office)
  return at && at <= world.first ? at : null
}

function addPhotos(world: World, random: Random, scene: Scene, life: Life): void {
  for (let left = photoCounts.draw(random); left > 0; left -= 1) {
    const fileId = world.photos.pick(random, scene.motif, scene.categoryCode, 'before')
    if (!fileId || life.photos.some((photo) => photo.fileId === fileId)) continue
    const { receivedAt: addedAt } = life.row
    const position = life.photos.length
    life.hang({ fileId, kind: 'citizen', addedById: null, addedAt, position })
  }
}

export type Reporter = Omit<typeof schema.reporters.$inferInsert, 'reportId'>

/** A few are anonymous; callers and visitors give a phone number, writers an address. */
export function drawReporter(random: Random, channel: Channel): Reporter | null {
  if (!(staffChannels as readonly Channel[]).includes(channel) && random.chance(0.035)) return null
  const person = drawPerson(random)
  const isMail = channel === 'email'
  return {
    name: person.name,
    phone: isMail ? null : drawPhone(random),
    email: isMail || random.chance(0.25) ? emailOf(random, person) : null,
    address: null,
  }
}
