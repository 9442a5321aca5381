import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { waiting } from '#e2e/playwright.config.ts'
import { root } from './run.ts'
import { slow } from './slow-first.ts'

test('the files that begin first and the journeys that wait exist', () => {
  const files = [...slow, ...waiting.map((name) => `e2e/${name}.spec.ts`)]
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
})
