import { expect, test } from 'vitest'
import { parseRange } from './day-range.ts'

test.each([
  ['2026-09-01..2026-09-07', { from: '2026-09-01', to: '2026-09-07' }],
  ['2026-09-07..2026-09-01', { from: '2026-09-01', to: '2026-09-07' }],
  ['2026-09-01', { from: '2026-09-01', to: '2026-09-01' }],
  ['2026-09-01..', { from: '2026-09-01', to: null }],
  ['..2026-09-01', { from: null, to: '2026-09-01' }],
  ['2026-02-30', null],
  ['..', null],
  ['', null],
])('the span %s', (text, span) => expect(parseRange(text)).toEqual(span))
