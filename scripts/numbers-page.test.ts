import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { numbersPage, renderNumbers } from './numbers-page.ts'
import { root } from './run.ts'

test('docs/numbers.md matches the definitions: if not, run node scripts/write-numbers.ts', () => {
  expect(readFileSync(join(root, numbersPage), 'utf8')).toBe(renderNumbers())
})
