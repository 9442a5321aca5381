import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import type { FilterSql } from '../../filter-sql.ts'
import { addressWith, parametersOf, readable } from './address.ts'
import type { DayRange } from './day-range.ts'
import { emptyOf, type Filters, type FilterValues, isAnySet, parseFilters, setNames, writeFilters } from './filters.ts'
import { anyText, code, number, slug, uuid } from './ids.ts'
import { choice, dayRange, id, ids, one, splitTags, tags, text, yesNo } from './kinds.ts'
import { shapeOf } from './schema.ts'
import type { Things } from './things.ts'
import { readTyped } from './typed.ts'
import { type FilterWords, filterLines } from './words.ts'

/** One filter of each kind, and of each way to write it. */
const filters = {
  words: text('q', { most: 20 }),
  colours: choice('colour', ['red', 'green', 'dark_blue'], {
    typed: ['colour', 'mau'],
    spelled: { warm: 'red', cool: ['green', 'dark_blue'] },
  }),
  size: one('size', ['small', 'large'], { typed: ['size'], spelled: { be: 'small' } }),
  state: one('state', ['active', 'inactive', 'all'], { usual: 'active' }),
  groups: ids('group', code, { of: 'groups', typed: ['group'] }),
  places: ids('place', number, { of: 'places', typed: ['place'] }),
  holder: id('holder', uuid, { of: 'people', words: ['me', 'none'], typed: ['holder'], spelled: { toi: 'me' } }),
  agency: id('agency', slug, { of: 'agencies' }),
  link: id('link', anyText(30), { of: 'links' }),
  made: dayRange('made', { typed: ['made'] }),
  seen: dayRange({ from: 'from', to: 'to' }),
  photo: yesNo('photo', { typed: ['has'], spelled: ['photo', 'anh'] }),
  personal: yesNo('personal', { yes: '1', no: null }),
  tags: tags('tag', { typed: ['tag'] }),
} as const satisfies Filters
const nothing = emptyOf(filters)
const lan = '00000000-0000-4000-8000-000000000001'

describe('an address', () => {
  const parameters = `q colour size state group place holder agency link made from to photo personal tag`.split(' ')
  const odd = fc.constantFrom(
    ...['', '0', '1', '12,13', '-1', 'x', "1' or 1=1", 'me', 'none', 'yes', 'no', 'active', 'all', 'small', 'red,odd'],
    ...['2026-01-02', '0001-01-01', '9999-01-01', '2026-02-30', '2026-01-02..2025-01-01', '2026-01-02..', '..'],
    ...['-', '--', '-tag', ' a\u0301 ', 'a,b', 'a%20&b=c#d', '𝔄\u0000', lan, 'x'.repeat(700)],
    ...['x '.repeat(400), ' yz'.repeat(400), '🚒'.repeat(400), `x${'🚒'.repeat(400)}`],
  )
  const asked = fc.dictionary(
    fc.constantFrom(...parameters),
    fc.oneof(odd, fc.string(), fc.array(odd, { maxLength: 4 }), fc.array(fc.constant('1,2,3'), { maxLength: 90 })),
  )
  const schema = z.object(shapeOf(filters))

  test('whatever it holds, the procedure accepts what was parsed from it, and writing round-trips', () => {
    fc.assert(
      fc.property(asked, (address) => {
        const values = parseFilters(filters, address)
        expect(schema.parse(values)).toEqual(values)
        const written = writeFilters(filters, values)
        expect(parseFilters(filters, parametersOf(new URLSearchParams(readable(written))))).toEqual(values)
        expect(isAnySet(filters, values)).toBe(written.size > 0)
      }),
      { numRuns: 2000 },
    )
  })

  test('unknown parts are dropped, and the rest counts', () => {
    const read = parseFilters(filters, {
      colour: ['red,odd', 'green'],
      size: 'huge',
      place: '0,7,x',
      holder: 'everybody',
      from: '2026-02-30',
      to: '2026-03-02',
      other: 'x',
    })
    expect(read).toEqual({
      ...nothing,
      colours: ['red', 'green'],
      places: [7],
      seen: { from: null, to: '2026-03-02' },
    })
    expect(setNames(filters, read)).toEqual(['colours', 'places', 'seen'])
  })

  test('holds only what narrows, in one order, and stays readable', () => {
    expect(addressWith('/list', writeFilters(filters, nothing))).toBe('/list')
    const values: FilterValues<typeof filters> = {
      ...nothing,
      tags: ['storm', '-test'],
      seen: { from: '2026-03-01', to: null },
      made: { from: null, to: '2026-03-02' },
      state: 'all',
      colours: ['red', 'green'],
      photo: false,
    }
    expect(addressWith('/list', writeFilters(filters, values))).toBe(
      '/list?colour=red,green&state=all&made=..2026-03-02&from=2026-03-01&photo=no&tag=storm&tag=-test',
    )
    expect(splitTags(values.tags)).toEqual({ wanted: ['storm'], excluded: ['test'] })
  })

  test('the procedure accepts missing filters, and refuses values that no address produces', () => {
    expect(schema.parse({})).toEqual(nothing)
    for (const wrong of [{ places: [0] }, { holder: 'everybody' }, { seen: { from: '0001-01-01', to: null } }]) {
      expect(schema.safeParse(wrong).success).toBe(false)
    }
  })
})

