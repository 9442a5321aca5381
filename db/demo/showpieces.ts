import { dueAt, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { isValidOn, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { rate, reopen } from './chapters/aftermath.ts'
import { approve, submit } from './chapters/answering.ts'
import { accept, acceptAsHead, assign, assignPerson } from './chapters/assignment.ts'
import { ask, note, reply } from './chapters/exchange.ts'
import { receive } from './chapters/intake.ts'
import {
  grantExtension,
  grantPause,
  refuse,
  requestExtension,
  requestPause,
  requestTransfer,
  resume,
} from './chapters/requests.ts'
import { type CityAgency, cityCalendarId, rootAgencyId } from './city.ts'
import { finish, tell, tryElsewhere, workOn } from './histories.ts'
import type { DayPlan } from './rates.ts'
import { agencyFor, partnersOf } from './routing.ts'
import { shownAgencies, shownCommune } from './staff.ts'
import type { Hands, Story } from './story.ts'
import type { World } from './world.ts'

/**
 * A report that keeps a view of a demo account from being empty. One of each is received every working day, and each
 * stays in its state for more than a working day, so that there is one at any day and hour.
 */
export type Showpiece = {
  /** Its categories; null: any. */
  categoryCodes: readonly string[] | null
  /** Its commune; null: any. */
  communeCode: string | null
  hands: Hands
  tell: (story: Story) => void
}

/** The instant `minutes` working minutes after the receipt, in the hours of the agency that works on it. */
type When = (minutes: number) => Date

type Post = { agencyId: string; communeCode: string | null; categoryCodes: readonly string[] }

/** Categories with forty working hours: a quarter of them is longer than a working day. */
const posts: readonly Post[] = [
  {
    agencyId: shownAgencies.ward,
    communeCode: shownCommune,
    categoryCodes: ['DT-01', 'DT-02', 'DT-03', 'DT-05', 'MT-02'],
  },
  { agencyId: shownAgencies.company, communeCode: null, categoryCodes: ['CX-02'] },
]

/**
 * The showpieces of a day, the most urgent first, by the position of their receipt among the day's moments.
 */
export function showpiecesOf(world: World, plan: DayPlan, moments: readonly { at: Date }[]): Map<number, Showpiece> {
  const pieces: { opening: Date; piece: Showpiece }[] = []
  if (plan.pieces === 'none') return new Map()
  const open = posts.flatMap((post) => {
    const agency = world.agencies.get(post.agencyId)
    const opening = agency && isValidOn(agency, plan.day) ? openingOn(plan, timeOf(world, agency.calendarId)) : null
    return agency && opening ? [{ post, agency, opening }] : []
  })
  const tellers = plan.pieces === 'all' ? [slow, asked, hard, reopened] : [slow, asked, tell, tell]
  for (const teller of tellers) {
    for (const { post, agency, opening } of open) {
      const hands = handsOf(world, agency)
      pieces.push({
        opening,
        piece: { ...post, hands, tell: (story) => teller(story, agency, clockFrom(story, agency)) },
      })
    }
  }
  const deskOpening = plan.pieces === 'all' ? openingOn(plan, timeOf(world, cityCalendarId)) : null
  if (deskOpening) {
    const anything = { categoryCodes: null, communeCode: null, hands: { dispatcher: world.staff.dispatchers[0] } }
    for (const teller of [askedAtDesk, unclear])
      pieces.push({ opening: deskOpening, piece: { ...anything, tell: teller } })
  }
  const placed = new Map<number, Showpiece>()
  let number = 0
  for (const { opening, piece } of pieces) {
    while (number < moments.length && (moments[number] as { at: Date }).at < opening) number += 1
    if (number === moments.length) break
    placed.set(number, piece)
    number += 1
  }
  return placed
}

function handsOf({ staff }: World, { id }: CityAgency): Hands {
  return { officer: staff.officersOf.get(id)?.[0], approver: staff.approversOf.get(id)?.[0] }
}

function timeOf({ times }: World, calendarId: string): WorkingTime {
  const time = times.get(calendarId)
  if (!time) throw new Error(`no calendar ${calendarId}`)
  return time
}

/** When the offices open on that day; null if they are closed. */
function openingOn({ day }: DayPlan, time: WorkingTime): Date | null {
  const slice = time.sliceFrom(startOfDay(day).getTime())
  return slice && localDayOf(new Date(slice.from)) === day ? new Date(slice.from) : null
}

function clockFrom({ life, random }: Story, { calendarId }: CityAgency): When {
  const received = life.now
  const time = life.timeOf(calendarId)
  return (minutes) => new Date(dueAt(received, minutes, time).getTime() + random.int(1, 55) * 1000)
}

/** Awaits acceptance, then its officer, passes the deadline, and awaits approval. */
function slow(story: Story, agency: CityAgency, when: When): void {
  receive(story)
  assign(story, agency, when(15))
  acceptAsHead(story, when(560))
  assignPerson(story, when(1130))
  note(story, when(1320))
  submit(story, when(2990))
  approve(story, when(3560))
  finish(story)
}

/** Awaits the citizen, then for someone to read the reply. */
function asked(story: Story, agency: CityAgency, when: When): void {
  receive(story)
  assign(story, agency, when(20))
  accept(story, when(60))
  ask(story, when(130))
  reply(story, when(770))
  submit(story, when(1410))
  approve(story, when(1520))
  finish(story)
}

/** Requests an extension, then a transfer, then a pause: each request is undecided for a while. */
function hard(story: Story, agency: CityAgency, when: When): void {
  const { world, category, place } = story
  receive(story)
  assign(story, agency, when(20))
  accept(story, when(60))
  const extension = requestExtension(story, 1440, when(95))
  if (extension) grantExtension(story, extension, when(735))
  const elsewhere = story.wrongAgency(when(760))
  refuse(story, requestTransfer(story, elsewhere, when(760)), when(1400))
  const [partner = elsewhere.id] = partnersOf(world, category, place.commune, when(1430))
  grantPause(story, requestPause(story, partner, when(1430)), when(2070))
  resume(story, when(2400))
  submit(story, when(2550))
  approve(story, when(2700))
  finish(story)
}

/** Answered at once, and rated dissatisfied. */
function reopened(story: Story, agency: CityAgency, when: When): void {
  receive(story)
  assign(story, agency, when(20))
  accept(story, when(50))
  submit(story, when(170))
  approve(story, when(230))
  rate(story, 'dissatisfied', true, when(300))
  reopen(story, when(350))
  submit(story, when(1000))
  approve(story, when(1060))
  finish(story)
}

/** The desk has to ask the citizen before it can assign the report. */
function askedAtDesk(story: Story): void {
  const { world, category, place } = story
  const when = clockFrom(story, deskOf(story))
  receive(story)
  ask(story, when(40))
  reply(story, when(690))
  assign(story, agencyFor(world, category, place.commune, when(730)), when(730))
  accept(story, when(790))
  workOn(story)
  finish(story)
}

/** No agency is responsible: returned three times, until the referee decides. */
function unclear(story: Story): void {
  const { world, category, place, life } = story
  const when = clockFrom(story, deskOf(story))
  receive(story)
  for (const minutes of [20, 190, 360]) {
    if (life.row.state === 'awaiting_intake') tryElsewhere(story, when(minutes))
  }
  if (life.row.state === 'awaiting_intake') {
    assign(story, agencyFor(world, category, place.commune, when(1200)), when(1200))
    accept(story, story.after(60))
  }
  workOn(story)
  finish(story)
}

/** The desk works by the hours of the city. */
const deskOf = ({ world }: Story): CityAgency => {
  const city = world.agencies.get(rootAgencyId)
  if (!city) throw new Error('the city is no agency')
  return city
}
