import { expect, test } from 'vitest'
import type { FoundPlace } from './place.ts'
import { readingAlike, toldApart, withoutSame } from './told-apart.ts'

const place = (id: string, label: string, lon: number, more: Partial<FoundPlace> = {}): FoundPlace => ({
  ...{ id, label, kind: 'lane', lon, lat: 21.03, areaId: 1, areaName: 'Phường Láng', precision: 'lane', metres: 60 },
  ...more,
})
const lane = place('a', 'Ngõ 33', 105.8)
/** About a hundred metres. */
const step = 0.001

test.each<[string, FoundPlace, string[]]>([
  ['at the same place', place('b', 'ngõ 33', 105.8 + step / 4), ['a']],
  ['that reaches it without containing its middle', place('b', 'Ngõ 33', 105.8 + step), ['a', 'b']],
  ['of another name', place('b', 'Ngõ 35', 105.8), ['a', 'b']],
  ['whose name has other accents', place('b', 'Ngỏ 33', 105.8), ['a', 'b']],
  ['in another commune', place('b', 'Ngõ 33', 105.8, { areaId: 2 }), ['a', 'b']],
])('beside a lane, one %s', (_, other, kept) => expect(withoutSame([lane, other]).map(({ id }) => id)).toEqual(kept))

test('no two suggestions read the same: of those that cannot be told apart, one may be where either is', () => {
  const far = place('b', 'Ngõ 33', 105.8 + 5 * step)
  const found = [lane, far, place('c', 'Ngõ 35', 105.8)]
  expect(readingAlike(found).map(({ id }) => id)).toEqual(['a', 'b'])
  const said = [
    { ...lane, beside: 'Phố Láng' },
    { ...far, beside: 'Phố Vọng' },
  ]
  expect(readingAlike(said)).toEqual([])
  expect(toldApart(said)).toEqual(said)
  const [one, ...others] = toldApart([lane, far])
  expect(others).toEqual([])
  expect(one).toMatchObject({ id: 'a', lon: lane.lon })
  expect(one?.metres).toBeGreaterThan(500)
})
