import { expect, test } from 'vitest'
import type { Entry, Section } from './entries.ts'
import { matchEntries, withFound } from './match.ts'

const entry = (id: string, section: Section, label: string, note?: string): Entry => ({
  id,
  section,
  label,
  note,
  run: () => undefined,
})
const entries = [
  entry('assign', 'actions', 'Tiếp nhận và phân công'),
  entry('reject', 'actions', 'Từ chối'),
  entry('queue', 'places', 'Đến danh sách phản ánh'),
  entry('overdue', 'places', 'Quá hạn'),
  entry('tree', 'reports', 'Cây đổ chắn ngang phố Hàng Bài', 'HN-240907-0113'),
  entry('dark', 'settings', 'Nền sáng, nền tối: Tối'),
]
const idsOf = (typed: string, recent: string[] = []) =>
  matchEntries(entries, typed, recent).flatMap(({ matches }) => matches.map(({ entry: { id } }) => id))

test('text typed without accents finds text written with them', () => {
  expect(idsOf('cay do')[0]).toBe('tree')
  expect(idsOf('phan cong')[0]).toBe('assign')
  expect(idsOf('qua han')[0]).toBe('overdue')
  expect(idsOf('Từ chối')[0]).toBe('reject')
})

test('a name that contains the typed words one after the other comes before one that has them scattered', () => {
  const many = [
    entry('record', 'actions', 'Ghi nhận phản ánh thay công dân'),
    entry('assign', 'actions', 'Tiếp nhận và phân công, giao cho cán bộ'),
  ]
  const [group] = matchEntries(many, 'phan cong', [])
  expect(group?.matches.map((match) => match.entry.id)).toEqual(['assign', 'record'])
})

test('a code finds its report, and words that match nothing find nothing', () => {
  expect(idsOf('240907-0113')[0]).toBe('tree')
  expect(idsOf('xyzxyz')).toEqual([])
})

test('letters scattered over the title of a report do not find it', () => {
  expect(idsOf('cong hai')).toEqual([])
  expect(idsOf('hang bai ngang')[0]).toBe('tree')
})

test('a report that the server found is listed once, also where its texts lack what was typed', () => {
  const tree = entries.filter(({ id }) => id === 'tree')
  const listedFor = (typed: string) =>
    withFound(matchEntries(entries, typed, []), 'reports', tree, typed).flatMap(({ matches }) =>
      matches.map(({ entry: { id } }) => id),
    )
  expect(listedFor('cay do')).toEqual(['tree'])
  expect(listedFor('trạng thái:mở')).toEqual(['tree'])
})

test('the typed letters are marked in the label', () => {
  const [group] = matchEntries(entries, 'do', [])
  const tree = matchEntries(entries, 'cay do', [])[0]?.matches[0]
  expect(group).toBeDefined()
  expect(tree?.marks.map((at) => tree.entry.label[at]).join('')).toBe('Câyđổ')
})

test('with nothing typed the sections keep their order, and recently used entries lead their section', () => {
  expect(idsOf('')).toEqual(['assign', 'reject', 'queue', 'overdue', 'tree', 'dark'])
  expect(idsOf('', ['overdue', 'reject'])).toEqual(['reject', 'assign', 'overdue', 'queue', 'tree', 'dark'])
})
