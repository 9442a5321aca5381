import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { correctBulletin, unpublishBulletin, withdrawBulletin } from './commands/correct-bulletin.ts'
import { createBulletin } from './commands/create-bulletin.ts'
import { publishBulletin } from './commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from './commands/review-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { announcementFor } from './queries/announcement.ts'
import { bulletinById } from './queries/bulletin.ts'
import { publicPage } from './queries/public.ts'
import { basisOf } from './rules/loudspeaker.ts'
import type { BulletinContent } from './rules/schemas.ts'

const wrote = (content: BulletinContent, text: string): BulletinContent => ({
  ...content,
  loudspeaker: { text, basis: basisOf(content) },
})
const looking = (db: Database, at = '2026-03-02 11:00') => ({ db, now: () => hanoi(at) })
const byHand = 'Bà con không đi qua cầu Long Biên. Xin cảm ơn!'

async function approved(db: Database, content: BulletinContent) {
  const { editor, chief } = await buildNewsroom(db)
  const begun = { content, incidentId: null, supersedesId: null, isExercise: false }
  let moved = await createBulletin(actingAt(db, editor, '09:00'), begun)
  moved = await submitBulletin(actingAt(db, editor, '09:01'), { ...moved, note: '' })
  moved = await approveBulletin(actingAt(db, chief, '09:02'), { ...moved, acknowledged: [] })
  return { editor, chief, moved }
}

async function published(db: Database, content: BulletinContent) {
  const { editor, chief, moved } = await approved(db, content)
  const out = await publishBulletin(actingAt(db, chief, '09:03'), { ...moved, acknowledged: [] })
  const view = await bulletinById(actingAt(db, chief, '09:04'), out.id)
  return { editor, chief, out, slug: view.slug ?? '' }
}

test('the page has the text that follows from the fields, with the names of the communes', async ({ db }) => {
  const area = await buildArea(db, { name: 'Phường Việt Hưng' })
  const { slug } = await published(db, contentOf(undefined, { areaIds: [area.id] }))
  const page = await publicPage(db, slug)
  expect(page?.loudspeaker.text).toContain('trên địa bàn phường Việt Hưng.')
  expect(page?.loudspeaker.text).toContain('xin gọi số một không hai hai.')
  expect(page?.loudspeaker.seconds).toBeGreaterThan(10)
})

test('what was approved is what is published: the manually written text, to the letter', async ({ db }) => {
  const { slug, out } = await published(db, wrote(contentOf(), byHand))
  expect((await publicPage(db, slug))?.loudspeaker.text).toBe(byHand)
  expect(await announcementFor(looking(db), out.id)).toMatchObject({ text: byHand, bar: null })
})

test('another text for the loudspeakers is another text: it is no typo, and it revokes the approval', async ({
  db,
}) => {
  const content = wrote(contentOf(), byHand)
  const { editor, moved } = await approved(db, content)
  const other = wrote(contentOf(), 'Bà con nên đi qua cầu Long Biên.')
  const save = (typo: boolean) =>
    saveBulletin(actingAt(db, editor, '09:10'), { ...moved, content: other, auto: false, typo })
  await expect(save(true)).rejects.toThrow('more_than_a_typo')
  expect(await save(false)).toMatchObject({ state: 'in_review' })
  expect(await announcementFor(looking(db), moved.id)).toMatchObject({ bar: 'draft', text: other.loudspeaker?.text })
})

test('a correction cannot be published beside a text that still says what was corrected', async ({ db }) => {
  const content = wrote(contentOf(), byHand)
  const { editor, chief, out, slug } = await published(db, content)
  const at = (time: string) => actingAt(db, editor, time)
  const told = { kind: 'substantive', note: 'Đã thông xe.', noteEn: 'It is open again.' } as const
  let moved = await correctBulletin(at('10:00'), { ...out, ...told })
  const en = content.en && { ...content.en, title: 'Long Bien Bridge is open again' }
  const open = { ...content, vi: textOf('Thông xe cầu Long Biên'), en }
  moved = await saveBulletin(at('10:01'), { ...moved, content: open, auto: false, typo: false })
  moved = await submitBulletin(at('10:02'), { ...moved, note: '' })
  const approve = () => approveBulletin(actingAt(db, chief, '10:03'), { ...moved, acknowledged: [] })
  await expect(approve()).rejects.toMatchObject({
    code: 'checklist_errors',
    details: { findings: [{ code: 'loudspeaker_outdated' }] },
  })
  expect((await publicPage(db, slug))?.loudspeaker.text).toBe(byHand)
  const remade = { ...open, loudspeaker: null }
  moved = await saveBulletin(at('10:04'), { ...moved, content: remade, auto: false, typo: false })
  moved = await approve()
  await publishBulletin(actingAt(db, chief, '10:05'), { ...moved, acknowledged: [] })
  expect((await publicPage(db, slug))?.loudspeaker.text).toContain('Thông xe cầu Long Biên')
})

test('an exercise is announced as one', async ({ db }) => {
  const { id } = await buildBulletin(db, { state: 'published', content: contentOf(), isExercise: true })
  expect((await announcementFor(looking(db), id)).text).toMatch(/^Đây là nội dung diễn tập/)
})

test('the sheet says in large letters why a text that was once approved is not to be read out', async ({ db }) => {
  const { chief, out } = await published(db, wrote(contentOf(), byHand))
  const barOf = async (at?: string) => (await announcementFor(looking(db, at), out.id)).bar
  expect([await barOf(), await barOf('2026-03-09 23:00'), await barOf('2026-03-10 00:00')]).toEqual([
    null,
    null,
    'stale',
  ])
  const told = { notice: 'Nhầm cầu.', noticeEn: 'Wrong bridge.', alertEnding: null }
  const withdrawn = await withdrawBulletin(actingAt(db, chief, '10:00'), { ...out, ...told })
  expect(await announcementFor(looking(db), out.id)).toMatchObject({ bar: 'withdrawn', text: byHand })
  const reason = { reason: 'Lộ tên', redirectToId: null }
  await unpublishBulletin(actingAt(db, chief, '10:10'), { ...withdrawn, ...reason })
  expect(await announcementFor(looking(db), out.id)).toMatchObject({ bar: 'gone', text: '', seconds: 0 })
})

test.for([false, true])(
  'a text that was replaced or has lapsed is barred (exercise: %s)',
  async (isExercise, { db }) => {
    const content = contentOf(undefined, { validTo: hanoi('2026-03-02 12:00').toISOString() })
    const { id } = await buildBulletin(db, { state: 'published', content, isExercise })
    const barOf = async (at: string) => (await announcementFor(looking(db, `2026-03-02 ${at}`), id)).bar
    expect([await barOf('11:59'), await barOf('12:00')]).toEqual([null, 'expired'])
    await db.update(bulletins).set({ state: 'superseded' }).where(eq(bulletins.id, id))
    expect(await barOf('11:00')).toBe('superseded')
  },
)
