import { expect, test } from 'vitest'
import { messagesOf } from '#messages/catalog.ts'
import { locales } from '#messages/locales.ts'
import { toldPoint } from '../sheets/told-point.ts'
import { pastDueDay } from './ageing.ts'
import { formatDrillDown } from './data-point.ts'
import { type BoardFilters, noBoardFilters } from './filters.ts'
import { resolvePeriod } from './period.ts'

const now = new Date('2026-10-14T03:00:00Z')
const headerOf = (filters: BoardFilters, at: Date) => ({ ...resolvePeriod(filters, at), filters })

test('the day of the figures is named unless it is the reader’s own', () => {
  const running = { ...noBoardFilters, period: '30d' } as const
  expect(pastDueDay(headerOf(running, now))).toBeNull()
  // The first moment after a week that is over belongs to the Monday that follows.
  const over = { ...noBoardFilters, period: { from: '2026-10-05', to: '2026-10-11' } }
  expect(pastDueDay(headerOf(over, now))).toBe('2026-10-12')
  const at = '2026-10-01T03:00:00.000Z'
  const asked = { ...running, asked: { at, way: 'known' } } as const
  expect(pastDueDay(headerOf(asked, new Date(at)))).toBe('2026-10-01')
})

test('what a stored link counted names its day, whenever it is read', () => {
  const nothing = new Map<never, never>()
  const names = { agencies: nothing, areas: nothing, categories: nothing, incidents: nothing }
  const link = formatDrillDown({
    dataPoint: { measure: 'backlog', by: { standing: 'today' } },
    filters: { ...noBoardFilters, period: '30d' },
    asOf: now,
  })
  const said = (locale: 'vi' | 'en') => toldPoint(link, locale, names)?.conditions.map(({ value }) => value)
  expect(said('vi')).toContain('đến hạn trong ngày 14/10/2026')
  expect(said('en')).toContain('due on 14/10/2026')
})

const textsOf = (tree: unknown): string[] =>
  typeof tree === 'string' ? [tree] : Object.values(tree as Record<string, unknown>).flatMap(textsOf)

test.each(locales)('no text of figures of any moment says today, except where the day is chosen (%s)', (locale) => {
  const { board, insights, sheets, weekly, storm } = messagesOf(locale)
  const { period: _, ...ofBoard } = board
  const all = textsOf([ofBoard, insights, sheets, weekly, storm])
  const told = all.map((text) => text.replace(/today \{(hôm nay|today)\}/g, ''))
  expect(told.filter((text) => /hôm nay|\btoday\b/i.test(text))).toEqual([])
})
