import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { messagesOf } from './catalog.ts'
import { locales } from './locales.ts'

const root = join(import.meta.dirname, '..')

/** Codes in the source that throws them; those that rules return are checked against the messages by their types. */
function thrownCodes(): string[] {
  const files = globSync('server/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
  const codes = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/new DomainError\(\s*'([a-z_]+)'/g),
  ])
  return [...new Set(codes.map(([, code]) => code as string))]
}

test.each(locales)('every refusal has its sentence in %s', (locale) => {
  const { refusals } = messagesOf(locale)
  expect(thrownCodes().filter((code) => !(code in refusals))).toEqual([])
})
