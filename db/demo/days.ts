import { dueAt } from '#server/calendars/rules/working-time.ts'
import { type Match, matchOf } from '#server/incidents/rules/matching.ts'
import { startOfDay } from '#server/platform/rules/local-day.ts'
import { type RejectReason, silentRejectReasons } from '#server/reports/rules/lifecycle.ts'
import { passOn } from './chapters/following.ts'
import { receive } from './chapters/intake.ts'
import {
  begin,
  type Draft,
  draw,
  drawErrand,
  drawNearby,
  drawReporter,
  drawShowpiece,
  enteredLate,
  type Reporter,
} from './drafts.ts'
import { tell, tellLinked, tellMerged, tellRejected } from './histories.ts'
import { type Life, notYet } from './life.ts'
import { type CityPlan, cityWorkingTime } from './plan.ts'
import { pressEnd } from './press.ts'
import { Random } from './random.ts'
import { type DayPlan, momentsOf, pressDay } from './rates.ts'
import { showpiecesOf } from './showpieces.ts'
import { type Fate, Story } from './story.ts'
import { categoryOf, declaredCategory, type World } from './world.ts'

export type LivedReport = {
  life: Life
  reporter: Reporter | null
  /** Position within the day, by receipt: the same each time the day is generated. */
  number: number
  /** The number of the report it was merged into. */
  mergedInto: number | null
  /** The number of the report it was linked to as the same matter. */
  linkedTo: number | null
  /** The incident it was suggested to at intake, and why; undecided. */
  suggestion: (Match & { incidentId: string }) | null
}

/** Reports changed by staff, by number: nothing is merged into them. */
type Taken = (number: number) => boolean

const duplicateShare = 0.028
const mergedShare = 0.6
/** The share of the other duplicates that is linked. */
const linkedShare = 0.9
/** A duplicate follows its original within this many reports. */
const duplicateReach = 12
const rainShare = 0.16
/** The share rejected for missing information rather than for their content. */
const lackingShare = 0.021

/** Every report of one day, generated up to the city's current hour, in the order of receipt. */
export function liveDay(world: World, city: CityPlan, plan: DayPlan, isTaken: Taken = () => false): LivedReport[] {
  const random = new Random(`${world.seed}/day/${plan.day}`)
  const moments = momentsOf(world.seed, plan)
  const pieces = showpiecesOf(world, plan, moments)
  const figures = city.press.openDay(plan.day)
  const lived: LivedReport[] = []
  const drafts: Draft[] = []
  /** The reports of the day into which others may be merged. */
  const isCanonical: boolean[] = []
  const isLinked: boolean[] = []
  for (const [place, { at, isStorm }] of moments.entries()) {
    if (at > world.today) break
    const own = random.fork(place)
    const piece = pieces.get(place)
    const { errand, ...wait } = city.morning.of(plan, place)
    const { rain, yagi } = world.incidents
    const inRain = !piece && !errand && at >= rain.startsAt && at < world.rainUntil && own.chance(rainShare)
    const original =
      place > 0 && own.chance(duplicateShare) ? own.int(Math.max(0, place - duplicateReach), place - 1) : -1
    const known = piece || errand || isStorm ? undefined : drafts[original]
    const draft = piece
      ? drawShowpiece(world, own, piece)
      : errand
        ? drawErrand(world, own, errand)
        : known
          ? drawNearby(own, known)
          : draw(world, own, isStorm || inRain)
    drafts.push(draft)
    const incident = isStorm ? yagi : inRain ? rain : null
    const reason = piece || incident ? null : errand ? draft.scene.refusedFor : refusalOf(own, draft)
    const life = begin(world, own, draft, {
      at,
      isStorm,
      incidentId: incident?.id ?? null,
      isShown: piece !== undefined,
      channel: errand?.channel ?? null,
      hasPin: errand?.hasPin ?? true,
      lacks: reason === 'insufficient' ? 'place' : reason === 'not_own_picture' ? 'own_picture' : null,
      lastTitle: lived.at(-1)?.life.row.title,
    })
    const isTwin = known !== undefined && reason === null && isCanonical[original] === true
    const isMerged = isTwin && own.chance(mergedShare)
    const joins = isTwin && !isMerged && !isLinked[original] && own.fork('link').chance(linkedShare)
    isLinked.push(joins)
    isCanonical.push(reason === null && !isMerged && !piece)
    const counts = !isMerged && !isSilent(reason)
    const becomes = counts && plan.day <= pressDay ? figures({ at, isRejected: reason !== null, isStorm }) : null
    const story = new Story({
      world,
      life,
      random: own.fork('life'),
      ...draft,
      category: categoryOf(world, draft.scene.categoryCode),
      fate: becomes ? pressFate[becomes] : fateOf(world, city, plan, place),
      wait,
      storm: life.row.severity === 'urgent' ? incident : null,
      hands: piece?.hands ?? {},
    })
    const target = isMerged || joins ? lived[original] : undefined
    if (!piece && !incident && !reason && !known)
      life.row.categoryCode = declaredCategory(world, own.fork('declared'), story.category).code
    if (!piece && !incident && plan.day > pressDay) life.enteredAt = enteredLate(world, own.fork('entered'), life.row)
    upToNow(() => {
      if (piece) piece.tell(story)
      else if (reason) tellRejected(story, reason)
      else if (target && isTaken(target.number)) receive(story)
      else if (target && joins) tellLinked(story)
      else if (target) tellMerged(story)
      else tell(story)
    })
    const follows = target ? followed(life, target) : null
    Object.assign(life.row, life.deadline(), { photoCount: life.photos.length })
    lived.push({
      life,
      reporter: drawReporter(own.fork('reporter'), life.row.channel),
      number: place + 1,
      mergedInto: follows === 'merged' && target ? target.number : null,
      linkedTo: follows === 'linked' && target ? target.number : null,
      suggestion: suggestionOf(world, life),
    })
  }
  return lived
}

