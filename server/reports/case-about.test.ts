import { expect, test } from 'vitest'
import { caseAbout } from './case-about.ts'
import { parseQueue } from './rules/queue-address.ts'

const names = {
  categories: new Map(),
  areas: new Map(),
  agencies: new Map(),
  accounts: new Map(),
  incidents: new Map(),
}

test.for([
  ['vi', 'Phạm vi', 'Phần UBND phường Hoàn Kiếm được xem'],
  ['en', 'Whose reports', 'The part that UBND phường Hoàn Kiếm may see'],
] as const)('a workbook says in %s whose part of a figure it holds', ([locale, label, words]) => {
  const queue = { ...parseQueue({}, 'all'), mark: 'received~~~2026-03-16T00:00:00.000Z' }
  const about = (part: string[] | null) =>
    caseAbout({ queue, views: [], names, locale, count: 3, asOf: new Date(0), by: null, part, point: null }).rows
  expect(about(['UBND phường Hoàn Kiếm'])).toContainEqual([label, words])
  expect(about(null).map(([name]) => name)).not.toContain(label)
})
