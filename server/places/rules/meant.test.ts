import { expect, test } from 'vitest'
import { completedAddress, isClose, placeMeant, speaksOf } from './meant.ts'
import { precisions } from './place.ts'

const place = (label: string, lon: number, metres = 30) => ({ label, lon, lat: 21.03, metres })

test('an address means the likeliest place, unless a namesake lies elsewhere', () => {
  const street = place('Phố Đội Cấn', 105.82, 200)
  expect(placeMeant([])).toBeNull()
  expect(placeMeant([street, place('Ngõ 12 Đội Cấn', 105.82)])).toBe(street)
  expect(placeMeant([street, place('Phố Đội Cấn', 105.8205)])).toBe(street)
  expect(placeMeant([street, place('PHỐ ĐỘI CẤN', 105.9)])).toBeNull()
})

test('houses and lanes are close enough to be compared, the middle of a street is not', () =>
  expect(precisions.filter((precision) => isClose({ precision }))).toEqual(['house', 'interpolated', 'lane']))

test.each([
  ['95 de la th', '95 Đê La Thành', '95 Đê La Thành'],
  ['ĐÊ LA', '95 Đê La Thành', '95 Đê La Thành'],
  [' đối diện 95 Đê La Thành ', '95 Đê La Thành', 'đối diện 95 Đê La Thành'],
  ['ngõ 12', 'Ngõ 12 Đê La Thành', 'Ngõ 12 Đê La Thành'],
  ['95 Đê La Thành, cạnh quán nước', '95 Đê La Thành', '95 Đê La Thành, cạnh quán nước'],
])('“%s” with the suggestion “%s” is “%s”', (typed, label, address) =>
  expect(completedAddress(typed, label)).toBe(address),
)

test.each([
  ['doi ca', true],
  ['gần 95 đội cấn, ba đình', true],
  ['đội', false],
  ['đội mũ', false],
  ['95 đội', false],
])('“%s” speaks of 95 Phố Đội Cấn or its street: %o', (typed, speaks) =>
  expect(speaksOf(typed, 'Phố Đội Cấn')).toBe(speaks),
)
