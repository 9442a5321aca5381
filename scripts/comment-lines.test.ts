import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const longest = 120
const code = '{app,bench,components,db,e2e,messages,scripts,server}/**/*.{ts,tsx,js,cjs,mjs,css}'
/** Not checked: external texts, and migrations, which are never edited. */
const excluded = ['e2e/pasted/**', 'db/migrations/**']
/** Generated from tables of sentences, one line each. */
const generated = ['docs/numbers.md', 'docs/limits.md']

const isComment = (line: string): boolean => /^\s*(\*|\/\/|\/\*|\{\/\*)/.test(line)
/** A table, a link and an edge of a diagram cannot be broken. */
const isProse = (line: string): boolean => !/-->|^\s*(\||!?\[|<|\S+$)/.test(line)

const longLines = (pattern: string, counts: (line: string) => boolean): string[] =>
  globSync(pattern, { exclude: [...excluded, ...generated] }).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => (line.length > longest && counts(line) ? [`${file}:${at + 1}`] : [])),
  )

test('no comment line is longer than a line of code may be', () => {
  expect(globSync(code, { exclude: excluded }).length).toBeGreaterThan(1000)
  expect(longLines(code, isComment)).toEqual([])
})

test('no line of the docs is longer than that', () => {
  expect(globSync('docs/**/*.md').length).toBeGreaterThan(20)
  expect(longLines('{docs/**/*,*}.md', isProse)).toEqual([])
})
