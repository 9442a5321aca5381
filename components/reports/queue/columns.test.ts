import { describe, expect, test } from 'vitest'
import { columnIds, defaultLayout, layoutOf, moved } from './columns.ts'

describe('remembered columns', () => {
  test('without a stored choice are the usual ones', () => {
    expect(layoutOf(undefined)).toEqual(defaultLayout)
    expect(defaultLayout.hidden).toEqual(['severity', 'channel', 'incident', 'transfers', 'rating', 'age'])
  })

  test('keep their order, and a new one gets its usual place', () => {
    const { order } = layoutOf({
      order: ['select', 'presence', 'report', 'deadline'],
      hidden: ['code'],
      widths: { code: 90, gone: 70 },
    })
    expect(order.slice(0, 4)).toEqual(['select', 'presence', 'report', 'code'])
    expect([...order].sort()).toEqual([...columnIds].sort())
  })

  test('never lose the report column or the selection column', () => {
    const { hidden, widths } = layoutOf({
      order: [],
      hidden: ['report', 'select', 'code'],
      widths: { code: 90, gone: 70 },
    })
    expect(hidden).not.toContain('report')
    expect(hidden).not.toContain('select')
    expect(hidden).toContain('code')
    expect(widths).toEqual({ code: 90 })
  })
})

test('a column moves before another, or to the end', () => {
  expect(moved(['code', 'report', 'state'], 'state', 'code')).toEqual(['state', 'code', 'report'])
  expect(moved(['code', 'report', 'state'], 'code', null)).toEqual(['report', 'state', 'code'])
})
