import { expect, test } from 'vitest'
import { rejectReasons } from '#server/reports/rules/lifecycle.ts'
import { voicesFor } from './answers.ts'
import { buildPlaces } from './places.ts'
import { Random } from './random.ts'
import { readScenes } from './scenes.ts'
import type { Telling, Voices } from './voices.ts'

const places = buildPlaces('test')
const scenes = readScenes()
const voices = voicesFor()
const at = new Date('2024-08-12T15:30:00+07:00')

const tellingOf = (seed: string): Telling => {
  const random = new Random(seed)
  return {
    random,
    scene: random.pick(scenes),
    place: places.draw(random),
    moment: { hour: 15, day: 12, month: 8, hasDistricts: true },
    agency: 'UBND Hoàn Kiếm',
    at,
  }
}

test('an answer says what, where and when for every scene, and is the same for the same seed', () => {
  for (const scene of scenes) {
    const telling = () => ({ ...tellingOf(scene.key), scene })
    const answer = voices.answer(telling())
    expect(answer).toEqual(voices.answer(telling()))
    for (const part of [answer.what, answer.where, answer.when]) {
      expect(part, scene.key).toMatch(/\S{2}/)
      expect(part, scene.key).not.toMatch(/[{}[\]|]/)
    }
    expect(answer.when).toContain('12/08/2024')
  }
})

test('most answers say what comes next', () => {
  const withNext = Array.from({ length: 1_000 }, (_, i) => voices.answer(tellingOf(`next ${i}`))).filter(
    ({ next }) => next,
  )
  expect(withNext.length).toBeGreaterThan(820)
  expect(withNext.length).toBeLessThan(950)
})

test('the work is done before the answer is written', () => {
  for (let i = 0; i < 300; i += 1) {
    const { when } = voices.answer(tellingOf(`before ${i}`))
    const [, hour, minute] = /(\d\d):(\d\d)/.exec(when) ?? []
    if (hour !== undefined) expect(Number(hour) * 60 + Number(minute)).toBeLessThan(15 * 60 + 30)
  }
})

test.each(rejectReasons)('a rejection for %s has its own words', (reason) => {
  const said = new Set(Array.from({ length: 30 }, (_, i) => voices.rejection(tellingOf(`${reason} ${i}`), reason)))
  expect([...said].every((text) => text.length > 15)).toBe(true)
})

test.each([
  'question',
  'reply',
  'note',
  'remarks',
  'returnReason',
  'transferReason',
  'extensionReason',
  'pauseReason',
  'wishToReopen',
] as const satisfies readonly (keyof Voices)[])('%s: many ways to say it, none with a slot left open', (voice) => {
  const said = Array.from({ length: 300 }, (_, i) => voices[voice](tellingOf(`${voice} ${i}`)))
  expect(new Set(said).size).toBeGreaterThan(4)
  for (const text of said) expect(text).not.toMatch(/[{}[\]|]|undefined/)
})

test('a dissatisfied citizen nearly always says why', () => {
  const words = Array.from({ length: 200 }, (_, i) => voices.ratingWords(tellingOf(`rating ${i}`), 'dissatisfied'))
  expect(words.filter(Boolean).length).toBeGreaterThan(160)
})
