import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#server/platform/rules/text.ts'
import { type IncidentMatcher, keywordsIn, matchOf } from './matching.ts'
import { categoriesOf, subTypeOf, subTypes } from './sub-types.ts'

const at = (text: string) => new Date(`${text}+07:00`)
const storm: IncidentMatcher = {
  startsAt: at('2026-09-06T00:00'),
  endsAt: at('2026-09-10T00:00'),
  closedAt: null,
  areaIds: [7, 8],
  subTypes: ['fallen_tree', 'flooding'],
  keywords: ['mất điện', 'úng'],
}
const report = {
  at: at('2026-09-07T10:00'),
  areaId: 7,
  categoryCode: 'CX-01',
  title: 'Cây đổ chắn ngang đường',
  body: 'Mong sớm dọn.',
}

describe('a report may belong to an incident', () => {
  test.each([
    ['by its category', report, { subType: 'fallen_tree', keywords: [] }],
    [
      'by a keyword',
      { ...report, categoryCode: 'KH-99', body: 'Cả ngõ mất điện' },
      { subType: null, keywords: ['mất điện'] },
    ],
    [
      'by a keyword typed in Telex',
      { ...report, categoryCode: 'KH-99', title: 'Hoongr', body: 'Car ngox maats ddieenj' },
      { subType: null, keywords: ['mất điện'] },
    ],
    ['by both', { ...report, body: 'Mất điện từ đêm' }, { subType: 'fallen_tree', keywords: ['mất điện'] }],
    [
      'by a word without accents',
      { ...report, categoryCode: 'KH-99', title: 'MAT DIEN' },
      { subType: null, keywords: ['mất điện'] },
    ],
    ['at its very start', { ...report, at: storm.startsAt }, { subType: 'fallen_tree', keywords: [] }],
  ])('%s', (_, arrival, match) => {
    expect(matchOf(arrival, storm)).toEqual(match)
  })

  test.each([
    ['from before it began', { ...report, at: at('2026-09-05T23:59') }, storm],
    ['from when it was over', { ...report, at: at('2026-09-10T00:00') }, storm],
    ['from elsewhere', { ...report, areaId: 9 }, storm],
    ['from nobody knows where', { ...report, areaId: null }, storm],
    ['about something else', { ...report, categoryCode: 'GD-01' }, storm],
    ['once it is closed', report, { ...storm, closedAt: at('2026-09-09T00:00') }],
    ['if it looks out for nothing', report, { ...storm, subTypes: [], keywords: [] }],
  ])('but not one %s', (_, arrival, incident) => {
    expect(matchOf(arrival, incident)).toBeNull()
  })

  test('of the whole city also where its place is not known', () => {
    expect(matchOf({ ...report, areaId: null }, { ...storm, areaIds: [] })).not.toBeNull()
  })
})

describe('a keyword', () => {
  test.each([
    ['Đường ngập sâu', ['ngập'], ['ngập']],
    ['duong ngap sau', ['ngập'], ['ngập']],
    ['Đường ngập sâu', ['ngap'], ['ngap']],
    ['Báo qua ứng dụng, cung ứng nước', ['úng'], []],
    ['Bao qua ung dung', ['úng'], ['úng']],
    ['Khu hoà bình', ['hòa'], ['hòa']],
    ['Cây đổ'.normalize('NFD'), ['cây đổ'], ['cây đổ']],
    ['Cây, đổ!', ['cây đổ'], ['cây đổ']],
    ['Cây bị đổ', ['cây đổ'], []],
    ['bão', ['', ' – '], []],
  ])('in “%s”: %j', (text, keywords, found) => {
    expect(keywordsIn(text, keywords)).toEqual(found)
  })

  const words = fc.array(fc.constantFrom('ngập', 'úng', 'cây', 'đổ', 'hoà', 'nước', 'Đường', 'mái'), {
    minLength: 1,
    maxLength: 6,
  })
  test('is found anywhere in the text, with accents and without', () => {
    fc.assert(
      fc.property(words, words, words, (before, keyword, after) => {
        const phrase = keyword.join(' ')
        const text = [...before, ...keyword, ...after].join(' ')
        expect(keywordsIn(text, [phrase])).toEqual([phrase])
        expect(keywordsIn(fold(text), [phrase])).toEqual([phrase])
        expect(keywordsIn(text.normalize('NFD').toUpperCase(), [phrase])).toEqual([phrase])
      }),
    )
  })

  test('more keywords, or more areas, never lose a report', () => {
    fc.assert(
      fc.property(words, words, fc.integer({ min: 1, max: 20 }), (text, more, areaId) => {
        const arrival = { ...report, areaId, categoryCode: 'KH-99', title: text.join(' ') }
        const before = matchOf(arrival, storm)
        const wider = { ...storm, areaIds: [...storm.areaIds, areaId], keywords: [...storm.keywords, ...more] }
        if (before) expect(matchOf(arrival, wider)?.keywords).toEqual(expect.arrayContaining(before.keywords))
      }),
    )
  })
})

test('a category belongs to one sub-type at most', () => {
  const codes = subTypes.flatMap((subType) => categoriesOf[subType])
  expect(new Set(codes).size).toBe(codes.length)
  expect(subTypes.map((subType) => subTypeOf(categoriesOf[subType][0] ?? ''))).toEqual([...subTypes])
  expect(subTypeOf('GD-01')).toBeNull()
})
