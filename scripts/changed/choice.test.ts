import { expect, test } from 'vitest'
import { choose } from './choice.ts'

const candidate = (file: string, title: string, seconds = 10) => ({ id: file, file, text: `${file} ${title}`, seconds })
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id)

const affected = [
  candidate('e2e/queue.spec.ts', 'the keys move through the list'),
  candidate('e2e/moves.spec.ts', 'a report is returned'),
  candidate('e2e/duplicates.spec.ts', 'a likely duplicate of a report is merged'),
  candidate('e2e/print.spec.ts', 'on paper a report is a sheet'),
]
const changed = ['components/reports/duplicates/ComparePanel.tsx']

test('where there is time for all that is affected, all is run', () => {
  expect(choose(affected, { changed, limit: 40, rank: () => 0 })).toEqual({ run: affected, left: [] })
})

test('otherwise what shares words with the changed paths comes first, the rarest before others', () => {
  const two = choose(affected, { changed, limit: 20, rank: () => 0 })
  expect(ids(two.run)).toEqual(['e2e/duplicates.spec.ts', 'e2e/moves.spec.ts'])
  expect(ids(two.left)).toEqual(['e2e/queue.spec.ts', 'e2e/print.spec.ts'])
  const almostAll = choose(affected, { changed, limit: 39, rank: () => 0 })
  expect(ids(almostAll.left)).toEqual(['e2e/queue.spec.ts'])
})

test('what is nearer to the change comes first, and what would exceed the time is passed over', () => {
  const rank = (file: string) => (file === 'e2e/print.spec.ts' ? 0 : 1)
  expect(ids(choose(affected, { changed, limit: 10, rank }).run)).toEqual(['e2e/print.spec.ts'])
  const long = [candidate('e2e/duplicates-long.spec.ts', 'duplicates', 50), ...affected]
  expect(ids(choose(long, { changed, limit: 10, rank: () => 0 }).run)).toEqual(['e2e/duplicates.spec.ts'])
})
