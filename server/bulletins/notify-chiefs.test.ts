import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { openMailbox } from '#db/factories/mailbox.ts'
import { actingAt } from '#db/factories/team.ts'
import { accounts } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { notifyChief } from './commands/notify-chiefs.ts'
import { lookBack, publishUnreviewed } from './commands/publish-bulletin.ts'

const test = databaseTest.extend('post', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const { url, letters, close } = await openMailbox()
  onCleanup(close)
  const mail = { url, from: 'desk@hanoi.example', domains: ['hanoi.example'] }
  return { letters, settings: { mail, appUrl: new URL('https://desk.hanoi.example') } }
})

async function publishedUnreviewed(db: Database, isExercise = false) {
  const { editor, chief, urgent } = await buildNewsroom(db)
  const content = contentOf('Vỡ đê bối Xuân Quan')
  const built = await buildBulletin(db, { authorId: editor.id, content, isExercise })
  const input = { id: built.id, version: built.version, acknowledged: [], reason: 'Nước lên nhanh' }
  const out = await publishUnreviewed(actingAt(db, urgent, '09:00'), input)
  const queued = await db.execute<{ key: string }>(
    sql`select key from graphile_worker.jobs where key like ${`tell_chief:${built.id}:%`}`,
  )
  return { chief, urgent, out, told: [...queued].map(({ key }) => key.split(':').at(-1)) }
}

const address = (db: Database, id: string, email: string) =>
  db.update(accounts).set({ email }).where(eq(accounts.id, id))

test('every other chief editor gets a letter about what was published without review', async ({ db, post }) => {
  const { chief, urgent, out, told } = await publishedUnreviewed(db)
  expect(told).toContain(chief.id)
  expect(told).not.toContain(urgent.id)
  await address(db, chief.id ?? '', 'vinh@van-phong.hanoi.example')
  const payload = { bulletinId: out.id, accountId: chief.id ?? '' }
  expect(await notifyChief(actingAt(db, chief, '09:00'), payload, post.settings)).toBe(true)
  const [letter] = post.letters
  expect(letter?.to).toEqual(['vinh@van-phong.hanoi.example'])
  expect(letter?.subject).toBe('Cần hậu kiểm: Vỡ đê bối Xuân Quan')
  expect(letter?.head).toContain(`Message-ID: <unreviewed-${out.id}-${chief.id}@hanoi.example>`)
  expect(letter?.text).toContain('Lý do: Nước lên nhanh')
  expect(letter?.text).toContain(`https://desk.hanoi.example/bulletins/${out.id}`)
})

test('no letter is sent once it was looked back on, outside the domains, or for an exercise', async ({ db, post }) => {
  const before = post.letters.length
  const { chief, out } = await publishedUnreviewed(db)
  const payload = { bulletinId: out.id, accountId: chief.id ?? '' }
  const tell = () => notifyChief(actingAt(db, chief, '09:05'), payload, post.settings)
  await address(db, chief.id ?? '', 'vinh@elsewhere.example')
  expect(await tell()).toBe(false)
  await address(db, chief.id ?? '', 'vinh@hanoi.example')
  expect(await notifyChief(actingAt(db, chief, '09:05'), payload, { mail: undefined })).toBe(false)
  await lookBack(actingAt(db, chief, '09:06'), { id: out.id, version: out.version, remarks: '' })
  expect(await tell()).toBe(false)
  expect((await publishedUnreviewed(db, true)).told).toEqual([])
  expect(post.letters).toHaveLength(before)
})