/** How the report now follows the other, which counts it and whose answers also reach its citizen. */
function followed(life: Life, target: LivedReport): 'merged' | 'linked' | null {
  const isMerged = life.row.state === 'merged'
  const joined = life.events.find(({ event }) => event === (isMerged ? 'report.merged' : 'report.linked'))
  if (!joined) return null
  const { row } = target.life
  if (isMerged) row.mergedCount = (row.mergedCount ?? 0) + 1
  else row.linkedCount = (row.linkedCount ?? 0) + 1
  passOn(life, target, joined.at)
  return isMerged ? 'merged' : 'linked'
}

/** Only the open incident is still matched with reports. */
function suggestionOf({ incidents: { rain } }: World, { row }: Life): LivedReport['suggestion'] {
  if (row.incidentId || row.state === 'merged' || row.state === 'rejected') return null
  const arrival = { ...row, at: row.occurredAt ?? row.receivedAt, areaId: row.areaId ?? null }
  const match = matchOf(arrival, { ...rain, ...rain.matcher, closedAt: null, areaIds: [] })
  return match && { ...match, incidentId: rain.id }
}

/** Runs the chapters up to the city's current hour. */
function upToNow(chapters: () => void): void {
  try {
    chapters()
  } catch (error) {
    if (error !== notYet) throw error
  }
}

/** Reports out of scope are rejected; sometimes also those with too little information or a picture not their own. */
function refusalOf(random: Random, { scene }: Draft): RejectReason | null {
  if (scene.refusedFor) return scene.refusedFor
  if (!scene.isPlaced || !random.chance(lackingShare)) return null
  return scene.motif !== null && random.chance(0.3) ? 'not_own_picture' : 'insufficient'
}

const isSilent = (reason: RejectReason | null): boolean =>
  (silentRejectReasons as readonly (RejectReason | null)[]).includes(reason)

const free: Fate = { answeredBy: null, answeredAfter: null }
const pressFate: Record<'handled' | 'open', Fate> = {
  handled: { answeredBy: pressEnd, answeredAfter: null },
  open: { answeredBy: null, answeredAfter: pressEnd },
}
const oldestDays = 80
const dayMillis = 86_400_000

/** The position of the report that is left open on such a day. */
const leftPlace = 1

/**
 * Today's backlog does not grow with the size of the city: on some of the thinned days one report is still open.
 */
export function isOneLeft({ first, seed }: World, { day, isThinned, reports }: DayPlan): boolean {
  const age = first.getTime() - startOfDay(day).getTime()
  const mayBe = isThinned && reports > leftPlace && age < oldestDays * dayMillis
  return mayBe && new Random(`${seed}/left/${day}`).chance(0.5)
}

function fateOf(world: World, city: CityPlan, plan: DayPlan, place: number): Fate {
  if (!plan.isThinned) return free
  return place === leftPlace && isOneLeft(world, plan)
    ? { answeredBy: null, answeredAfter: dueAt(world.first, 480, cityWorkingTime(world)) }
    : { answeredBy: city.thinnedBy, answeredAfter: null }
}
