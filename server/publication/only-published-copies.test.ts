import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The import rules see modules; the table comes from the module of the whole schema, like every other. */
const ownFiles = [
  'server/publication/commands/empty-left-copies.ts',
  'server/publication/commands/review-copy.ts',
  'server/publication/queries/copies.ts',
  'server/publication/queries/copy-photos.ts',
  'server/publication/queries/published-copies.ts',
]
const names = /\bpublication(?:Copies|Photos)\b|publication_(?:copies|photos)/

test('the table of publication copies is read by the code of publication alone, for the public by one query', () => {
  const files = globSync('{app,server}/**/*.{ts,tsx}', { exclude: ['**/*.test.ts', '**/testing/**'] })
  expect(files.length).toBeGreaterThan(500)
  const reading = files.filter((file) => names.test(readFileSync(file, 'utf8')))
  expect(reading.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(ownFiles)
})
