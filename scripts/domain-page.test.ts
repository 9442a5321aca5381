import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { domainPage, glossaryOf, type Pointer, pointersIn, tablesIn, withTables } from './domain-page.ts'
import { domainTables } from './domain-tables.ts'
import { root } from './run.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const page = read(domainPage)

describe('the page of the domain', () => {
  test('has the tables of the code: if not, run node scripts/write-domain.ts', () => {
    expect(page).toBe(withTables(page))
  })

  test('shows every table', () => {
    expect(tablesIn(page).sort()).toEqual(Object.keys(domainTables).sort())
  })

  test('gives each term a translation that is used on a screen', () => {
    const screens = textOf('messages/vi').toLowerCase()
    const terms = glossaryOf(page).map(([, vietnamese = '']) => vietnamese)
    expect(terms.length).toBeGreaterThan(50)
    const unknown = terms
      .flatMap((cell) => cell.split('; '))
      .filter((term) => term !== '–' && !screens.includes(term.toLowerCase()))
    expect(unknown).toEqual([])
  })

  test('names a place in the code for each term', () => {
    const nowhere = glossaryOf(page).filter(([, , , code = '']) => pointersIn(code).length === 0)
    expect(nowhere).toEqual([])
  })
})

test.for([domainPage, 'docs/contributing.md'])('the files and identifiers that %s names exist', (path) => {
  const pointers = pointersIn(read(path))
  expect(pointers.length).toBeGreaterThan(30)
  expect(pointers.flatMap(missing)).toEqual([])
})

test('comments name only documents that exist', () => {
  const folders = ['app', 'bench', 'components', 'db', 'e2e', 'scripts', 'server']
  const named = folders.flatMap((folder) => filesOf(folder)).flatMap((path) => documentsIn(path))
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter(({ document }) => !existsSync(join(root, document)))).toEqual([])
})

/** Without migrations: they are never edited, so documents they name may no longer exist. */
const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css|cjs|mjs)$/.test(entry.name))
    .map((entry) => join(relative(root, entry.parentPath), entry.name))

const documentsIn = (path: string): { path: string; document: string }[] =>
  [...read(path).matchAll(/\b[\w/-]+\.md\b/g)].map(([document]) => ({ path, document }))

/** The broken parts of a pointer: the path, or names that do not occur as a whole word in its code. */
function missing({ path, names }: Pointer): string[] {
  if (!existsSync(join(root, path))) return [path]
  const code = withoutComments(textOf(path))
  return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code)).map((name) => `${path} ${name}`)
}

const withoutComments = (code: string): string => code.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

/** A file, or all files of a folder. */
function textOf(path: string): string {
  if (!statSync(join(root, path)).isDirectory()) return read(path)
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|json|css|sql)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}
