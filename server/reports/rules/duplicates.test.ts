import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { metresBetween } from '#server/areas/rules/distance.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { likelyAmong, likenessOf, type Matter } from './duplicates.ts'
import { cellOf, cellsAround, type Point } from './neighbourhood.ts'

const corner: Point = { lon: 105.85, lat: 21.03 }
const hole: Matter = {
  point: corner,
  receivedAt: hanoi('2026-03-02 08:00'),
  endedAt: null,
  categoryCode: 'GT-01',
  familyCode: 'GT',
  address: 'Số 20 phố Hàng Bài',
  title: 'Mất nắp hố ga giữa đường',
  body: 'Hố ga mất nắp từ tối qua, xe máy đi rất nguy hiểm.',
}
const east = (metres: number): Point => ({ ...corner, lon: corner.lon + metres / 103_900 })
const isLikely = (other: Partial<Matter>, one: Matter = hole) => {
  const matter = { ...one, ...other }
  return likelyAmong([{ ...likenessOf(one, matter), receivedAt: matter.receivedAt }]).length === 1
}

describe('two reports', () => {
  const words = { title: 'mat nap ho ga nguy hiem qua', body: 'duong Hang Bai mat nap ho ga, nga xe may roi' }
  const another = {
    title: 'Vỉa hè bong gạch',
    body: 'Gạch lát trước trường học bong tróc, mưa là đọng nước.',
    address: '',
  }
  test.for<[string, Partial<Matter>, boolean]>([
    ['close by, two hours later, in like words without accents', { ...words, point: east(40) }, true],
    [
      'in like words typed in Telex',
      { title: 'Maats nawps hoos ga', body: 'Hoos ga maats nawps, nguy hieemr', point: east(40) },
      true,
    ],
    ['at one address, of the same category', { ...another, address: hole.address }, true],
    [
      'next door of the same field, about something else',
      { ...another, categoryCode: 'GT-02', point: east(60) },
      false,
    ],
    ['filed under another field, word for word', { categoryCode: 'MT-01', familyCode: 'MT', point: east(40) }, true],
    [
      'after the first one was answered, in other words',
      { ...another, point: east(40), endedAt: hanoi('2026-03-01 08:00'), receivedAt: hanoi('2026-02-01 08:00') },
      false,
    ],
    ['in like words at one address, where one has no point', { ...words, point: null, address: hole.address }, true],
  ])('%s: likely %o', ([, other, expected]) => {
    expect(isLikely({ receivedAt: hanoi('2026-03-02 10:00'), ...other })).toBe(expected)
  })
})

describe('two reports at one place within an hour', () => {
  const said = (title: string, body: string, [categoryCode, familyCode] = ['DN-01', 'DN']): Matter => ({
    ...hole,
    categoryCode,
    familyCode,
    address: 'Ngõ 42 Lạc Long Quân',
    title,
    body,
  })
  const power = said('Mất điện cả ngõ 42 Lạc Long Quân', 'Nhà tôi mất điện từ 7h sáng nay, gọi tổng đài không ai nghe.')
  const water = ['DN-03', 'DN'] as const
  const flood = ['TN-01', 'TN'] as const
  const unsorted = ['KH-99', 'KH'] as const
  test.for<[string, Matter, Matter, boolean]>([
    [
      'no power is not no water, though nearly all words are the same',
      power,
      said('Mất nước cả ngõ 42 Lạc Long Quân', 'Nhà tôi mất nước từ 7h sáng nay, gọi tổng đài không ai nghe.', [
        ...water,
      ]),
      false,
    ],
    [
      'no power is not no water without accents either',
      said('mat dien ngo 42 lac long quan', 'mat dien tu sang', [...unsorted]),
      said('mat nuoc ngo 42 lac long quan', 'mat nuoc tu sang', [...unsorted]),
      false,
    ],
    [
      'no power twice, of which one has no category yet',
      power,
      said('cup dien roi', 'ca ngo cup dien tu 7h', [...unsorted]),
      true,
    ],
    ['no power twice in words that share nothing', power, said('Tối om', 'Bao giờ có lại?'), true],
    [
      'a flooded street is not a house without water',
      said('Ngập nước ngõ 42', 'Nước ngập ngang yên xe, xe chết máy.', [...flood]),
      said('Mất nước', 'Vòi khô, phải mua bình.', [...water]),
      false,
    ],
    [
      'both without a category, about different matters',
      said('Chó thả rông', 'Chó không rọ mõm đuổi trẻ con.', [...unsorted]),
      said('Loa kéo ồn ào', 'Hàng xóm hát karaoke tới khuya.', [...unsorted]),
      false,
    ],
    [
      'a tree that fell, told as one that blocks the way',
      said('Cây xà cừ đổ chắn ngang phố', 'Cây bật gốc đè 2 ô tô.', ['CX-01', 'CX']),
      said('Cây to đổ đè xe', 'Cây xà cừ to đổ ngang đường, đè hai ô tô của dân.', ['CX-02', 'CX']),
      true,
    ],
    ['all in capitals', power, said('MẤT ĐIỆN RỒI', 'CẢ NGÕ MẤT ĐIỆN', [...unsorted]), true],
  ])('%s', ([, one, other, expected]) => {
    const later = { ...other, receivedAt: hanoi('2026-03-02 09:00'), point: east(15) }
    expect(isLikely(later, one)).toBe(expected)
  })
})

