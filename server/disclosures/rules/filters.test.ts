import { expect, test } from 'vitest'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import { parseFilters } from '#server/platform/rules/filters/filters.ts'
import { type LookFilter, lookAddress, lookFilters, lookParameters, noLookFilter } from './filters.ts'

const accountId = '00000000-0000-4000-8000-000000000001'

test('a filter is preserved in the address of the page and the form of its file', () => {
  const filter: LookFilter = { day: { from: null, to: '2026-03-01' }, accountId, purpose: 'reveal', report: 'HN-1' }
  const address = lookAddress(filter)
  expect(address).toBe(`/admin/disclosures?to=2026-03-01&accountId=${accountId}&purpose=reveal&report=HN-1`)
  expect(parseFilters(lookFilters, parametersOf(new URLSearchParams(address.split('?')[1])))).toEqual(filter)
  expect(lookParameters(filter)).toEqual({ to: '2026-03-01', accountId, purpose: 'reveal', report: 'HN-1' })
  expect(lookAddress(noLookFilter)).toBe('/admin/disclosures')
})

test('invalid values are dropped, the rest counts', () => {
  const parameters = { from: '2026-02-31', purpose: 'x', accountId: '1', report: ['a'] }
  expect(parseFilters(lookFilters, parameters)).toEqual({ ...noLookFilter, report: 'a' })
})
