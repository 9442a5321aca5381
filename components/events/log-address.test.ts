import { expect, test } from 'vitest'
import { filterOf, logAddress } from './log-address.ts'

test('a filter survives the address of the page', () => {
  const filter = { from: '2026-11-01', event: 'report.', subject: 'HN-240907-0113', personal: '1' as const }
  const address = logAddress(filter)
  expect(address).toBe('/admin/events?from=2026-11-01&event=report.&subject=HN-240907-0113&personal=1')
  expect(filterOf(Object.fromEntries(new URLSearchParams(address.split('?')[1])))).toEqual(filter)
  expect(logAddress({})).toBe('/admin/events')
})

test('what does not fit is left out, the rest counts', () => {
  const parameters = { from: 'yesterday', actorKind: 'alien', agencyId: 'so-xay-dung', to: ['2026-01-01'], other: 'x' }
  expect(filterOf(parameters)).toEqual({ agencyId: 'so-xay-dung' })
})
