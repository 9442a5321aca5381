import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { updateSearch } from '../commands/update-search.ts'
import { type Queue, type QueueCursor, queueOf } from '../rules/queue.ts'
import { accentedQuery, foldedQuery, type ParsedQuery, parseSearchQuery, rankingQueries } from '../rules/search.ts'
import { casesOf, countCases } from './exported-cases.ts'
import { type QueuePage, queuePage } from './queue.ts'
import { queueChanges } from './queue-changes.ts'
import { conditionsOf } from './queue-conditions.ts'
import { rowOrder } from './queue-order.ts'
import { type Rarest, type SearchWay, stepRows } from './search-ways.ts'
import { selectionOf } from './selection.ts'

const now = () => hanoi('2026-03-02 15:00')

type Text = { title: string; body?: string; address?: string }
type Columns = NonNullable<Parameters<typeof buildReport>[1]>

/** A new agency, so that a test finds only what it wrote. */
async function desk(db: Database) {
  const agency = await buildAgency(db)
  const actor = await buildActor(db, 'officer', agency)
  const write = async (text: Text | string, columns: Columns = {}) => {
    const words = { body: 'Mong sớm xử lý.', address: '', ...(typeof text === 'string' ? { title: text } : text) }
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, ...columns, ...words })
    await db.transaction((tx) => updateSearch(tx, [report.id]))
    return report
  }
  const find = (words: string, queue: Partial<Queue> = {}) =>
    queuePage({ db, actor, now }, { queue: { ...queueOf('all', { words }), ...queue } })
  const titles = async (words: string) => (await find(words)).rows.map(({ title }) => title)
  return { actor, write, find, titles }
}

describe('accents', () => {
  test.for([
    ['cay do', 'Cây đổ chắn lối'],
    ['CAY DO', 'Cây đổ chắn lối'],
    ['Cây đổ'.normalize('NFD'), 'Cây đổ chắn lối'],
    ['đường', 'Mặt đường sụt lún'],
    ['duong', 'Mặt đường sụt lún'],
    ['đường', 'Mat duong sut lun'],
    ['Đỗ', 'Ô tô đỗ sai chỗ'],
    ['nguyễn', 'Ngập phố Nguyễn Trãi'.normalize('NFD')],
    ['nguyen trai', 'Ngập phố Nguyễn Trãi'.normalize('NFD')],
    ['hòa', 'Ngõ Hoà Bình'],
    ['hoà', 'Ngõ Hoà Bình'],
    ['hoa', 'Ngõ Hoà Bình'],
  ] as const)('“%s” finds “%s”', async ([words, title], { db }) => {
    const { write, titles } = await desk(db)
    await write(title)
    await write('Đèn tín hiệu hỏng')
    expect(await titles(words)).toEqual([title])
  })

  test('what was typed with accents comes before what only matches without them', async ({ db }) => {
    const { write, titles } = await desk(db)
    const at = (time: string) => ({ receivedAt: hanoi(`2026-03-02 ${time}`) })
    await write('Cây ở chỗ đó', at('11:00'))
    await write('Cây đổ chắn lối', at('08:00'))
    await write('cay do chan loi', at('09:00'))
    await write('Đổ rác cạnh gốc cây', at('10:00'))
    expect(await titles('cây đổ')).toEqual([
      'Cây đổ chắn lối',
      'cay do chan loi',
      'Đổ rác cạnh gốc cây',
      'Cây ở chỗ đó',
    ])
  })
})

