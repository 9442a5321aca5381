import { describe, expect, test } from 'vitest'
import type { AlertPanel } from './alert.ts'
import type { Standing } from './lifecycle.ts'
import { endOf, type Validity, validityAt } from './validity.ts'

const at = new Date('2026-03-02T03:00:00Z')
const hence = (hours: number | null) =>
  hours === null ? null : new Date(at.getTime() + hours * 3_600_000).toISOString()
const contentOf = (from: number | null, to: number | null, expires?: number | null) => ({
  validFrom: hence(from),
  validTo: hence(to),
  alert: expires === undefined ? null : ({ expires: hence(expires) } as AlertPanel),
})

describe('validity at a moment', () => {
  test.each<[string, Standing, Parameters<typeof contentOf>, Validity]>([
    ['no dates at all', 'live', [null, null], 'undated'],
    ['a begin that has passed, no end', 'live', [-1, null], 'undated'],
    ['a begin to come, no end', 'live', [1, null], 'upcoming'],
    ['between begin and end', 'live', [-1, 1], 'inForce'],
    ['no begin, an end to come', 'live', [null, 1], 'inForce'],
    ['the very moment of its begin', 'live', [0, 1], 'inForce'],
    ['the very moment of its end', 'live', [-1, 0], 'expired'],
    ['after its end', 'live', [-2, -1], 'expired'],
    ['an alert with its end, no other', 'live', [null, null, 1], 'inForce'],
    ['an alert that has lapsed, no other end', 'live', [null, null, -1], 'expired'],
    ['an alert beyond the end of the bulletin', 'live', [-2, -1, 1], 'inForce'],
    ['an alert that lapsed before the bulletin', 'live', [-2, 1, -1], 'inForce'],
    ['an alert without an end', 'live', [-2, -1, null], 'expired'],
    ['withdrawn before its end', 'withdrawn', [-1, 1], 'withdrawn'],
    ['withdrawn, and past its end', 'withdrawn', [-2, -1], 'withdrawn'],
    ['superseded', 'superseded', [-1, 1], 'superseded'],
    ['taken down', 'gone', [-1, 1], 'gone'],
    ['never out', 'none', [-1, 1], 'none'],
  ])('%s', (_, standing, dates, expected) => {
    expect(validityAt({ standing, content: contentOf(...dates) }, at)).toBe(expected)
  })

  test('the end is the later of its own and that of its alert', () => {
    expect(endOf(contentOf(null, 2, 5))?.toISOString()).toBe(hence(5))
    expect(endOf(contentOf(null, 5, 2))?.toISOString()).toBe(hence(5))
    expect(endOf(contentOf(null, null))).toBeNull()
  })
})
