import { describe, expect, test } from 'vitest'
import { columnIds, columnsBesidePreview, hiddenIn, layoutOf, moved, usualLayout } from './columns.ts'

describe('remembered columns', () => {
  test('are the usual ones without a stored choice, as far as the list is wide enough', () => {
    const off = ['severity', 'channel', 'incident', 'transfers', 'rating', 'age']
    expect(hiddenIn(usualLayout, 1700)).toEqual(off)
    // The lists of windows of 1440, 1366 and 1280 px without the preview.
    expect(hiddenIn(usualLayout, 1194)).toEqual(['activity', 'merged', 'tags', ...off])
    expect(hiddenIn(usualLayout, 1120)).toEqual(['code', 'activity', 'merged', 'tags', ...off])
    expect(hiddenIn(usualLayout, 1034)).toEqual(['code', 'place', 'activity', 'merged', 'tags', ...off])
  })

  test('do not store what only the width of the list hides: a width or an order is chosen, not the columns', () => {
    const order = moved(usualLayout.order, 'state', 'category')
    const widened = layoutOf({ ...usualLayout, order, widths: { code: 180 } })
    expect(widened).toEqual({ order, hidden: null, widths: { code: 180 } })
    expect(hiddenIn(widened, 1194)).toEqual(hiddenIn(usualLayout, 1194))
    expect(hiddenIn(widened, 1700)).toEqual(hiddenIn(usualLayout, 1700))
    // Columns that were chosen are shown however narrow the list is.
    expect(hiddenIn(layoutOf({ ...usualLayout, hidden: ['code'] }), 700)).toEqual(['code'])
  })

  test('beside the preview leave the title its space: the agency gives way first, then the time of receipt', () => {
    const all = [...columnIds]
    expect(columnsBesidePreview(all, 784)).toEqual(['select', 'deadline', 'report', 'state', 'agency', 'received'])
    expect(columnsBesidePreview(all, 698)).toEqual(['select', 'deadline', 'report', 'state', 'received'])
    expect(columnsBesidePreview(all, 620)).toEqual(['select', 'deadline', 'report', 'state'])
    expect(columnsBesidePreview(all, 300)).toContain('report')
    // In a view of one state there is space for the agency.
    const withoutState = all.filter((id) => id !== 'state')
    expect(columnsBesidePreview(withoutState, 698)).toEqual(['select', 'deadline', 'report', 'agency', 'received'])
    // What the account has hidden stays hidden.
    expect(columnsBesidePreview(['select', 'report', 'category'], 784)).toEqual(['select', 'report'])
  })

  test('keep their order, and a new one gets its usual place', () => {
    const { order } = layoutOf({
      order: ['select', 'presence', 'report', 'deadline'],
      hidden: ['code'],
      widths: { code: 90, gone: 70 },
    })
    expect(order.slice(0, 3)).toEqual(['select', 'report', 'code'])
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