describe('words', () => {
  test('must all occur, anywhere in title, text or address', async ({ db }) => {
    const { write, titles } = await desk(db)
    await write({ title: 'Ngập sâu', body: 'Nước không rút', address: '12 Lò Đúc' })
    await write({ title: 'Ngập nhẹ', address: '12 Kim Mã' })
    expect(await titles('lo duc ngap')).toEqual(['Ngập sâu'])
    expect(await titles('lo duc kim')).toEqual([])
  })

  test('in quotes must be adjacent', async ({ db }) => {
    const { write, titles } = await desk(db)
    await write({ title: 'Một', address: 'phố Lò Đúc' })
    await write({ title: 'Hai', body: 'Lò rèn của ông Đúc' })
    expect(await titles('"lò đúc"')).toEqual(['Một'])
    expect(await titles('lò đúc')).toEqual(['Một', 'Hai'])
  })

  test('half typed match beginnings, where there is no whole match', async ({ db }) => {
    const { write, find } = await desk(db)
    await write('Ngập phố Nguyễn Trãi')
    const found = await find('pho nguy')
    expect(found.rows.map(({ title }) => title)).toEqual(['Ngập phố Nguyễn Trãi'])
    expect(found.search?.mode).toBe('beginnings')
  })

  test('mistyped match similar words, and the screen learns what was searched instead', async ({ db }) => {
    const { actor, write } = await desk(db)
    await write('Ngập phố Khương Thượng')
    // An hour later, because each process caches the vocabulary for a while.
    const later = { db, actor, now: () => hanoi('2026-03-02 16:00') }
    const found = await queuePage(later, { queue: queueOf('all', { words: 'khuogn thuong' }) })
    expect(found.rows.map(({ title }) => title)).toEqual(['Ngập phố Khương Thượng'])
    expect(found.search).toEqual({ mode: 'mistyped', instead: 'khuong thuong', readAs: null })
  })

  test('operators of a query language are treated like other words', async ({ db }) => {
    const { write, titles } = await desk(db)
    await write('Biển số 29A-123.45 đỗ sai')
    expect(await titles("29a-123.45 & ! | ' ( :*")).toEqual(['Biển số 29A-123.45 đỗ sai'])
  })
})

describe('codes and numbers', () => {
  test('a code is found complete, without the city, and by its beginning', async ({ db }) => {
    const { write, find } = await desk(db)
    const report = await write('Cây đổ', { code: 'HN-240907-0113' })
    await write('Cây đổ', { code: 'HN-240907-0213' })
    for (const words of ['HN-240907-0113', 'hn-240907-0113', '240907-0113', '240907-01']) {
      expect([words, (await find(words)).rows.map(({ code }) => code)]).toEqual([words, [report.code]])
    }
    expect((await find('240907')).total?.count).toBe(2)
  })

  test('a phone number finds the texts of reports, and never their reporters', async ({ db }) => {
    const { actor, write, find } = await desk(db)
    await write('Cây đổ', { reporter: { name: 'Trần Văn Bình', phone: '0912345678' } })
    const said = await write('Số quảng cáo 0912345678 dán trên cột')
    const queue = queueOf('all', { words: '0912345678' })
    const ctx = { db, actor, now }
    for (const words of ['0912345678', '0912 345 678', '+84 912.345.678', '345678', 'Bình']) {
      const found = (await find(words)).rows.map(({ id }) => id)
      expect([words, found]).toEqual([words, words === '0912345678' ? [said.id] : []])
    }
    // Counts, lists of ids, changes and maps use the same condition.
    expect(await countCases(db, await casesOf(ctx, queue))).toBe(1)
    expect((await selectionOf(ctx, queue)).ids).toEqual([said.id])
    const changes = await queueChanges(ctx, { queue, since: new Date(0) })
    expect(changes.changes.filter(({ inView }) => inView).map(({ id }) => id)).toEqual([said.id])
  })
})

describe('scope and filters', () => {
  test('an invisible report is not found by word, code or number', async ({ db }) => {
    const [own, other] = [await desk(db), await desk(db)]
    const foreign = await other.write('Sập mái hiên chợ', { code: 'HN-240908-0001', reporter: { phone: '0987654321' } })
    for (const words of ['sập mái', 'sập mai', foreign.code, '0987654321']) expect(await own.titles(words)).toEqual([])
  })

  test('a search inside a view keeps to the view', async ({ db }) => {
    const { write, find } = await desk(db)
    await write('Cây đổ một')
    await write('Cây đổ hai', { state: 'closed' })
    expect((await find('cây đổ', { view: 'open' })).rows.map(({ title }) => title)).toEqual(['Cây đổ một'])
    expect((await find('cây đổ', { states: ['closed'] })).rows.map(({ title }) => title)).toEqual(['Cây đổ hai'])
  })
})

