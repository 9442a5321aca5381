import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { numbersPage, renderNumbers } from './numbers-page.ts'
import { root } from './run.ts'

test('the page of numbers says what the program counts: if not, run node scripts/write-numbers.ts', () => {
  expect(readFileSync(join(root, numbersPage), 'utf8')).toBe(renderNumbers())
})
