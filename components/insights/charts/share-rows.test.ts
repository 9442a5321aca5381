import { expect, test } from 'vitest'
import { type ShareRow, sortShares } from './share-rows.ts'

const row = (name: string, received: number, handled: number): ShareRow => ({
  key: name,
  name,
  by: { agency: name },
  received,
  parts: { handled_in_time: handled, handled_late: 0, refused: 0, open_in_time: received - handled, open_overdue: 0 },
  due: received,
  kept: handled,
  open: received - handled,
  overdue: 0,
})
const compare = (a: string, b: string) => a.localeCompare(b, 'vi')
const rows = [row('Ba Đình', 100, 93), row('Đống Đa', 1, 1), row('Hoàn Kiếm', 400, 384), row('Bạch Mai', 200, 100)]
const names = (sorted: ShareRow[]) => sorted.map(({ name }) => name)

test('one of one is neither first nor last', () => {
  expect(names(sortShares(rows, 'handled', false, compare))).toEqual(['Hoàn Kiếm', 'Ba Đình', 'Bạch Mai', 'Đống Đa'])
  expect(names(sortShares(rows, 'on_time', true, compare))).toEqual(['Bạch Mai', 'Ba Đình', 'Hoàn Kiếm', 'Đống Đa'])
})

test('counts and names rank all', () => {
  expect(names(sortShares(rows, 'received', false, compare))[0]).toBe('Hoàn Kiếm')
  expect(names(sortShares(rows, 'received', true, compare))[0]).toBe('Đống Đa')
  expect(names(sortShares(rows, 'name', true, compare))).toEqual(['Ba Đình', 'Bạch Mai', 'Đống Đa', 'Hoàn Kiếm'])
})
