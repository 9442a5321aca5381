import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { expect, onTestFinished, vi } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Database } from '#db/client.ts'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildFile } from '#db/factories/photos.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletins, files } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { correctBulletin } from '#server/bulletins/commands/correct-bulletin.ts'
import { publishBulletin } from '#server/bulletins/commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from '#server/bulletins/commands/review-bulletin.ts'
import { saveBulletin } from '#server/bulletins/commands/save-bulletin.ts'
import { handleAlertKey } from '#server/bulletins/http/alert-key.ts'
import { handleFeeds } from '#server/bulletins/http/feeds.ts'
import { handlePublicImages } from '#server/bulletins/http/images.ts'
import { handleBulletinPages } from '#server/bulletins/http/pages.ts'
import { handleShareImages } from '#server/bulletins/http/share-images.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { directoryStore } from '#server/platform/files.ts'
import { createDeskServer } from '../desk-server.ts'

const schema = readFileSync(join(import.meta.dirname, '../../bulletins/http/testing/cap-1.2.xsd'), 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'public-'))
const store = directoryStore(folder)

/** An image of a bulletin with its public copy in the store. */
export async function storedImage(db: Database, ownerId: string): Promise<string> {
  const fileId = await buildFile(db, { purpose: 'bulletin_image', ownerId, attachedAt: new Date() })
  const [row] = await db.select().from(files).where(eq(files.id, fileId))
  const shape = { width: 60, height: 40, channels: 3, background: '#5a7d5a' } as const
  await store.write(row?.publicKey as string, await sharp({ create: shape }).jpeg().toBuffer())
  return fileId
}

export const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: [], appUrl: undefined },
    doors: [],
    openDoors: [
      handleAlertKey,
      handleFeeds,
      (request, response, visit) => handlePublicImages(request, response, visit, store),
      handleShareImages,
      handleBulletinPages,
    ],
    // In the place of Next: it knows nothing of what the handlers before it decide.
    pages: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store' }).end('<h1>page</h1>')
    },
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}`, { headers, redirect: 'manual' })
  return { origin, get }
})

export async function slugOf(db: Database, id: string): Promise<string> {
  const [row] = await db.select({ slug: bulletins.slug }).from(bulletins).where(eq(bulletins.id, id))
  return row?.slug ?? ''
}

/** Written, approved and published, by the commands of the desk. */
export async function publish(db: Database, content = contentOf(), incidentId: string | null = null) {
  const { editor, chief } = await buildNewsroom(db)
  const approved = await buildBulletin(db, {
    state: 'approved',
    content,
    incidentId,
    authorId: editor.id,
    approvedById: chief.id,
  })
  const out = await publishBulletin(actingAt(db, chief, '09:00'), { id: approved.id, version: 1, acknowledged: [] })
  return { editor, chief, ...out }
}

/** The clock of the desk, for a test in which something must not have lapsed yet. */
export function setClock(time: string): void {
  vi.useFakeTimers({ now: hanoi(`2026-03-02 ${time}`), toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
}

export type Newsroom = Awaited<ReturnType<typeof buildNewsroom>>
type Out = Awaited<ReturnType<typeof publish>>

export async function correct(
  db: Database,
  out: Out,
  kind: 'minor' | 'substantive' | 'personal_data',
  content: ReturnType<typeof contentOf>,
  at: string,
) {
  const note = kind === 'substantive' ? 'Giờ thông xe đã đổi.' : ''
  const noteEn = note && 'The hours have changed.'
  // What is corrected in one language is corrected in the other.
  const added = kind === 'minor' ? 'Please share it.' : `Updated at ${at}.`
  const en = content.en && { ...content.en, summary: `${content.en.summary} ${added}` }
  let moved = await correctBulletin(actingAt(db, out.editor, at), { ...out, kind, note, noteEn, reason: 'Lộ tên' })
  moved = await saveBulletin(actingAt(db, out.editor, at), {
    ...moved,
    content: { ...content, en },
    auto: false,
    typo: false,
  })
  moved = await submitBulletin(actingAt(db, out.editor, at), { ...moved, note: '' })
  moved = await approveBulletin(actingAt(db, out.chief, at), { ...moved, acknowledged: [] })
  return { ...out, ...(await publishBulletin(actingAt(db, out.chief, at), { ...moved, acknowledged: [] })) }
}

export async function assertValid(xml: string): Promise<void> {
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'alert.xml', contents: xml }], schema: [schema] })
  expect(errors).toEqual([])
  expect(valid).toBe(true)
}
