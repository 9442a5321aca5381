import { expect, test } from 'vitest'
import { addressOfSearch } from './read-search.ts'

test.each([
  ['HN-240907-0113', '/reports/HN-240907-0113'],
  ['240907 0113', '/reports?view=all&q=240907+0113'],
  ['status:overdue', '/reports?view=all&deadline=overdue'],
  ['cây đổ mức-độ:khẩn', '/reports?view=all&q=c%C3%A2y+%C4%91%E1%BB%95&severity=urgent'],
  ['ngã tư: đèn hỏng', '/reports?view=all&q=ng%C3%A3+t%C6%B0:+%C4%91%C3%A8n+h%E1%BB%8Fng'],
])('on a page without a list of its own the search for %s leads to %s', (typed, address) => {
  expect(addressOfSearch(typed, undefined)).toBe(address)
})

test('agencies are named as the account knows them', () => {
  const agency = { id: 'cty-thoat-nuoc', name: 'Công ty Thoát nước', shortName: 'Thoát nước' }
  const choices = { agencies: [agency], areas: [], categories: [], incidents: [], colleagues: [], tags: [] }
  expect(addressOfSearch('agency:"Thoát nước"', choices as never)).toContain('agency=cty-thoat-nuoc')
})
