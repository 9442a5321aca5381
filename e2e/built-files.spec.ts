import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

const build = join(import.meta.dirname, '..', '.next')
/** A manifest of the build, not of one that is kept for the next. */
const manifest = /^(?!cache|dev).*manifest[^/]*\.js(on)?$/
const named = /static\/[^"'\\\s]+?\.(?:js|mjs|css|json|woff2)(?=["'\\])/g

test('every file that a manifest of the build names is served', async ({ request }) => {
  const files = new Map<string, string>()
  for (const name of (await readdir(build, { recursive: true })).filter((each) => manifest.test(each))) {
    for (const [file] of (await readFile(join(build, name), 'utf8')).matchAll(named)) files.set(file, name)
  }
  expect(files.size).toBeGreaterThan(20)
  const missing: string[] = []
  for (const [file, by] of files) {
    const answer = await request.get(`/_next/${file}`)
    if (!answer.ok()) missing.push(`${file}: ${answer.status()}, named by ${by}`)
  }
  expect(missing).toEqual([])
})
