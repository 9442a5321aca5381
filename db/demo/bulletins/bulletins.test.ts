import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { voicesFor } from '#db/demo/answers.ts'
import { writeBase } from '#db/demo/base.ts'
import { shelfOf } from '#db/demo/shelf.ts'
import { buildWorld } from '#db/demo/world.ts'
import { test as databaseTest } from '#db/testing.ts'
import { checkBulletin, errorsIn, openWarnings } from '#server/bulletins/rules/checklist.ts'
import { cleanDocument } from '#server/bulletins/rules/document.ts'
import { documentText } from '#server/bulletins/rules/document-text.ts'
import { newsLives, openLives } from './everyday.ts'
import { stormDays, stormLives } from './storm.ts'
import { writeBulletins } from './write-bulletins.ts'

const today = new Date('2026-11-25T09:40:00+07:00')
const worldAt = (at: Date) =>
  buildWorld({ seed: 'hanoi/1', today: at, first: today, openings: [today], voices: voicesFor(), photos: shelfOf([]) })

/** The base data needs at least one. */
const photo = {
  sha256: 'a',
  mime: 'image/jpeg',
  bytes: 1,
  width: 1,
  height: 1,
  originalKey: 'o',
  publicKey: 'p',
  thumbKey: 't',
  purpose: 'report_photo',
} as const

const test = databaseTest.extend('world', { scope: 'file' }, () => worldAt(today))

test('315 bulletins were published in the storm, numbered in order, each of them approved by a second person', ({
  world,
}) => {
  const lives = stormLives(world)
  expect(lives).toHaveLength(315)
  expect(stormDays.reduce((sum, [, count]) => sum + count, 0)).toBe(315)
  const first = lives.map(({ row }) => (row.firstPublishedAt as Date).getTime())
  expect([...first].sort((a, b) => a - b)).toEqual(first)
  expect(lives.map(({ row }) => row.number)).toEqual(lives.map((_, at) => at + 1))
  const ownWork = lives.filter(({ row, publications }) =>
    [row.authorId, row.lastEditorId].includes(publications[0]?.approvedById ?? ''),
  )
  expect(ownWork).toEqual([])
  expect(new Set(lives.map(({ row }) => row.title)).size).toBeGreaterThan(280)
  expect(new Set(lives.map(({ row }) => row.kind)).size).toBeGreaterThanOrEqual(8)
})

test('every text passes the checklist and is unchanged by the allow-list', ({ world }) => {
  for (const { row, revisions } of [...stormLives(world), ...newsLives(world)]) {
    for (const { content } of revisions.filter(({ id }) => id === row.publishedRevisionId)) {
      const findings = checkBulletin(content, { sendAt: row.publishedAt as Date, alert: null, standing: null })
      expect([content.vi.title, errorsIn(findings)]).toEqual([content.vi.title, []])
      expect([content.vi.title, openWarnings(findings, row.acknowledged ?? [])]).toEqual([content.vi.title, []])
      expect(cleanDocument(content.vi.body)).toEqual(content.vi.body)
    }
  }
})

test('every forecast has a source, no advice is dangerous, and no summary is weaker than its text', ({ world }) => {
  for (const { row, revisions } of [...stormLives(world), ...newsLives(world), ...openLives(world)]) {
    const last = row.publishedRevisionId ?? row.currentRevisionId
    for (const { content } of revisions.filter(({ id }) => id === last)) {
      const { vi, en } = content
      const findings = checkBulletin(content, { sendAt: row.publishedAt ?? today, standing: null, alert: null }).map(
        ({ code }) => code,
      )
      expect([vi.title, findings.filter((code) => /forecast|placeholder/.test(code))]).toEqual([vi.title, []])
      const words = `${vi.title}. ${vi.summary} ${documentText(vi.body)}`
      expect(words).not.toMatch(
        /[Nn]gắt [^.;]*((?<!trước )khi|nếu) nước vào|di dời|người già|khi không thật cần thiết|nếu được phép/,
      )
      expect(words).not.toMatch(/(đê|sạt lở|mắc kẹt|chết máy)[^.]*gọi 1022/)
      if (words.includes('1022') && words.includes('112'))
        expect(words.indexOf('112')).toBeLessThan(words.indexOf('1022'))
      if (words.includes('Không ra đường')) expect(vi.summary).toContain('không ra đường cho đến khi có thông báo mới')
      expect(en?.summary ?? '').not.toMatch(/unless you must/)
    }
  }
})

test('the stage of the Red River fits the stated alarm level', ({ world }) => {
  const floors = { 'trên báo động 1': 9.5, 'trên báo động 2': 10.5, 'xấp xỉ báo động 3': 11.2 }
  const told = stormLives(world).flatMap(({ content: { vi } }) => {
    const [, metres, level] = /: (\d+,\d+) m, (trên báo động [12]|xấp xỉ báo động 3)/.exec(documentText(vi.body)) ?? []
    return metres && level ? [{ title: vi.title, metres: Number(metres.replace(',', '.')), level }] : []
  })
  expect(told.length).toBeGreaterThan(0)
  for (const { title, metres, level } of told) {
    const floor = floors[level as keyof typeof floors]
    expect([title, metres >= floor && metres < Math.floor(floor) + 1]).toEqual([title, true])
    expect(title).toContain('sông Hồng')
  }
})

test('the same seed gives the same bulletins, regardless of the day', async ({ world }) => {
  const later = await worldAt(new Date('2026-11-28T15:00:00+07:00'))
  expect(stormLives(later)).toEqual(stormLives(world))
  const known = new Set(newsLives(world).map(({ row }) => row.id))
  const again = newsLives(later).filter(({ row }) => known.has(row.id))
  expect(again.length).toBeGreaterThan(40)
  expect(
    openLives(world)
      .map(({ row }) => row.state)
      .sort(),
  ).toEqual([
    'approved',
    'approved',
    'changes_requested',
    'draft',
    'draft',
    'draft',
    'draft',
    'in_review',
    'in_review',
    'in_review',
    'published',
    'scheduled',
    'scheduled',
    'scheduled',
  ])
})

test('the table triggers accept the city, and a later start adds the bulletins published meanwhile', async ({
  db,
  world,
}) => {
  await db.transaction((tx) => writeBase(tx, world, [photo]))
  await db.transaction((tx) => writeBulletins(tx, world))
  const count = async () =>
    (
      await db.execute<{
        bulletins: number
        events: number
      }>(sql`select (select count(*)::int from bulletins) as bulletins,
    (select count(*)::int from events where subject_kind = 'bulletin') as events`)
    )[0]
  const before = await count()
  expect(before?.bulletins).toBeGreaterThan(400)
  const yagi = await db.execute(
    sql`select count(*)::int as count, max(number) as last from bulletins where incident_id = ${world.incidents.yagi.id}`,
  )
  expect(yagi[0]).toEqual({ count: 315, last: 315 })
  await db.transaction((tx) => writeBulletins(tx, world))
  expect(await count()).toEqual(before)
  const later = await worldAt(new Date('2026-11-28T15:00:00+07:00'))
  await db.transaction((tx) => writeBulletins(tx, later))
  expect((await count())?.bulletins).toBeGreaterThan((before?.bulletins ?? 0) + 5)
  const astray = await db.execute(sql`select 1 from bulletins b where b.version <> (
    select max(version) from events where subject_kind = 'bulletin' and subject_id = b.id::text)`)
  expect([...astray]).toEqual([])
})
