import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const imported = /^(?:import|export)\s(?!type\b)[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm

/** What a file brings along by itself; what it fetches when it is wanted is no part of that. */
function broughtBy(file: string): string[] {
  const names = [...readFileSync(join(root, file), 'utf8').matchAll(imported)].map(
    ([, from, bare]) => from ?? bare ?? '',
  )
  return names.map((name) => {
    if (name.startsWith('#')) return name.slice(1)
    return name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name
  })
}

/** MUI's styles reach a page with its nonce only through its theme, which `lazyPanel` fetches with each panel. */
function waysToMui(file: string, way: string[] = [], seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  return broughtBy(file).flatMap((name) => {
    if (/^@mui\/(?!material\/InitColorSchemeScript)|^@emotion\//.test(name)) return [[...way, file, name].join(' → ')]
    return /^(?:app|components)\/.*\.tsx?$/.test(name) ? waysToMui(name, [...way, file], seen) : []
  })
}

test('no page brings MUI along by itself: its styles would come without the nonce that the policy asks for', () => {
  const pages = globSync('app/**/{page,layout,loading,error,not-found,forbidden,global-error}.tsx', { cwd: root })
  expect(pages.length).toBeGreaterThan(40)
  expect(pages.flatMap((page) => waysToMui(page))).toEqual([])
})
