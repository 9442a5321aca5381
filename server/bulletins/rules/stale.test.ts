import { expect, test } from 'vitest'
import { readingLimits } from '#server/platform/rules/limits.ts'
import type { BulletinKind } from './bulletin.ts'
import { isStale } from './stale.ts'
import type { Validity } from './validity.ts'

const at = new Date('2026-03-09T03:00:00Z')
const { staleDays } = readingLimits

test.each<[string, BulletinKind, Validity, number, boolean]>([
  ['a warning of today', 'warning', 'undated', 0, false],
  ['a warning of the last day that counts', 'warning', 'undated', staleDays, false],
  ['a warning of the day before', 'warning', 'undated', staleDays + 1, true],
  ['a closed road of two years ago', 'road_closed', 'undated', 730, true],
  ['an old warning that names its end', 'warning', 'inForce', 730, false],
  ['an old warning that has lapsed says so itself', 'warning', 'expired', 730, false],
  ['old news', 'news', 'undated', 730, false],
  ['an old rule', 'policy', 'undated', 730, false],
])('%s', (_, kind, validity, days, stale) => {
  const firstPublishedAt = new Date(at.getTime() - days * 86_400_000)
  expect(isStale({ content: { kind }, firstPublishedAt }, validity, at)).toBe(stale)
})
