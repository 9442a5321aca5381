import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limitsPage, renderLimits } from './limits-page.ts'
import { root } from './run.ts'

test('docs/limits.md matches the code: if not, run node scripts/write-limits.ts', () => {
  expect(readFileSync(join(root, limitsPage), 'utf8')).toBe(renderLimits())
})
