import { expect, test } from 'vitest'
import type { Notification } from '#server/notifications/queries/notifications.ts'
import { grouped } from './grouped.ts'

const item = (id: number, kind: Notification['kind'], time: string): Notification => ({
  id,
  kind,
  code: `HN-260302-000${id}`,
  title: 'Cây đổ',
  state: 'in_progress',
  risk: null,
  dueAt: null,
  what: null,
  words: null,
  extendedTo: null,
  by: null,
  shownAt: new Date(`2026-03-02T${time}:00+07:00`),
  readAt: null,
})

test('neighbours of a kind within an hour are one group; nothing is lost and the order stays', () => {
  const items = [
    item(5, 'overdue', '10:00'),
    item(4, 'overdue', '09:30'),
    item(3, 'overdue', '08:59'),
    item(2, 'assigned', '08:58'),
    item(1, 'overdue', '08:57'),
  ]
  const groups = grouped(items)
  expect(groups.map(({ items }) => items.map(({ id }) => id))).toEqual([[5, 4], [3], [2], [1]])
  expect(groups.flatMap(({ items }) => items)).toEqual(items)
})
