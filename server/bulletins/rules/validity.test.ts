import { describe, expect, test } from 'vitest'
import type { AlertPanel } from './alert.ts'
import type { Standing } from './lifecycle.ts'
import { beginOf, endOf, endOfAlert, endSetByAlert, type Validity, validityAt } from './validity.ts'

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
    ['an alert that lapsed before the bulletin', 'live', [-2, 1, -1], 'expired'],
    ['an alert before the begin of the bulletin', 'live', [1, 2, 3], 'inForce'],
    ['an alert without an end, as it is written', 'live', [-2, -1, null], 'expired'],
    ['withdrawn before its end', 'withdrawn', [-1, 1], 'withdrawn'],
    ['withdrawn, and past its end', 'withdrawn', [-2, -1], 'withdrawn'],
    ['superseded', 'superseded', [-1, 1], 'superseded'],
    ['taken down', 'gone', [-1, 1], 'gone'],
    ['never out', 'none', [-1, 1], 'none'],
  ])('%s', (_, standing, dates, expected) => {
    expect(validityAt({ standing, content: contentOf(...dates) }, at)).toBe(expected)
  })

  test('of an alert it begins on publication, and ends with it', () => {
    for (const [from, to] of [
      [null, 2],
      [-1, 8],
      [1, null],
    ] as const) {
      const content = contentOf(from, to, 5)
      expect([beginOf(content), endOf(content)?.toISOString()]).toEqual([null, hence(5)])
    }
    expect([beginOf(contentOf(1, 2)), endOf(contentOf(1, 2))].map((moment) => moment?.toISOString())).toEqual([
      hence(1),
      hence(2),
    ])
    expect(endOf(contentOf(null, null))).toBeNull()
  })

  test('an alert ends at a full second, as CAP writes it', () => {
    expect(endOfAlert({ expires: '2026-03-02T04:00:20.999Z' })).toEqual(new Date('2026-03-02T04:00:20Z'))
  })

  test.each<[string, Parameters<typeof contentOf>, number | null]>([
    ['a later end than that of the alert', [null, 8, 5], 5],
    ['an earlier end', [null, 2, 5], 5],
    ['a begin to come', [1, 5, 5], 5],
    ['the same end, begun', [-1, 5, 5], null],
    ['no dates beside the alert', [null, null, 5], null],
    ['an alert that is being written', [1, 5, null], null],
    ['no alert', [1, 5], null],
  ])('the writer is notified that the alert decides: %s', (_, dates, expected) => {
    expect(endSetByAlert(contentOf(...dates), at)?.toISOString() ?? null).toBe(hence(expected))
  })
})
