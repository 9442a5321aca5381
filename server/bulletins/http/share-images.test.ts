import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import jsQR from 'jsqr'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import type { StaffActor } from '#db/factories/accounts.ts'
import { buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { drawInTurn } from '#server/platform/one-at-a-time.ts'
import { correctBulletin, unpublishBulletin, withdrawBulletin } from '../commands/correct-bulletin.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from '../commands/review-bulletin.ts'
import { saveBulletin } from '../commands/save-bulletin.ts'
import { publicPage } from '../queries/public.ts'
import { shareShapes } from '../rules/share-image.ts'
import { setPicture } from '../share/draw-picture.ts'
import { pictureWords } from '../share/picture-words.ts'
import { handleExerciseImages, handleShareImages } from './share-images.ts'

const home = 'https://ban-tin.example.vn'
const visit: { db?: Database; at: Date; actor?: StaffActor | undefined } = { at: hanoi('2026-03-02 09:00') }
let server: Server
let origin = ''

beforeAll(async () => {
  server = createServer(async (req, res) => {
    const { db, at, actor } = visit as { db: Database; at: Date; actor?: StaffActor }
    const now = () => at
    if (await handleShareImages(req, res, { db, home, now, isShared: true })) return
    const session = actor ? { id: 's', accountId: actor.id, actor, lastSeenAt: at } : null
    const context = { db, now, home, requestId: 'r', ip: null, session: session as never }
    if (!(await handleExerciseImages(req, res, context))) res.writeHead(404).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const clock = (at: string) => hanoi(`2026-03-02 ${at}`)
function get(db: Database, path: string, at: string, headers: Record<string, string> = {}, actor?: StaffActor) {
  Object.assign(visit, { db, at: clock(at), actor })
  return fetch(`${origin}${path}`, { headers })
}

/** What a phone scans from the picture, at its full size. */
async function scanned(picture: ArrayBuffer) {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const code = jsQR(new Uint8ClampedArray(data), info.width, info.height)
  return { width: info.width, height: info.height, link: code?.data }
}

const valid = { validFrom: clock('09:00').toISOString(), validTo: clock('12:00').toISOString() }

async function publish(db: Database, content = contentOf(undefined, valid)) {
  const { editor, chief } = await buildNewsroom(db)
  const wanted = { state: 'approved', content, authorId: editor.id, approvedById: chief.id } as const
  const { id } = await buildBulletin(db, wanted)
  const out = await publishBulletin(actingAt(db, chief, '09:00'), { id, version: 1, acknowledged: [] })
  const [row] = await db.select({ slug: bulletins.slug }).from(bulletins).where(eq(bulletins.id, id))
  return { ...out, editor, chief, slug: row?.slug as string }
}

describe.each(['vi', 'en'] as const)('a picture in %s', (language) => {
  test.for(Object.entries(shareShapes))(
    'has its size, and its code leads to the page (%s)',
    async ([shape, size], { db }) => {
      const { slug } = await publish(db)
      const page = `${language === 'en' ? '/en' : ''}/ban-tin/${slug}`
      const answer = await get(db, `${page}/chia-se-${shape}.png`, '10:00')
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
      const picture = await answer.arrayBuffer()
      expect(picture.byteLength).toBeLessThan(150_000)
      expect(await scanned(picture)).toEqual({ ...size, link: `${home}${page}` })
    },
  )

  test.for(Object.keys(shareShapes) as (keyof typeof shareShapes)[])(
    'says the whole title, however long (%s)',
    async (shape, { db }) => {
      const word = language === 'vi' ? 'nghiêng' : 'bridges'
      const title = `${`${word} `.repeat(24)}hết`
      const en = textOf(title)
      const content = contentOf(title, { ...valid, en, source: 'Trung tâm '.repeat(10).trim() })
      const { slug } = await buildBulletin(db, { state: 'published', content })
      const page = await publicPage(db, slug ?? '')
      const areas = Array.from({ length: 126 }, (_, at) => `Phường Văn Miếu – Quốc Tử Giám ${at}`)
      const words = pictureWords({ ...page, areas } as never, { language, shape, home, at: clock('10:00') })
      const svg = await setPicture(words, false)
      const said = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text).join(' ')
      expect(said.split(word)).toHaveLength(25)
      expect(said).toContain('hết')
      const lowest = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y))
      expect(Math.max(...lowest)).toBeLessThan(shareShapes[shape].height)
    },
  )
})

test('changes once the bulletin lapsed, though no one edited it', async ({ db }) => {
  const { slug } = await publish(db)
  const path = `/ban-tin/${slug}/chia-se-doc.png`
  const before = await get(db, path, '11:59')
  expect(before.headers.get('cache-control')).toMatch(/^public, max-age=60\b/)
  const [tag, modified] = ['etag', 'last-modified'].map((name) => before.headers.get(name) ?? '') as [string, string]
  const still = await get(db, path, '11:59', { 'if-none-match': tag })
  expect([still.status, await still.text()]).toEqual([304, ''])
  for (const [name, value] of [
    ['if-none-match', tag],
    ['if-modified-since', modified],
  ] as const) {
    const after = await get(db, path, '12:00', { [name]: value })
    expect(after.status).toBe(200)
    expect(after.headers.get('etag')).not.toBe(tag)
  }
})

test('changes once a warning that names no end is old, and says so', async ({ db }) => {
  const { slug } = await publish(db, contentOf())
  const path = `/ban-tin/${slug}/chia-se-doc.png`
  const askAt = (at: string, headers: Record<string, string> = {}) => {
    const answer = get(db, path, '09:00', headers)
    visit.at = hanoi(at)
    return answer
  }
  const before = await askAt('2026-03-09 23:59')
  const [tag, modified] = ['etag', 'last-modified'].map((name) => before.headers.get(name) ?? '') as [string, string]
  const after = await askAt('2026-03-10 00:00', { 'if-modified-since': modified })
  expect([after.status, after.headers.get('last-modified')]).toEqual([200, hanoi('2026-03-10 00:00').toUTCString()])
  expect(after.headers.get('etag')).not.toBe(tag)
  const page = await publicPage(db, slug)
  const told = { language: 'vi', shape: 'doc', home, at: visit.at } as const
  expect(pictureWords(page as never, told)).toMatchObject({ mark: { kind: 'stale' } })
})

test('is not cached beyond the end of the validity', async ({ db }) => {
  const { slug } = await publish(db, contentOf(undefined, { ...valid, validTo: '2026-03-02T05:00:20.000Z' }))
  const answer = await get(db, `/ban-tin/${slug}/chia-se-ngang.png`, '12:00')
  expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=20\b/)
})

test('changes after a correction', async ({ db }) => {
  const out = await publish(db)
  const path = `/ban-tin/${out.slug}/chia-se-ngang.png`
  const before = (await get(db, path, '09:30')).headers.get('etag') ?? ''
  const at = (time: string, who: StaffActor) => actingAt(db, who, time)
  let moved = await correctBulletin(at('10:00', out.editor), {
    ...out,
    kind: 'substantive',
    note: 'Đổi giờ.',
    noteEn: 'Hours.',
  })
  const vi = textOf('Cấm cầu Long Biên đến 11 giờ')
  const old = contentOf(undefined, valid)
  const content = { ...old, vi, en: old.en && { ...old.en, title: 'Long Bien Bridge closed until 11' } }
  moved = await saveBulletin(at('10:05', out.editor), { ...moved, content, auto: false, typo: false })
  moved = await submitBulletin(at('10:06', out.editor), { ...moved, note: '' })
  moved = await approveBulletin(at('10:07', out.chief), { ...moved, acknowledged: [] })
  await publishBulletin(at('10:08', out.chief), { ...moved, acknowledged: [] })
  const after = await get(db, path, '10:09', { 'if-none-match': before })
  expect(after.status).toBe(200)
  expect(after.headers.get('etag')).not.toBe(before)
})

test('says that the bulletin was withdrawn, and is gone with its page', async ({ db }) => {
  const out = await publish(db)
  const path = `/ban-tin/${out.slug}/chia-se-doc.png`
  const told = { notice: 'Nhầm cầu.', noticeEn: 'Wrong bridge.', alertEnding: null }
  const withdrawn = await withdrawBulletin(actingAt(db, out.chief, '10:00'), { ...out, ...told })
  const page = await publicPage(db, out.slug)
  const words = pictureWords(page as never, { language: 'vi', shape: 'doc', home, at: clock('10:01') })
  expect(words).toMatchObject({
    mark: { kind: 'withdrawn' },
    facts: [{ words: 'Đã rút lúc 10:00 ngày 02/03/2026' }, {}, {}],
  })
  expect((await get(db, path, '10:01')).status).toBe(200)
  await unpublishBulletin(actingAt(db, out.chief, '10:10'), { ...withdrawn, reason: 'Lộ tên', redirectToId: null })
  expect((await get(db, path, '10:11')).status).toBe(410)
  expect((await get(db, '/ban-tin/khong-co/chia-se-doc.png', '10:11')).status).toBe(404)
  expect((await get(db, `/ban-tin/${out.slug}/chia-se-vuong.png`, '10:11')).status).toBe(404)
})

test('of an exercise is for staff alone, and its code leads to the desk', async ({ db }) => {
  const { editor } = await buildNewsroom(db)
  const { id } = await buildBulletin(db, { state: 'published', content: contentOf(undefined, valid), isExercise: true })
  const path = `/api/bulletins/${id}/share-doc-vi.png`
  expect((await get(db, path, '10:00')).status).toBe(401)
  const answer = await get(db, path, '10:00', {}, editor)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
  expect((await scanned(await answer.arrayBuffer())).link).toBe(`${home}/bulletins/${id}`)
  const { id: real } = await publish(db)
  expect((await get(db, `/api/bulletins/${real}/share-doc-vi.png`, '10:00', {}, editor)).status).toBe(404)
})

test('many concurrent requests are all answered: drawn once for all, or the queue would be full', async ({ db }) => {
  const { slug } = await publish(db)
  const path = `/ban-tin/${slug}/chia-se-doc.png`
  const answers = await Promise.all(Array.from({ length: 40 }, () => get(db, path, '10:00')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const bodies = await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  expect(new Set(bodies.map(({ byteLength }) => byteLength)).size).toBe(1)
})

test('does not wait for photos that staff upload, and does not delay them: when its own queue is full it is refused', async ({
  db,
}) => {
  const photo = Promise.withResolvers<string>()
  const handingIn = drawInTurn(() => photo.promise)
  const slugs: string[] = []
  for (let at = 0; at < 5; at++) slugs.push((await publish(db, contentOf(`Cấm cầu số ${at}`, valid))).slug)
  const homes = ['', '/en'].flatMap((home) => slugs.map((slug) => `${home}/ban-tin/${slug}`))
  const paths = homes.flatMap((page) => Object.keys(shareShapes).map((shape) => `${page}/chia-se-${shape}.png`))
  const answers = await Promise.all(paths.map((path) => get(db, path, '10:00')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]))
  const busy = answers.find(({ status }) => status === 503)
  expect([busy?.headers.get('retry-after'), busy?.headers.get('cache-control')]).toEqual(['5', 'no-store'])
  photo.resolve('stored')
  expect(await handingIn).toBe('stored')
  // Once they are drawn there is room again.
  expect((await get(db, paths.at(-1) as string, '10:00')).status).toBe(200)
})

test('its existence is answered without drawing it', async ({ db }) => {
  const { slug } = await publish(db)
  Object.assign(visit, { db, at: clock('10:00') })
  const answer = await fetch(`${origin}/ban-tin/${slug}/chia-se-doc.png`, { method: 'HEAD' })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
  // Its length is known only once it is drawn.
  expect(answer.headers.get('content-length')).toBeNull()
  expect(answer.headers.get('etag')).toBeTruthy()
})

test('of a bulletin without English exists once, in Vietnamese', async ({ db }) => {
  const { slug } = await buildBulletin(db, {
    state: 'published',
    content: contentOf(undefined, { ...valid, en: null }),
  })
  Object.assign(visit, { db, at: clock('10:00') })
  const answer = await fetch(`${origin}/en/ban-tin/${slug}/chia-se-doc.png?v=1-inForce&tai=1`, { redirect: 'manual' })
  const location = `/ban-tin/${slug}/chia-se-doc.png?v=1-inForce&tai=1`
  expect([answer.status, answer.headers.get('location')]).toEqual([307, location])
})
