import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { buildBulletin } from '#db/factories/bulletins.ts'
import { bulletinRevisions } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'

const _accountsList = /\/api\/trpc\/[^?]*accounts\.list/

/** The lines of the desk's log that contain this code. */
const linesWith = (code: string): string[] =>
  readFileSync(process.env.DESK_LOG ?? '', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(code))

test('a defect of the server is called one, blames neither connection nor user, and its code leads to one line of the log', async ({
  signedInAs,
  db,
}) => {
  const { id } = await buildBulletin(db)
  // No code writes such a content: reading it throws.
  await db
    .update(bulletinRevisions)
    .set({ content: {} as never })
    .where(eq(bulletinRevisions.bulletinId, id))
  const page = await signedInAs('bientap')
  await page.goto(`/bulletins/${id}`)
  const told = page.getByRole('main').getByRole('alert')
  await expect(told.getByRole('heading', { level: 1, name: 'Hệ thống gặp lỗi' })).toBeVisible()
  await expect(told).toContainText('không phải do mạng hay thao tác của bạn')
  await expect(page.getByRole('navigation', { name: 'Điều hướng chính' })).toBeVisible()
  const code = /Mã lỗi: ([2-9A-Z]{10})/.exec((await told.textContent()) ?? '')?.[1] ?? ''
  expect(code).toMatch(/^[2-9A-Z]{10}$/)
  const [line, ...others] = linesWith(code)
  expect(others).toEqual([])
  expect(JSON.parse(line ?? '{}')).toMatchObject({ fault: code, path: 'bulletins.byId', err: { type: 'TypeError' } })
})
