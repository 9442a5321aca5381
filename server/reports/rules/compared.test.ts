import { describe, expect, test } from 'vitest'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { compared } from './compared.ts'
import type { DuplicateGround } from './duplicates.ts'
import { sharedSpans } from './matter-words.ts'

const report = {
  title: 'Cây xà cừ đổ chắn ngang phố',
  body: 'Cây xà cừ bật gốc đổ ngang đường trước số nhà 95, đè 2 ô tô.',
  address: '95 Lò Đúc, P. Hai Bà Trưng',
  receivedAt: hanoi('2026-03-02 08:00'),
}
const grounds: DuplicateGround[] = ['same_category', 'like_words']
const duplicate = {
  title: 'Cây to đổ đè xe trước 88 Lò Đúc',
  body: 'Cay xa cu to đổ ngang đường, đè hai ô tô của dân.',
  address: 'Số 88 phố Lò Đúc',
  receivedAt: hanoi('2026-03-02 07:20'),
  endedAt: null,
  grounds,
}

describe('a likely duplicate', () => {
  test('agrees in words, street and category, and differs in the house number', () => {
    expect(compared(report, duplicate)).toEqual({
      agrees: [
        { kind: 'words', words: ['cay xa cu', 'đổ ngang đường', 'ô tô'] },
        { kind: 'same_street', street: 'phố Lò Đúc' },
        { kind: 'same_category' },
      ],
      differs: [{ kind: 'other_number', theirs: '88', ours: '95' }],
    })
  })

  test('that was answered before, elsewhere and in other words, differs in all of it', () => {
    const other = { title: 'Tối om', body: 'Bao giờ mới sáng?', address: 'Phố Huế', endedAt: hanoi('2026-03-01 08:00') }
    expect(compared(report, { ...duplicate, ...other, grounds: ['same_field'] })).toEqual({
      agrees: [{ kind: 'same_field' }],
      differs: [
        { kind: 'no_words' },
        { kind: 'other_street', street: 'Phố Huế' },
        { kind: 'other_category' },
        { kind: 'answered_before', at: other.endedAt },
      ],
    })
  })

  test.each([
    ['42 Lạc Long Quân', 'Ngõ 42 Lạc Long Quân', ['same_street']],
    ['31 Hàng Bài', 'Đối diện số nhà 33 Hàng Bài', ['same_street']],
    ['42 Lạc Long Quân', 'Số 5 ngõ 42 đường Lạc Long Quân', ['same_street']],
    ['95 Lò Đúc', 'Ngã tư Lò Đúc', []],
    ['95 Lò Đúc', 'Trước cửa 95 Hàng Bài', ['other_street']],
  ])('at %s and at %s: %j', (ours, theirs, said) => {
    const { agrees, differs } = compared({ ...report, address: ours }, { ...duplicate, address: theirs })
    const places = ['same_street', 'other_street', 'other_number']
    expect([...agrees, ...differs].map(({ kind }) => kind).filter((kind) => places.includes(kind))).toEqual(said)
  })

  test('without an address says nothing about the place', () => {
    const { agrees, differs } = compared(report, { ...duplicate, address: '' })
    expect([...agrees, ...differs].map(({ kind }) => kind)).toEqual(['words', 'same_category'])
  })
})

test('shared words are marked in one run, without those that any report could contain', () => {
  const spans = sharedSpans(report.body, duplicate)
  expect(spans.map(({ from, to }) => report.body.slice(from, to))).toEqual([
    'Cây xà cừ',
    'đổ ngang đường',
    'đè',
    'ô tô',
  ])
})
