import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepPlace, type Place, takePlace } from './kept-place.ts'

const place: Place = { focusedId: 62, rows: 70, position: 2900, hadFocus: true }
const stored = new Map<string, string>()

const arrive = (type: 'reload' | 'navigate', path = '/reports') => {
  const navigation = { type, name: `https://desk.example${path}?q=ngap` }
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([navigation as unknown as PerformanceEntry])
}

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('window', {
    location: { pathname: '/reports', search: '?q=ngap' },
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, text: string) => stored.set(key, text),
      removeItem: (key: string) => stored.delete(key),
    },
  })
  arrive('reload')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('a reload of the queue finds the place once, and nothing of it stays behind', () => {
  keepPlace('lan', place)
  expect([...stored.values()].join()).not.toContain('ngap')
  expect(takePlace('lan')).toEqual(place)
  expect(takePlace('lan')).toBeNull()
  expect(stored.size).toBe(0)
})

test('another account, another way to the queue and the reload of another page begin at the top', () => {
  keepPlace('lan', place)
  expect(takePlace('minh')).toBeNull()
  keepPlace('lan', place)
  arrive('reload', '/incidents')
  expect(takePlace('lan')).toBeNull()
  keepPlace('lan', place)
  arrive('navigate')
  expect(takePlace('lan')).toBeNull()
  expect(stored.size).toBe(0)
})
