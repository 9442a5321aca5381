import { expect, test } from 'vitest'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import { isAnySet, parseFilters } from '#server/platform/rules/filters/filters.ts'
import { type EventFilter, eventFilters, logAddress, noEventFilter } from './filters.ts'

test('a filter survives the address of the page', () => {
  const filter: EventFilter = {
    ...noEventFilter,
    day: { from: '2026-11-01', to: null },
    event: 'report.',
    subject: 'HN-240907-0113',
    personal: true,
  }
  const address = logAddress(filter)
  expect(address).toBe('/admin/events?from=2026-11-01&event=report.&subject=HN-240907-0113&personal=1')
  expect(parseFilters(eventFilters, parametersOf(new URLSearchParams(address.split('?')[1])))).toEqual(filter)
  expect(logAddress(noEventFilter)).toBe('/admin/events')
})

test('what does not fit is left out, the rest counts', () => {
  const parameters = { from: '2026-02-30', actorKind: 'alien', agencyId: 'so-xay-dung', to: ['2026-01-01'], other: 'x' }
  expect(parseFilters(eventFilters, parameters)).toEqual({
    ...noEventFilter,
    agencyId: 'so-xay-dung',
    day: { from: null, to: '2026-01-01' },
  })
  expect(isAnySet(eventFilters, parseFilters(eventFilters, { personal: '0', from: '0001-01-01' }))).toBe(false)
})
