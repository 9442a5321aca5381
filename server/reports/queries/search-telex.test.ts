import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { telex } from '#db/demo/spelling.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { allMigrations } from '#db/migrate.ts'
import { reportSearch, searchRenewals } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { renewSearch } from '../commands/renew-search.ts'
import { updateSearch } from '../commands/update-search.ts'
import { queueOf } from '../rules/queue.ts'
import { queuePage } from './queue.ts'

const now = () => hanoi('2026-03-02 15:00')

async function desk(db: Database) {
  const agency = await buildAgency(db)
  const actor = await buildActor(db, 'officer', agency)
  const write = async (title: string) => {
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, title, body: '.', address: '' })
    await db.transaction((tx) => updateSearch(tx, [report.id]))
    return report
  }
  const find = (words: string) => queuePage({ db, actor, now }, { queue: queueOf('all', { words }) })
  return { write, find, titles: async (words: string) => (await find(words)).rows.map(({ title }) => title) }
}

test('Telex is found by what it says and as it was typed, and itself finds what is written properly', async ({
  db,
}) => {
  const { write, find, titles } = await desk(db)
  await write('Caau mawcs ddieenj')
  await write('Đèn tín hiệu hỏng')
  for (const words of ['câu mắc điện', 'cau mac dien', 'mắc đi', '"mắc điện"', 'caau mawcs ddieenj', 'ddieenj'])
    expect([words, await titles(words)]).toEqual([words, ['Caau mawcs ddieenj']])
  expect(await titles('ddenf tins hieeuj')).toEqual(['Đèn tín hiệu hỏng'])
  expect((await find('ddenf tins hieeuj')).search).toEqual({ mode: 'words', instead: null, readAs: 'đèn tín hiệu' })
  expect((await find('đèn tín hiệu')).search).toMatchObject({ readAs: null })
})

test('reports from before are found so after the migration and its job, and only those may wait for it', async ({
  db,
}) => {
  const { write, titles } = await desk(db)
  const said = ['Đường ngập nước sau mưa', 'Cây đổ chắn lối đi', 'Nắp cống vỡ', 'Phản ánh của tôi', 'Xe hỏng']
  const vni = ['d9u7o7ng2 nga65p', 'ca6y d9o63', 'Nuo71c tra2n']
  const old = await Promise.all([...said.map(telex), ...vni].map(write))
  const others = await Promise.all([...said, 'Duong Lang mat nuoc', 'Cay do'].map(write))
  await db.update(reportSearch).set({ words: '' })
  const migration = await readFile(join(allMigrations, '0003_telex_in_search.sql'), 'utf8')
  await db.execute(sql.raw(migration))
  const marked = (await db.select().from(searchRenewals)).map(({ reportId }) => reportId)
  expect(marked).toEqual(expect.arrayContaining(old.map(({ id }) => id)))
  expect(marked.filter((id) => others.some((other) => other.id === id))).toEqual([])
  await renewSearch({ db, actor: robot, now })
  expect(await titles('ngập nước')).toEqual([telex('Đường ngập nước sau mưa')])
  expect(await titles('cây đổ')).toEqual(expect.arrayContaining(['ca6y d9o63', telex('Cây đổ chắn lối đi')]))
})
