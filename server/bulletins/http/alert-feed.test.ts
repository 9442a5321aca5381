import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins } from '#db/schema/index.ts'
import { correctBulletin, unpublishBulletin, withdrawBulletin } from '../commands/correct-bulletin.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from '../commands/review-bulletin.ts'
import { saveBulletin } from '../commands/save-bulletin.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { onDay, test } from './testing/open-doors.ts'

type Out = { id: string; version: number }

/** A newsroom that sends alerts and cancels them. */
async function newsroom(db: Database) {
  const { editor, chief } = await buildNewsroom(db)
  const area = await buildArea(db, { lon: 105.88, lat: 21.04 })
  const people = { authorId: editor.id, approvedById: chief.id }
  const warning = (title: string, until = '22:00') =>
    contentOf(title, { areaIds: [area.id], alert: alertPanelOf({ expires: onDay(until).toISOString() }) })
  async function publish(content: BulletinContent, at: string, supersedesId?: string): Promise<Out> {
    const built = await buildBulletin(db, { state: 'approved', content, ...people })
    if (supersedesId) await db.update(bulletins).set({ supersedesId }).where(eq(bulletins.id, built.id))
    return publishBulletin(actingAt(db, chief, at), { id: built.id, version: 1, acknowledged: [] })
  }
  async function clean(out: Out, { en, ...text }: BulletinContent, at: string): Promise<Out> {
    // What is corrected in one language is corrected in the other.
    const content = { ...text, en: en && { ...en, summary: `${en.summary} Updated.` } }
    const why = { note: '', noteEn: '', reason: 'Lộ tên' }
    let moved = await correctBulletin(actingAt(db, editor, at), { ...out, kind: 'personal_data', ...why })
    moved = await saveBulletin(actingAt(db, editor, at), { ...moved, content, auto: false, typo: false })
    moved = await submitBulletin(actingAt(db, editor, at), { ...moved, note: '' })
    moved = await approveBulletin(actingAt(db, chief, at), { ...moved, acknowledged: [] })
    return publishBulletin(actingAt(db, chief, at), { ...moved, acknowledged: [] })
  }
  const unpublish = (out: Out, at: string) =>
    unpublishBulletin(actingAt(db, chief, at), { ...out, reason: 'Lộ tên', redirectToId: null, endsAlert: true })
  const withdraw = (out: Out, at: string) =>
    withdrawBulletin(actingAt(db, chief, at), { ...out, notice: 'Hết', noticeEn: 'Over', alertEnding: 'over' })
  return { warning, publish, clean, unpublish, withdraw }
}

const documents = ['/feeds/alerts.atom', '/feeds/alerts.atom?lang=en', '/feeds/alerts.geojson'] as const

test('a reader who has the alerts already costs one statement, which reads none of the texts', async ({ db, desk }) => {
  const { warning, publish } = await newsroom(db)
  await publish(warning('Gió giật trên cầu'), '08:30')
  for (const path of documents) {
    const { headers } = await desk.ask(path)
    for (const [asking, name] of [
      ['if-none-match', 'etag'],
      ['if-modified-since', 'last-modified'],
    ] as const) {
      desk.statements.length = 0
      expect((await desk.ask(path, { headers: { [asking]: headers.get(name) ?? '' } })).status).toBe(304)
      expect(desk.statements).toEqual([expect.not.stringMatching(/"message"|"content"|"headline"/)])
    }
  }
})

test('the list of alerts has another tag after any change of the document, and after nothing else', async ({
  db,
  desk,
}) => {
  const { warning, publish, clean, unpublish, withdraw } = await newsroom(db)
  const out: Record<string, Out> = {}
  const steps: [what: string, at: string, step: () => Promise<unknown>][] = [
    ['a message', '10:00', async () => Object.assign(out, { first: await publish(warning('Gió giật'), '10:00') })],
    ['one that expires', '10:01', async () => publish(warning('Mưa đá', '11:00'), '10:01')],
    [
      'a follower',
      '10:05',
      async () => Object.assign(out, { next: await publish(warning('Gió mạnh'), '10:05', out.first?.id) }),
    ],
    [
      'a text cleaned',
      '10:10',
      async () => Object.assign(out, { next: await clean(out.next as Out, warning('Gió'), '10:10') }),
    ],
    ['an alert that lapses', '11:00', async () => undefined],
    ['an end', '11:05', async () => withdraw(out.next as Out, '11:05')],
    ['another', '11:10', async () => Object.assign(out, { last: await publish(warning('Lũ'), '11:10') })],
    ['a bulletin taken down', '11:15', async () => unpublish(out.last as Out, '11:15')],
    ['one more', '11:20', async () => Object.assign(out, { more: await publish(warning('Sét'), '11:20') })],
    [
      'a follower of which nothing can be read any more',
      '11:40',
      async () => unpublish(await publish(warning('Sét đánh', '11:30'), '11:25', out.more?.id), '11:40'),
    ],
  ]
  const taken = async (path: string) => ({ answer: await desk.ask(path), fresh: await desk.askAnew(path) })
  let before = await Promise.all(documents.map(taken))
  for (const [what, at, step] of steps) {
    await step()
    desk.clock.now = onDay(at)
    const after = await Promise.all(documents.map(taken))
    for (const [index, path] of documents.entries()) {
      const [was, is] = [before[index], after[index]]
      const isAnother = was?.fresh.text !== is?.fresh.text
      if (path.includes('atom')) expect([what, isAnother]).toEqual([what, true])
      const isTagged = was?.answer.headers.get('etag') !== is?.answer.headers.get('etag')
      expect([what, path, isTagged]).toEqual([what, path, isAnother])
      // What is cached under the tag is what would be rendered now.
      expect([what, await is?.answer.text()]).toEqual([what, is?.fresh.text])
    }
    before = after
  }
  const bystander = await buildBulletin(db, { state: 'published', at: onDay('11:45') })
  expect(bystander.state).toBe('published')
  desk.clock.now = onDay('11:50')
  for (const [index, path] of documents.entries()) {
    expect((await desk.ask(path)).headers.get('etag')).toBe(before[index]?.answer.headers.get('etag'))
  }
})
