import { expect, test } from 'vitest'
import { metresBetween } from '#server/areas/rules/distance.ts'
import { crossingOf, middleWhere } from './lines.ts'
import { numberOnStreet } from './on-street.ts'

/** A street that runs 1,000 m to the east, with a bend of 500 m to the north at its end. */
const lat = 21
const east = (metres: number) => 105.8 + metres / (111_320 * Math.cos((lat * Math.PI) / 180))
const north = (metres: number) => lat + metres / 110_900
const line = [
  [east(0), lat],
  [east(1000), lat],
  [east(1000), north(500)],
] as const
const at = (number: number, metres: number) => ({ number, lon: east(metres), lat })

test.for([
  ['between its neighbours of the same side', 50, [at(40, 400), at(60, 600)], 500],
  ['not where the other side has got to', 50, [at(40, 400), at(60, 600), at(49, 900), at(51, 940)], 500],
  ['by the other side, where nothing else is known', 50, [at(49, 490), at(51, 510)], 500],
  ['where it is known to be', 50, [at(50, 720)], 720],
  ['a little beyond the last one that is known', 54, [at(40, 400), at(50, 500)], 510],
] as const)('a number lies %s', ([, number, known, metres]) => {
  const found = numberOnStreet(number, known, [line])
  expect(found && metresBetween(found.point, { lon: east(metres), lat })).toBeLessThan(3)
})

test('a number between two others follows the bend of the street', () => {
  const known = [at(10, 900), { number: 50, lon: east(1000), lat: north(100) }]
  const found = numberOnStreet(30, known, [line])
  expect(found && metresBetween(found.point, { lon: east(1000), lat })).toBeLessThan(3)
})

test('where too little is known, no place is made up', () => {
  expect(numberOnStreet(500, [at(10, 100), at(20, 200)], [line])).toBeNull()
  expect(numberOnStreet(5, [], [line])).toBeNull()
  expect(numberOnStreet(5, [{ number: 5, lon: east(500), lat: north(2000) }], [line])).toBeNull()
})

test('streets meet where they come near, and only there', () => {
  const across = [
    [east(300), north(-200)],
    [east(300), north(200)],
  ] as const
  const meeting = crossingOf([line], [across], 60)
  expect(meeting && metresBetween(meeting, { lon: east(300), lat })).toBeLessThan(3)
  const apart = [
    [east(300), north(100)],
    [east(300), north(200)],
  ] as const
  expect(crossingOf([line], [apart], 60)).toBeNull()
})

test('of a street that passes several communes, the middle of the part in one of them is meant', () => {
  const middle = middleWhere([line], ({ lat: each }) => each > north(100))
  expect(middle && metresBetween(middle.point, { lon: east(1000), lat: north(300) })).toBeLessThan(60)
})
