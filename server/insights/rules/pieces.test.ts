import { expect, test } from 'vitest'
import { withFewStretches } from './pieces.ts'

const day = (n: number) => new Date(Date.UTC(2026, 2, n))
/** A letter a day: with its sum, or a dot where its rows are counted. */
const piecesOf = (days: string) =>
  [...days].map((letter, n) => ({ from: day(n), to: day(n + 1), sum: letter === '.' ? null : letter }))

test.each([
  ['nothing is missing', 'abcdef', 1, 'abcdef'],
  ['as few stretches as may be', 'ab.cd..ef', 2, 'ab.cd..ef'],
  ['one too many: the shorter of the sums between gives way', '.ab.c.de', 2, '.ab...de'],
  ['several too many', '.ab.c.def.gh.', 2, '......def....'],
  ['what stands before the first and behind the last stays', 'abc.d.e.f.ghi', 1, 'abc.......ghi'],
  ['none of it has sums', '...', 1, '...'],
])('a period where %s', (_, days, most, left) => {
  const pieces = withFewStretches(piecesOf(days), most)
  expect(pieces.map(({ sum }) => sum ?? '.').join('')).toBe(left)
  expect(pieces.map(({ from }) => from)).toEqual(piecesOf(days).map(({ from }) => from))
})
