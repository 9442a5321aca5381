import { expect } from 'vitest'
import { buildBulletin, buildNewsroom } from '#db/factories/bulletins.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { readersOf } from './readers.ts'

const eight = hanoi('2026-03-02 08:00')
const later = (seconds: number) => new Date(eight.getTime() + seconds * 1000)

test('a user who has a bulletin open sees who else has, and who writes', async ({ db }) => {
  const { editor, chief } = await buildNewsroom(db)
  const { id } = await buildBulletin(db, { authorId: editor.id })
  expect(await readersOf({ db, actor: editor, now: () => eight }, { id, isWriting: true })).toEqual([])
  expect(await readersOf({ db, actor: chief, now: () => later(5) }, { id, isWriting: false })).toEqual([
    { id: editor.id, name: 'Vũ Minh Đức', isWriting: true },
  ])
})

test('a page without a heartbeat for half a minute counts as closed', async ({ db }) => {
  const { editor, chief } = await buildNewsroom(db)
  const { id } = await buildBulletin(db, { authorId: editor.id })
  await readersOf({ db, actor: editor, now: () => eight }, { id, isWriting: true })
  expect(await readersOf({ db, actor: chief, now: () => later(31) }, { id, isWriting: false })).toEqual([])
})
