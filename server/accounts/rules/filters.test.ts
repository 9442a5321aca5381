import { expect, test } from 'vitest'
import { readable } from '#server/platform/rules/filters/address.ts'
import { emptyOf, parseFilters, writeFilters } from '#server/platform/rules/filters/filters.ts'
import { accountFilters } from './filters.ts'

test('one malformed parameter drops none of the others', () => {
  const filters = parseFilters(accountFilters, {
    search: ' lan  anh',
    role: 'king',
    agencyId: 'so-xay-dung',
    state: 'all',
  })
  expect(filters).toEqual({ search: 'lan anh', role: null, agencyId: 'so-xay-dung', state: 'all' })
  expect(readable(writeFilters(accountFilters, filters))).toBe('search=lan+anh&agencyId=so-xay-dung&state=all')
})

test('active accounts are the default: the address does not contain it', () => {
  expect(emptyOf(accountFilters).state).toBe('active')
  expect(writeFilters(accountFilters, parseFilters(accountFilters, { state: 'active' })).size).toBe(0)
})
