import type { APIResponse, Page } from '@playwright/test'
import sharp from 'sharp'
import type { Database } from '#db/client.ts'
import { reportPhotos } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { photoWithPlace } from './report-page.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

/** Adds a citizen's photo to the report. */
async function addPhoto(page: Page, db: Database, reportId: number, origin: string): Promise<void> {
  const headers = { 'content-type': 'image/jpeg', origin }
  const stored: APIResponse = await page.request.post('/api/photos', { data: await photoWithPlace(), headers })
  const { fileId } = (await stored.json()) as { fileId: string }
  await db.insert(reportPhotos).values({ reportId, fileId, kind: 'citizen', addedAt: new Date() })
}

test('an approver hides a part of a photo by mouse, keys and numbers, and the public sees the rest', async ({
  signedInAs,
  baseURL,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office, { title: 'Nắp cống vỡ', body: 'Nắp cống vỡ từ hôm qua.' })
  const page = await signedInAs(office.approver.username, { viewport: { width: 1366, height: 768 } })
  await addPhoto(page, db, id, new URL(baseURL ?? '').origin)
  await visit(page, `/reports/${code}`)
  await page.getByRole('button', { name: 'Xem và duyệt' }).click()
  const sheet = page.getByRole('dialog', { name: `Bản công khai: ${code}` })
  await expect(sheet.getByText('Chưa xem', { exact: true })).toBeVisible()
  await sheet.getByRole('button', { name: 'Che vùng trên ảnh 1: ảnh công dân gửi' }).click()

  const editor = page.getByRole('dialog', { name: 'Che ảnh 1/1' })
  const stage = editor.getByRole('group', { name: 'Che ảnh 1/1' })
  await expect(stage.locator('img')).toHaveJSProperty('complete', true)
  const place = await stage.boundingBox()
  if (!place) throw new Error('there is no photo')
  const at = (x: number, y: number) => [place.x + place.width * x, place.y + place.height * y] as const
  await page.mouse.move(...at(0.2, 0.2))
  await page.mouse.down()
  await page.mouse.move(...at(0.4, 0.5), { steps: 4 })
  await page.mouse.up()
  const drawn = stage.getByRole('button', { name: /^Vùng 1: trái 20(,1)? %, trên (20|19,9|20,1) %, rộng (20|19,9) %/ })
  await expect(drawn).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(editor.getByRole('status')).toHaveText(/^Vùng 1: trái 20,[56] %, trên .*, cao 30,[4-6] %$/)
  await page.keyboard.press('Control+KeyZ')
  await page.keyboard.press('Control+KeyZ')
  await expect(drawn).toBeVisible()
  await editor.getByRole('button', { name: 'Thêm vùng che' }).click()
  await page.keyboard.press('Delete')
  await expect(editor.getByRole('status')).toHaveText('Đã xóa vùng 2, còn 1')
  await expect(drawn).toBeFocused()
  const sides = { 'Trái (%)': '50', 'Trên (%)': '0', 'Rộng (%)': '50', 'Cao (%)': '100' }
  for (const [side, value] of Object.entries(sides)) await editor.getByLabel(side).fill(value)
  const half = 'Vùng 1: trái 50 %, trên 0 %, rộng 50 %, cao 100 %'
  await expect(stage.getByRole('button', { name: half })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await editor.getByRole('button', { name: 'Xong' }).click()

  await expect(sheet.getByText('Công khai, che 1 vùng')).toBeVisible()
  await sheet.getByRole('button', { name: 'Duyệt và công khai' }).click()
  await expect(page.getByText(`Đã công khai ${code}`)).toBeVisible()
  const found = await page.request.get(`/open311/v2/requests/${code}.json`)
  const [{ media_url: address }] = (await found.json()) as [{ media_url: string }]
  const photo = await page.request.get(new URL(address).pathname)
  expect(photo.headers()['content-type']).toBe('image/jpeg')
  const { data, info } = await sharp(await photo.body())
    .raw()
    .toBuffer({ resolveWithObject: true })
  const brightest = (from: number, to: number) => {
    let most = 0
    for (let y = 0; y < info.height; y += 1)
      for (let x = from; x < to; x += 1) most = Math.max(most, data[(y * info.width + x) * info.channels + 1] ?? 0)
    return most
  }
  expect(brightest(info.width / 2 + 16, info.width)).toBeLessThan(32)
  expect(brightest(0, info.width / 2 - 16)).toBeGreaterThan(48)
})
