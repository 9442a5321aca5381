import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readingLimits } from '#server/platform/rules/limits.ts'
import { bulletinKinds } from './bulletin.ts'
import { listQuery, type PublicListAddress, publicFolded, readListAddress, wordsToFind } from './public-list.ts'

const id = '6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a10'
const nothing: PublicListAddress = { area: null, kind: null, incident: null, words: '', before: null }
const read = (query: string) => readListAddress(new URLSearchParams(query))

describe('the address of the public list', () => {
  test.each<[string, Partial<PublicListAddress>]>([
    ['', {}],
    ['area=00070&kind=warning', { area: '00070', kind: 'warning' }],
    ['kind=gossip&area=xxxxxxxxxxxxx', {}],
    ["area=1'--&incident=yagi", {}],
    [`incident=${id}`, { incident: id }],
    ['q=%20 c%E1%BA%A7u  ', { words: 'cầu' }],
    ['q=%F0%9F%9A%92', { words: '🚒' }],
    [
      `before=f_2026-03-02T03:00:00.000Z_${id}`,
      { before: { part: 'inForce', at: new Date('2026-03-02T03:00:00Z'), id } },
    ],
    // As it was written before there were two parts.
    [`before=2026-03-02T03:00:00.000Z_${id}`, { before: { part: 'rest', at: new Date('2026-03-02T03:00:00Z'), id } }],
    [`before=r_0000-01-01T00:00:00.000Z_${id}`, {}],
    [`before=r_2026-13-41T00:00:00.000Z_${id}`, {}],
    [`before=r_%2B275760-09-13T00:00:00.000Z_${id}`, {}],
    ['before=r_2026-03-02T03:00:00.000Z_------------------------------------', {}],
  ])('%s', (query, asked) => {
    expect(read(query)).toEqual({ ...nothing, ...asked })
  })

  test('parses back to what it was made of', () => {
    const address = fc.record({
      area: fc.constantFrom(null, '00070', 'HN1'),
      kind: fc.constantFrom(null, ...bulletinKinds),
      incident: fc.constantFrom(null, id),
      words: fc.constantFrom('', 'cầu Long Biên', '100%', '&q=', "'; drop table reports; --", '#'),
      before: fc.option(
        fc.record({
          part: fc.constantFrom('inForce' as const, 'rest' as const),
          at: fc.date({ min: new Date('2000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
          id: fc.constant(id),
        }),
      ),
    })
    fc.assert(
      fc.property(address, (asked) => {
        expect(read(listQuery(asked))).toEqual(asked)
      }),
    )
  })

  test('takes the first of many words', () => {
    expect(read(`q=${'x'.repeat(3000)}`).words).toHaveLength(readingLimits.searchCharacters)
  })

  test('is empty where nothing is chosen', () => expect(listQuery(nothing)).toBe(''))
})

test('words are searched in folded form, and only this many', () => {
  expect(wordsToFind('  Cầu   LONG Biên ')).toEqual(['cau', 'long', 'bien'])
  expect(wordsToFind('\u0301')).toEqual([])
  expect(wordsToFind('a '.repeat(50))).toHaveLength(readingLimits.searchWords)
})

test('a bulletin is found by every word of its text, in both languages', () => {
  const text = (title: string, said: string) => ({
    title,
    summary: '',
    body: {
      type: 'doc' as const,
      content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: said }] }],
    },
  })
  expect(
    publicFolded({ vi: text('Cấm cầu', 'Đường Đê La Thành ngập'), en: text('Bridge closed', 'Take another') }),
  ).toBe('cam cau\n\nduong de la thanh ngap\nbridge closed\n\ntake another')
})
