import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { buildBulletin } from '#db/factories/bulletins.ts'
import { bulletinRevisions } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './visit.ts'

const accountsList = /\/api\/trpc\/[^?]*accounts\.list/

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

test('a list that fails to load says whether the connection or the server is at fault, and loads on retry', async ({
  signedInAs,
}) => {
  const page = await signedInAs('quantri')
  const told = page.getByRole('main').getByRole('alert')
  for (const [stand, words] of [
    [(route) => route.abort(), 'Không kết nối được máy chủ'],
    [
      (route) => route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
      'Hệ thống tạm thời chưa phục vụ được',
    ],
  ] as [Parameters<typeof page.route>[1], string][]) {
    await page.route(accountsList, stand)
    await visit(page, '/admin/accounts')
    await expect(told.getByRole('heading', { name: words })).toBeVisible()
    await page.unroute(accountsList)
    await told.getByRole('button', { name: 'Thử lại' }).click()
    await expect(page.getByRole('row').nth(3)).toBeVisible()
    await expect(told).toHaveCount(0)
  }
})
