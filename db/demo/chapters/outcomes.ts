import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import type { OutcomeOf, StatedOutcome } from '#server/reports/rules/outcome.ts'
import type { Random } from '../random.ts'
import type { Story } from '../story.ts'

/** From this day on the desk asks for outcomes: answers of before state none. */
const askedFrom = startOfDay('2026-01-01')

type Words = { what: string; next?: string }

const notStated: OutcomeOf<'not_stated'> = { outcome: 'not_stated', plannedFor: null, referredTo: '' }
const usual: [StatedOutcome, number][] = [
  ['fixed', 78],
  ['temporary', 7],
  ['planned', 7],
  ['nothing_found', 5],
  ['not_ours', 3],
]
const elsewhere = [
  'Tổng Công ty Điện lực Hà Nội',
  'Viettel Hà Nội',
  'Công ty Nước sạch Hà Nội',
  'Ban Quản lý dự án đường sắt đô thị',
  'Sở Xây dựng tỉnh Hưng Yên',
]

/** A stream of its own: what is drawn for outcomes changes nothing else of the city. */
export const outcomeStream = ({ random, life }: Story, label: string): Random =>
  random.fork(`${label} ${life.row.reopenCount ?? 0}`)

const dayIn = ({ life }: Story, random: Random, least: number, most: number): string =>
  dayAfter(localDayOf(life.now), random.int(least, most))

/** What an answer says of the matter, with the words for it where it is not simply fixed. */
export function drawOutcome(story: Story, words: Words): OutcomeOf & { what: string } {
  const { life, storm, world } = story
  if (life.now < askedFrom) return { ...notStated, what: words.what }
  const random = outcomeStream(story, 'outcome')
  const outcome = storm ? 'fixed' : random.weighted(usual)
  const none = { plannedFor: null, referredTo: '' }
  if (outcome === 'fixed') return { outcome, ...none, what: words.what }
  const what = world.voices.outcome({ ...story.telling(), random }, outcome)
  if (outcome === 'planned') return { ...none, outcome, plannedFor: dayIn(story, random, 5, 40), what }
  return { ...none, outcome, referredTo: outcome === 'not_ours' ? random.pick(elsewhere) : '', what }
}
