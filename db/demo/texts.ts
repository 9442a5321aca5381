import {
  anywhere,
  asides,
  contacts,
  dangerOutcries,
  dangerous,
  greetings,
  locations,
  outcries,
  placings,
  pleas,
  teenEndings,
  thanks,
} from './phrases.ts'
import type { Place } from './places.ts'
import { type Random, WeightedTable } from './random.ts'
import type { Scene } from './scenes.ts'
import { respell, type Spelling } from './spelling.ts'
import { render, type Template } from './templates.ts'
import { lowerFirst, type Moment, sentence, upperFirst, wordsFor } from './words.ts'

export type { Moment } from './words.ts'
export type Text = { title: string; body: string; spelling: Spelling; mood: Mood; holdsPersonalData: boolean }

type Mood = 'plain' | 'polite' | 'angry' | 'short'

const moods = new WeightedTable<Mood>([
  ['plain', 48],
  ['polite', 20],
  ['angry', 16],
  ['short', 16],
])

const spellingTables = new Map<Mood, WeightedTable<Spelling>>(
  (
    [
      [
        'plain',
        {
          plain: 70,
          unaccented: 14,
          shorthand: 6,
          new_marks: 5,
          misspelt: 4,
          decomposed: 1,
          telex: 0.7,
          capitals: 0.6,
        },
      ],
      ['polite', { plain: 86, new_marks: 9, decomposed: 3, unaccented: 2 }],
      ['angry', { plain: 75, unaccented: 10, capitals: 5, shorthand: 4, misspelt: 6 }],
      ['short', { plain: 62, unaccented: 24, shorthand: 7, capitals: 3, telex: 2, misspelt: 2 }],
    ] as [Mood, Partial<Record<Spelling, number>>][]
  ).map(([mood, weights]) => [mood, new WeightedTable(Object.entries(weights) as [Spelling, number][])]),
)

/** A title and a body about one scene at one place, in one of the tones and spellings that citizens use. */
export function writeText(random: Random, scene: Scene, place: Place, moment: Moment): Text {
  const isIdle = scene.refusedFor === 'spam' || scene.refusedFor === 'test'
  const mood = isIdle || (scene.isUrgent && random.chance(0.3)) ? 'short' : moods.draw(random)
  const spelling = (spellingTables.get(mood) as WeightedTable<Spelling>).draw(random)
  const used = new Set<string>()
  const words = wordsFor(random, scene, place, moment, used)
  const say = (list: readonly Template[]) => sentence(render(random.pick(list), random, words))
  const fact = say(scene.facts)
  let title = render(random.pick(scene.titles), random, words)
  if (mood === 'short' && random.chance(0.3) && title.length > 40) title = title.split(',')[0] ?? title
  if (scene.isPlaced && !used.has('place') && random.chance(0.6))
    title = `${title} ${render(random.pick(placings), random, words)}`
  const parts = [fact]
  if (mood !== 'short' && scene.details.length > 0 && random.chance(0.72)) parts.push(say(scene.details))
  if (mood !== 'short' && random.chance(0.3)) parts.push(say(scene.isPlaced ? asides : anywhere))
  if (scene.isPlaced && random.chance(mood === 'short' ? 0.15 : 0.34)) parts.push(say(locations))
  if (mood === 'angry')
    parts.push(say(dangerous.has(scene.motif ?? '') && random.chance(0.4) ? dangerOutcries : outcries))
  else if (scene.requests.length > 0 && random.chance(mood === 'short' ? 0.2 : 0.75)) parts.push(say(scene.requests))
  else if (mood === 'plain' && random.chance(0.5)) parts.push(say(pleas))
  const holdsPersonalData = mood !== 'short' && random.chance(0.05)
  if (holdsPersonalData) parts.push(say(contacts))
  if (mood === 'polite') parts.push(say(thanks))
  const greeting = mood === 'polite' ? render(random.pick(greetings), random, words) : ''
  const opening = greeting.endsWith(', ') ? lowerFirst(parts.join(' ')) : parts.join(' ')
  return finish(
    random,
    { title: upperFirst(title), body: `${greeting}${opening}` },
    { mood, spelling, holdsPersonalData },
  )
}

function finish(
  random: Random,
  text: { title: string; body: string },
  rest: Pick<Text, 'mood' | 'spelling' | 'holdsPersonalData'>,
): Text {
  const { spelling, mood } = rest
  let title = respell(withoutEcho(text.title), spelling, random)
  let body = respell(withoutEcho(text.body), spelling, random)
  if (spelling === 'unaccented' && random.chance(0.6)) [title, body] = [title.toLowerCase(), body.toLowerCase()]
  if (spelling === 'shorthand') {
    body = `${random.chance(0.3) ? 'ad ơi ' : random.chance(0.2) ? 'mn ơi ' : ''}${body}${random.pick(teenEndings)}`
  }
  if (spelling === 'capitals' && random.chance(0.5)) body = `${body.replace(/\.$/, '')}!!!`
  if (mood === 'short' && random.chance(0.4)) body = body.replace(/\.$/, '')
  return { title, body, ...rest }
}

/** Removes repeated words, as in "đầu ngõ" followed by "ngõ 12 …". */
const withoutEcho = (text: string): string => text.replace(/(ngõ|đường|phố|thôn|chợ|xóm) (?=\1 )/giu, '')
