import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const imported = /^(?:import|export)\s(?!type\b)[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm

/** The static imports of a file; dynamic imports do not count. */
function broughtBy(file: string): string[] {
  const names = [...readFileSync(join(root, file), 'utf8').matchAll(imported)].map(
    ([, from, bare]) => from ?? bare ?? '',
  )
  return names.map((name) => {
    if (name.startsWith('#')) return name.slice(1)
    return name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name
  })
}

/**
 * Import paths to MUI outside `lazyPanel`. MUI's styles get the page's nonce only through its theme, which `lazyPanel`
 * loads with each panel.
 */
function waysToMui(file: string, way: string[] = [], seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  return broughtBy(file).flatMap((name) => {
    if (/^@mui\/(?!material\/InitColorSchemeScript)|^@emotion\//.test(name)) return [[...way, file, name].join(' → ')]
    return /^(?:app|components)\/.*\.tsx?$/.test(name) ? waysToMui(name, [...way, file], seen) : []
  })
}

test('no page imports MUI directly: its styles would lack the nonce that the policy requires', () => {
  const pages = globSync('app/**/{page,layout,loading,error,not-found,forbidden,global-error}.tsx', { cwd: root })
  expect(pages.length).toBeGreaterThan(40)
  expect(pages.flatMap((page) => waysToMui(page))).toEqual([])
})
