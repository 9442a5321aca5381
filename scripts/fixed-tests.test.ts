import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { journeysIn } from './changed/journey-titles.ts'
import { fixedJourneys, fixedTests } from './fixed-tests.ts'
import { root } from './run.ts'

test('the fixed tests and journeys exist, each once', () => {
  expect(fixedTests.filter((file) => !existsSync(join(root, file)))).toEqual([])
  const missing = fixedJourneys.filter(({ file, title }) => {
    const path = join(root, file)
    const found = existsSync(path) ? journeysIn(readFileSync(path, 'utf8')) : []
    return found.filter((journey) => journey.title === title).length !== 1
  })
  expect(missing).toEqual([])
  expect(new Set(fixedTests).size).toBe(fixedTests.length)
})

test('they are some forty, so that they fit into the time of a change', () => {
  const count = fixedTests.length + fixedJourneys.length
  expect(count).toBeGreaterThanOrEqual(36)
  expect(count).toBeLessThanOrEqual(44)
})
