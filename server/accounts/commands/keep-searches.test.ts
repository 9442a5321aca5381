import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { test } from '#db/testing.ts'
import { myself } from '../queries/me.ts'
import { forgetSearch, rememberSearch } from './keep-searches.ts'
import { setPreferences } from './set-preferences.ts'

const now = () => new Date('2026-03-02T08:00:00Z')

test('searches belong to the account, and other preferences are unchanged', async ({ db }) => {
  const [one, other] = [await buildAccount(db), await buildAccount(db)]
  const ctx = { db, actor: one.actor, now }
  const searches = ['ngập', 'cây đổ', 'rác', 'đèn']
  for (const words of searches) await rememberSearch(ctx, { words })
  const { preferences } = await myself(ctx)
  expect(preferences.recentSearches).toEqual(searches.toReversed())
  expect((await myself({ ...ctx, actor: other.actor })).preferences.recentSearches).toEqual([])
  expect(await rememberSearch(ctx, { words: '0912 345 678' })).toEqual(preferences.recentSearches)
  await setPreferences(ctx, { density: 'comfortable' })
  const left = preferences.recentSearches.filter((words) => words !== 'rác')
  expect(await forgetSearch(ctx, { words: 'rác' })).toEqual(left)
  expect((await myself(ctx)).preferences).toMatchObject({ density: 'comfortable', recentSearches: left })
})

test('two pages that search at once do not overwrite each other', async ({ db }) => {
  const { actor } = await buildAccount(db)
  const ctx = { db, actor, now }
  const waiting = async () =>
    db.execute(sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
  const second = await db.transaction(async (tx) => {
    await rememberSearch({ ...ctx, db: tx as unknown as Database }, { words: 'ngập' })
    const beside = rememberSearch(ctx, { words: 'cây đổ' })
    await expect.poll(async () => (await waiting()).length).toBe(1)
    return { beside }
  })
  expect(await second.beside).toEqual(['cây đổ', 'ngập'])
})
