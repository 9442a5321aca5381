import { expect, test } from 'vitest'
import { fold } from '#server/platform/rules/text.ts'
import { readTable } from './files.ts'
import { buildPlaces } from './places.ts'
import { Random } from './random.ts'
import { parseScenes, readScenes, tabulateScenes } from './scenes.ts'
import { misspelt, newMarks, respell, spellings, telex } from './spelling.ts'
import { namesIn } from './templates.ts'
import { writeText } from './texts.ts'
import { wordsFor } from './words.ts'

const scenes = readScenes()
const tables = tabulateScenes(scenes)
const places = buildPlaces('test')
const leaves = readTable<'code' | 'level'>('categories.csv').flatMap(({ code, level }) => (level === '2' ? [code] : []))
const moment = { hour: 9, day: 14, month: 8, hasDistricts: true }

const write = (random: Random, inStorm = false) => {
  const place = places.draw(random)
  const scene = tables.draw(random, { categoryCode: random.pick(leaves), isRural: place.commune.isRural, inStorm })
  return scene ? writeText(random, scene, place, moment) : null
}

test('each of the 72 categories has a scene, urban and rural, in calm weather and in storm', () => {
  expect(leaves).toHaveLength(72)
  expect(new Set(scenes.map((scene) => scene.categoryCode))).toEqual(new Set(leaves))
  const random = new Random('cover')
  for (const categoryCode of leaves) {
    for (const isRural of [false, true]) {
      for (const inStorm of [false, true]) {
        const found = tables.draw(random, { categoryCode, isRural, inStorm })
        // Rescue is needed only during floods; there are no such reports in calm weather.
        if (categoryCode !== 'TL-02' || inStorm) expect(found, `${categoryCode} ${isRural} ${inStorm}`).not.toBeNull()
      }
    }
  }
})

test('every scene has titles, facts and actions, and uses only available words', () => {
  const [place, random] = [places.draw(new Random('words')), new Random('words')]
  for (const scene of scenes) {
    expect(scene.titles.length, scene.key).toBeGreaterThan(0)
    expect(scene.facts.length, scene.key).toBeGreaterThan(0)
    expect(scene.actions.length, scene.key).toBeGreaterThan(0)
    const words = wordsFor(random, scene, place, moment)
    const phrases = [scene.titles, scene.facts, scene.details, scene.requests, scene.actions].flat()
    for (const name of phrases.flatMap(namesIn)) expect(words(name), `${scene.key} {${name}}`).not.toBe('')
  }
})

test('variants of a scene keep title and body consistent', () => {
  const parsed = parseScenes('== GT-01 pothole w=2\nTa One\nTb Other\nFa First\nFb Second\nM Both\nD Done\n')
  expect(parsed.map(({ key, weight }) => [key, weight])).toEqual([
    ['GT-01/1a', 1],
    ['GT-01/1b', 1],
  ])
  expect(parsed[1]?.titles).toEqual([[{ kind: 'text', text: 'Other' }]])
  expect(parsed[1]?.facts).toEqual([[{ kind: 'text', text: 'Second' }]])
  expect(parsed[1]?.details).toHaveLength(1)
  expect(() => parseScenes('== GT-01 pothole\nX nonsense\n')).toThrow('cannot read')
})

test('ten thousand reports have thousands of titles, and no text is repeated in succession', () => {
  const random = new Random('variety')
  const titles = new Set<string>()
  const bodies = new Set<string>()
  let previous = ''
  for (let i = 0; i < 10_000; i += 1) {
    const text = write(random)
    if (!text) continue
    expect(`${text.title} ${text.body}`).not.toBe(previous)
    expect(text.title.length).toBeGreaterThan(5)
    expect(text.title.length, text.title).toBeLessThan(140)
    expect(text.body.length).toBeGreaterThan(10)
    previous = `${text.title} ${text.body}`
    titles.add(text.title)
    bodies.add(text.body)
  }
  expect(titles.size).toBeGreaterThan(8_000)
  expect(bodies.size).toBeGreaterThan(8_500)
})

test('a screen of fifty rows seldom shows a title twice', () => {
  const random = new Random('screen')
  for (let screen = 0; screen < 40; screen += 1) {
    const titles = Array.from({ length: 50 }, () => write(random)?.title ?? `${random.float()}`)
    expect(new Set(titles).size).toBeGreaterThan(46)
  }
})

test('no placeholder, bracket or repeated word is left in a text', () => {
  const random = new Random('clean')
  for (let i = 0; i < 6_000; i += 1) {
    const text = write(random, i % 3 === 0)
    if (!text) continue
    for (const part of [text.title, text.body]) {
      expect(part).not.toMatch(/[{}[\]|]|undefined| {2}|\.\.\.\./)
      expect(part.normalize('NFC')).not.toMatch(/(?:ngõ ngõ|đường đường|phố phố|thôn thôn|chợ chợ) /i)
    }
  }
})

test('all spellings occur, and those that keep the letters fold to the original', () => {
  const random = new Random('spell')
  const seen = new Set<string>()
  for (let i = 0; i < 4_000; i += 1) seen.add(write(random)?.spelling ?? 'plain')
  expect([...seen].sort()).toEqual([...spellings].sort())
  const text = 'Cây đổ chắn ngang đường Hòa Bình, thủy lợi cũng ngập'
  for (const spelling of ['unaccented', 'capitals', 'decomposed', 'new_marks'] as const) {
    expect(fold(respell(text, spelling, random))).toBe(fold(text))
  }
})

test.each([
  ['đường', 'dduwowngf'],
  ['Cây đổ', 'Caay ddoor'],
  ['Đèn đường hỏng', 'DDenf dduwowngf hongr'],
  ['nước ngập quá', 'nuwowcs ngaapj quas'],
])('raw Telex of "%s"', (text, typed) => {
  expect(telex(text)).toBe(typed)
})

test.each([
  ['hòa thủy khỏe tòa', 'hoà thuỷ khoẻ toà'],
  ['hoàn toàn quý', 'hoàn toàn quý'],
  ['xóa chung', 'xoá chung'],
])('newer tone marks of "%s"', (text, typed) => {
  expect(newMarks(text)).toBe(typed)
})

test('misspelling changes a few words and keeps the rest', () => {
  const wrong = misspelt('Đường sụt lún, rất nguy hiểm, chưa ai xử lý, rác vẫn đầy', new Random('slip'))
  expect(wrong).not.toBe('Đường sụt lún, rất nguy hiểm, chưa ai xử lý, rác vẫn đầy')
  expect(wrong.split(' ')).toHaveLength(13)
})