describe('pages', () => {
  test('of a search yield each report once, by match and by any other order', async ({ db }) => {
    const { actor, write } = await desk(db)
    for (let i = 0; i < 115; i++) {
      await write(i % 3 === 0 ? `Cây đổ số ${i}` : i % 3 === 1 ? `cay do ${i}` : `Đổ rác gốc cây ${i}`, {
        receivedAt: hanoi(`2026-03-02 1${i % 3}:00`),
      })
    }
    for (const order of [{}, { sort: 'received', dir: 'asc' }, { sort: 'due', dir: 'desc' }] as const) {
      const queue = { ...queueOf('open', { words: 'cây đổ' }), ...order }
      const ids: number[] = []
      let page = await queuePage({ db, actor, now }, { queue })
      expect(page.total).toEqual({ count: 115, capped: false })
      for (;;) {
        ids.push(...page.rows.map(({ id }) => id))
        if (!page.nextCursor) break
        page = await queuePage({ db, actor, now }, { queue, cursor: page.nextCursor })
      }
      expect(new Set(ids).size).toBe(115)
      expect(ids).toHaveLength(115)
    }
  })

  test('of a very frequent word continue, after all matches with accents, with those that only match without', async ({
    db,
  }) => {
    const { actor, write } = await desk(db)
    for (let i = 0; i < 110; i++) {
      await write(i % 2 === 0 ? `cay do so ${i}` : `Cây đổ số ${i}`, {
        receivedAt: hanoi(`2026-03-02 ${10 + (i % 4)}:00`),
      })
    }
    const ctx = { db, actor, now }
    const conditions = await conditionsOf(queueOf('open'), { db, actor, now })
    const order = rowOrder({ sort: 'received', dir: 'desc' })
    const query = accentedQuery(parseSearchQuery('cây đổ') as ParsedQuery) as string
    const [first] = await stepRows(ctx, conditions, { source: { query }, way: 'walk', ranks: [], order }, null)
    const titles: string[] = [first?.title ?? '']
    // So few are never treated as many, but a cursor that began that way continues that way.
    let cursor: QueueCursor | null = ['words', 'accented', 0, ...(first?.keys ?? [])]
    while (cursor) {
      const page: QueuePage = await queuePage(ctx, { queue: queueOf('open', { words: 'cây đổ' }), cursor })
      titles.push(...page.rows.map(({ title }) => title))
      cursor = page.nextCursor
    }
    expect(new Set(titles).size).toBe(110)
    expect(titles.slice(0, 55).every((title) => title.startsWith('Cây'))).toBe(true)
    expect(titles.slice(55).every((title) => title.startsWith('cay'))).toBe(true)
  })

  test('are the same whichever way is taken', async ({ db }) => {
    const { actor, write } = await desk(db)
    for (let i = 0; i < 70; i++) await write(i % 2 === 0 ? `Cây đổ số ${i}` : `Nước ngập số ${i}`)
    const conditions = await conditionsOf(queueOf('open'), { db, actor, now })
    const parsedQuery = parseSearchQuery('cay do') as ParsedQuery
    const order = rowOrder({ sort: 'received', dir: 'desc' })
    const idsBy = async (way: SearchWay) => {
      const step = { source: { query: foldedQuery(parsedQuery) }, way, ranks: rankingQueries(parsedQuery), order }
      return (await stepRows({ db, actor, now }, conditions, step, null)).map(({ id }) => id)
    }
    const matches = await idsBy('matches')
    expect(matches).toHaveLength(35)
    expect(await idsBy('scope')).toEqual(matches)
    expect(await idsBy('walk')).toEqual(matches)
  })

  test.for([
    ['fewer than so many', 100],
    ['just as many', 35],
    ['more than so many', 34],
    ['far more', 1],
  ] as const)('are the same where the rarest words find %s', async ([, most], { db }) => {
    const { actor, write } = await desk(db)
    for (let i = 0; i < 70; i++) await write(i % 2 === 0 ? `Cây đổ phố ${i % 4}` : `Nước ngập phố ${i % 4}`)
    const conditions = await conditionsOf(queueOf('open'), { db, actor, now })
    const order = rowOrder({ sort: 'received', dir: 'desc' })
    const query = foldedQuery(parseSearchQuery('cay do pho 2') as ParsedQuery)
    const found = async (rarest: Rarest | null) => {
      const step = { source: { query, rarest }, way: 'matches' as const, ranks: [], order }
      const rows = await stepRows({ db, actor, now }, conditions, step, null)
      return rows.map(({ id, total }) => ({ id, total }))
    }
    const whole = await found(null)
    expect(whole).toHaveLength(17)
    expect(await found({ query: "'cay' & 'do'", most })).toEqual(whole)
  })
})
