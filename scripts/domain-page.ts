import { domainTables } from './domain-tables.ts'

export const domainPage = 'docs/domain.md'

const block = /<!-- table: ([a-z ]+) -->\n[\s\S]*?<!-- end of table -->/g

/** The page with its tables generated from the code; the sentences around them are unchanged. */
export function withTables(page: string): string {
  return page.replace(block, (_, name: string) => {
    const render = domainTables[name]
    if (!render) throw new Error(`no table is called ${name}`)
    return `<!-- table: ${name} -->\n${render()}\n<!-- end of table -->`
  })
}

/** The names of the tables that the page shows. */
export const tablesIn = (page: string): string[] => [...page.matchAll(block)].map(([, name]) => name as string)

/** A file or folder that a page names, with the identifiers that it should contain. */
export type Pointer = { path: string; names: string[] }

const isPath = (word: string): boolean => /^(app|bench|components|db|docs|e2e|messages|scripts|server)\//.test(word)
const isIdentifier = (word: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(word)

/** The code spans of a paragraph, item or row: each path with the identifiers up to the next path. */
export function pointersIn(page: string): Pointer[] {
  return page.split(/\n(?=\n|\||#| *(?:-|\d+\.) )/).flatMap((part) => {
    const pointers: Pointer[] = []
    for (const [, word = ''] of part.matchAll(/`([^`]+)`/g)) {
      if (isPath(word)) pointers.push({ path: word, names: [] })
      else if (isIdentifier(word)) pointers.at(-1)?.names.push(word)
    }
    return pointers
  })
}

/** The rows of the glossary: English, Vietnamese, meaning, code. */
export function glossaryOf(page: string): string[][] {
  const [, glossary = ''] = page.split(/^## Glossary$/m)
  const [rows = ''] = glossary.split(/^## /m)
  return rows
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| English '))
    .map((line) => line.slice(2, -2).split(' | '))
}
