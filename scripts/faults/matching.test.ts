import { expect, test } from 'vitest'
import { batchesOf } from './batches.ts'
import type { Fault } from './fault.ts'
import { obstaclesOf, withFault } from './matching.ts'
import { outcomeOf, patternOf, resultsOfPlaywright, resultsOfVitest } from './results.ts'

const files: Record<string, string> = {
  'rule.ts': 'if (a < b) return a\nif (c) return c',
  'other.ts': 'const limit = 3',
  'rule.test.ts': "test('a is less', () => {})\ntest.each(rows)('%s is refused to $role', () => {})",
}
const textOf = (file: string) => files[file]

function fault(over: Partial<Omit<Fault, 'caughtBy'>> = {}, caughtBy: Partial<Fault['caughtBy']> = {}): Fault {
  const standing = { name: 'a', file: 'rule.ts', search: 'a < b', replace: 'a <= b' }
  return {
    ...standing,
    ...over,
    caughtBy: { suite: 'unit', file: 'rule.test.ts', title: 'a is less', ...caughtBy },
  }
}

test('a fault that matches once and has its test is applied to the one place', () => {
  expect(obstaclesOf([fault()], textOf)).toEqual([])
  expect(withFault(textOf('rule.ts') ?? '', fault())).toBe('if (a <= b) return a\nif (c) return c')
  // A replacement is text: what stands for parts of a match elsewhere stands for nothing here.
  expect(withFault('x', fault({ search: 'x', replace: '$&$1' }))).toBe('$&$1')
})

test.each([
  ['its text is gone', fault({ search: 'a > b' }), 'a: its text occurs 0 times in rule.ts, not once.'],
  ['its text occurs again', fault({ search: 'return' }), 'a: its text occurs 2 times in rule.ts, not once.'],
  ['its file is gone', fault({ file: 'gone.ts' }), 'a: there is no file gone.ts.'],
  ['it searches for nothing', fault({ search: '' }), 'a: its text occurs 0 times in rule.ts, not once.'],
  ['it changes nothing', fault({ replace: 'a < b' }), 'a: it changes nothing.'],
  ['its test file is gone', fault({}, { file: 'gone.test.ts' }), 'a: there is no test file gone.test.ts.'],
  ['its test has another title', fault({}, { title: 'a is more' }), 'a: rule.test.ts has no test “a is more”.'],
])('it is said where %s', (_, one, obstacle) => {
  expect(obstaclesOf([one], textOf)).toEqual([obstacle])
})

test('two faults have two names', () => {
  expect(obstaclesOf([fault(), fault({ search: 'if (c)' })], textOf)).toEqual(['a: another fault has the same name.'])
})

test('faults share a build unless they change one file or are caught by one test', () => {
  const [one, sameTest] = [fault(), fault({ file: 'other.ts' })]
  const [sameFile, apart] = [fault({}, { title: 'b' }), fault({ file: 'other.ts' }, { title: 'c' })]
  expect(batchesOf([one, sameTest, sameFile, apart])).toEqual([
    [one, apart],
    [sameTest, sameFile],
  ])
})

test('the title of a test with rows stands for each of them', () => {
  const title = '%s (or ${more}) is refused to $role.'
  const matches = (said: string, row?: string) => new RegExp(patternOf({ title, ...(row && { row }) })).test(said)
  expect(matches('move (or none) is refused to officer.')).toBe(true)
  expect(matches('move or none is refused to officer.')).toBe(false)
  expect(matches('move (or none) is refused to officer.', 'to officer')).toBe(true)
  expect(matches('move (or none) is refused to officer.', 'to approver')).toBe(false)
})

test('what Vitest reports is read, and one failed row is enough', () => {
  const reported = [
    { fullName: 'rules a is less', status: 'passed' },
    { fullName: 'rules read is refused to clerk', status: 'passed' },
    { fullName: 'rules write is refused to clerk', status: 'failed', failureMessages: ['expected 1 to be 2\n at x'] },
    { fullName: 'rules other', status: 'skipped' },
  ]
  const results = resultsOfVitest(
    { testResults: [{ name: '/copy/rule.test.ts', assertionResults: reported }] },
    '/copy',
  )
  expect(outcomeOf(fault(), results)).toEqual({ result: 'passed' })
  const rows = fault({}, { title: '%s is refused to $role' })
  expect(outcomeOf(rows, results)).toEqual({ result: 'failed', why: 'expected 1 to be 2' })
  expect(outcomeOf(fault({}, { title: 'other' }), results)).toEqual({ result: 'did not run' })
  expect(outcomeOf(fault({}, { file: 'server/rule.test.ts' }), results).result).toBe('passed')
})

test('what Playwright lists is read, with the first line of what failed', () => {
  const results = resultsOfPlaywright(`
Running 2 tests using 2 workers

  ✓  1 [desktop] › keys.spec.ts:12:5 › the key sheet opens on ? (4.2s)
  ✘  2 [phone] › queue.phone.spec.ts:30:5 › on a phone › a card opens its report (1.3m)

  1) [phone] › queue.phone.spec.ts:30:5 › on a phone › a card opens its report › axe ─────────

    Error: expect(locator).toBeVisible() failed
`)
  expect(results).toEqual([
    { file: 'keys.spec.ts', title: 'the key sheet opens on ?', passed: true, why: undefined },
    {
      file: 'queue.phone.spec.ts',
      title: 'on a phone › a card opens its report',
      passed: false,
      why: 'Error: expect(locator).toBeVisible() failed',
    },
  ])
})