test('the list is short: five at most, and none far behind the best', () => {
  const { receivedAt } = hole
  const found = (score: number) => ({ score, metres: 10, minutes: 10, grounds: [], isAlike: true, receivedAt })
  expect(likelyAmong([0.4, 1, 2].map(found)).map(({ score }) => score)).toEqual([2, 1])
  expect(likelyAmong([5, 1.9, 2.1].map(found)).map(({ score }) => score)).toEqual([5, 2.1])
  expect(likelyAmong([1, 1, 1, 1, 1, 1, 1].map(found))).toHaveLength(5)
  expect(likelyAmong([{ ...found(9), isAlike: false }])).toEqual([])
})

test('of several reports of one morning, the first is the one that the others repeat', () => {
  const at = (time: string) => ({ ...hole, receivedAt: hanoi(`2026-03-02 ${time}`) })
  const asked = at('11:00')
  const others = ['10:30', '08:00', '09:10'].map(at)
  const ranked = likelyAmong(others.map((one) => ({ ...likenessOf(asked, one), receivedAt: one.receivedAt })))
  expect(ranked.map(({ receivedAt }) => receivedAt)).toEqual(
    ['08:00', '09:10', '10:30'].map((time) => hanoi(`2026-03-02 ${time}`)),
  )
})

describe('for any reports', () => {
  const places = fc.record({
    lon: fc.double({ min: 105.3, max: 106, noNaN: true }),
    lat: fc.double({ min: 20.5, max: 21.4, noNaN: true }),
  })
  const matters: fc.Arbitrary<Matter> = fc.record({
    point: places,
    receivedAt: fc.date({ min: hanoi('2025-01-01 00:00'), max: hanoi('2026-01-01 00:00'), noInvalidDate: true }),
    endedAt: fc.option(
      fc.date({ min: hanoi('2025-01-01 00:00'), max: hanoi('2026-01-01 00:00'), noInvalidDate: true }),
    ),
    categoryCode: fc.constantFrom('GT-01', 'GT-02', 'MT-01'),
    familyCode: fc.constantFrom('GT', 'MT'),
    address: fc.constantFrom('', 'Hàng Bài', 'hang bai'),
    title: fc.constantFrom('Cây đổ', 'cay do chan duong', ''),
    body: fc.lorem(),
  })

  test('likeness is symmetric', () => {
    fc.assert(
      fc.property(matters, matters, (one, other) => {
        // With equal times of receipt, neither is the earlier one.
        fc.pre(one.receivedAt.getTime() !== other.receivedAt.getTime())
        const [there, back] = [likenessOf(one, other), likenessOf(other, one)]
        expect(back.grounds).toEqual(there.grounds)
        expect(back.metres ?? 0).toBeCloseTo(there.metres ?? 0, 6)
        expect(back.score).toBeCloseTo(there.score, 6)
      }),
    )
  })

  test('more distance in space or time never makes it likelier', () => {
    const amount = fc.integer({ min: 0, max: 5000 })
    fc.assert(
      fc.property(amount, amount, amount, amount, (metres, hours, farther, later) => {
        const at = (away: number, after: number) =>
          likenessOf(hole, {
            ...hole,
            point: east(away),
            receivedAt: new Date(hole.receivedAt.getTime() + after * 3_600_000),
          }).score
        expect(at(metres + farther, hours)).toBeLessThanOrEqual(at(metres, hours))
        expect(at(metres, hours + later)).toBeLessThanOrEqual(at(metres, hours))
      }),
    )
  })

  test('everything within reach lies in one of the surrounding squares', () => {
    fc.assert(
      fc.property(
        places,
        fc.double({ min: -300, max: 300, noNaN: true }),
        fc.double({ min: -300, max: 300, noNaN: true }),
        (from, right, up) => {
          const to = { lon: from.lon + right / 103_900, lat: from.lat + up / 110_900 }
          fc.pre(metresBetween(from, to) <= 300)
          expect(cellsAround(from, 300)).toContain(cellOf(to))
        },
      ),
    )
  })

  test('the surrounding squares are few anywhere on earth, even for a mistyped place at the pole', () => {
    for (const lat of [90, -90, 89.99]) expect(cellsAround({ lon: 105.85, lat }, 300).length).toBeLessThan(150)
  })
})
