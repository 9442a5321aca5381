import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './run.ts'
import { slow } from './slow-first.ts'

test('the files that begin first exist', () => {
  expect(slow.filter((file) => !existsSync(join(root, file)))).toEqual([])
})