const things: Things = {
  groups: [
    { id: 'CX', name: 'Cây xanh', nameEn: 'Trees' },
    { id: 'CX-01', name: 'Cây đổ', nameEn: 'Fallen trees', under: 'CX' },
  ],
  places: [{ id: 7, name: 'Phường Hoàn Kiếm', shortName: 'P. Hoàn Kiếm', also: 'Xã cũ' }],
  people: [{ id: lan, name: 'Nguyễn Thị Lan' }],
}

describe('what is typed', () => {
  const read = (typed: string) => readTyped(filters, typed, { things, today: '2026-09-10' })

  test.each<[string, string, Partial<FilterValues<typeof filters>>]>([
    ['ngập colour:red', 'ngập', { colours: ['red'] }],
    ['màu:cool,warm', '', { colours: ['green', 'dark_blue', 'red'] }],
    ['colour:"Dark blue" cây đổ', 'cây đổ', { colours: ['dark_blue'] }],
    ['size:bé', '', { size: 'small' }],
    ['group:tree', '', { groups: ['CX'] }],
    ['place:hoan-kiem', '', { places: [7] }],
    ['place:"xã cũ"', '', { places: [7] }],
    ['holder:tôi', '', { holder: 'me' }],
    ['holder:lan', '', { holder: lan }],
    ['made:01/09/2026..7/9/2026', '', { made: { from: '2026-09-01', to: '2026-09-07' } }],
    ['made:7d', '', { made: { from: '2026-09-04', to: '2026-09-10' } }],
    ['-has:ảnh', '', { photo: false }],
    ['tag:a -tag:b', '', { tags: ['a', '-b'] }],
  ])('%s', (typed, words, found) => expect(read(typed)).toEqual({ words, filters: found }))

  test.each(['8:30', 'colour:odd', 'place:x', '-place:hoankiem', 'state:all', 'size:'])('%s stays', (typed) =>
    expect(read(typed)).toEqual({ words: typed, filters: {} }),
  )
})

const words = {
  words: { label: 'words' },
  colours: { label: 'colour', of: 'colours', together: { values: ['green', 'dark_blue'], word: 'cool' } },
  size: { label: 'size', of: 'sizes' },
  state: { label: 'state', of: 'states' },
  groups: { label: 'group' },
  places: { label: 'place' },
  holder: { label: 'holder', words: { me: 'me', none: 'none' } },
  agency: { label: 'agency' },
  link: null,
  made: { label: 'made' },
  seen: { label: 'seen' },
  photo: { label: 'photo', yes: 'with', no: 'without' },
  personal: { label: 'personal', yes: 'yes', no: 'no' },
  tags: { label: 'tags' },
} as const satisfies FilterWords<typeof filters>

test('each filter that is set is worded, in the order of the words', () => {
  const lines = filterLines(
    filters,
    words,
    {
      ...nothing,
      words: 'ngập',
      colours: ['dark_blue', 'green'],
      groups: ['CX', 'gone'],
      places: [7, 8],
      holder: 'none',
      link: 'hidden',
      made: { from: '2026-09-01', to: null },
      photo: false,
      tags: ['a', '-b'],
    },
    {
      say: (key, values) => (values ? `${key} ${Object.values(values)}` : key),
      things,
      isEnglish: true,
      day: (day) => day,
      moment: (at) => at.toISOString(),
      join: (names) => names.join(' + '),
    },
  )
  expect(lines.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'words: “ngập”',
    'colour: cool',
    'group: Trees + gone',
    'place: P. Hoàn Kiếm + common.filter.unknown',
    'holder: none',
    'made: common.filter.since 2026-09-01',
    'photo: without',
    'tags: a + common.filter.withoutTag b',
  ])
})

test('types follow from the table, and an omission does not compile', () => {
  type Values = FilterValues<typeof filters>
  expectTypeOf<Values['colours']>().toEqualTypeOf<readonly ('red' | 'green' | 'dark_blue')[]>()
  expectTypeOf<Values['size']>().toEqualTypeOf<'small' | 'large' | null>()
  expectTypeOf<Values['state']>().toEqualTypeOf<'active' | 'inactive' | 'all'>()
  expectTypeOf<Values['places']>().toEqualTypeOf<readonly number[]>()
  expectTypeOf<Values['holder']>().toEqualTypeOf<string | null>()
  expectTypeOf<Values['made']>().toEqualTypeOf<DayRange | null>()
  expectTypeOf<Values['photo']>().toEqualTypeOf<boolean | null>()
  const few = { colours: filters.colours, holder: filters.holder }
  // @ts-expect-error no condition for the holder
  const conditions = { colours: () => undefined } satisfies FilterSql<typeof few, null>
  // @ts-expect-error no words for the holder
  const wordless = { colours: { label: 'x', of: 'x' } } satisfies FilterWords<typeof few>
  // @ts-expect-error a choice does not say where its words are
  const choiceless = { colours: { label: 'x' }, holder: null } satisfies FilterWords<typeof few>
  // @ts-expect-error the word for no one is missing
  const nameless = { colours: null, holder: { label: 'x', words: { me: 'x' } } } satisfies FilterWords<typeof few>
  expect([conditions, wordless, choiceless, nameless]).toHaveLength(4)
})
