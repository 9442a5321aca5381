import { eq } from 'drizzle-orm'
import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { bulletinSchedules, bulletins } from '#db/schema/index.ts'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import { expect, test } from './fixtures.ts'
import { answer, bodyOf, openBulletin, picture, saved, unique } from './newsroom.ts'
import { buildOfCity } from './office.ts'
import { typeDay } from './type-day.ts'
import { visit } from './visit.ts'

/** A minute in Hanoi, as the fields of a form take it. */
function inMinutes(minutes: number): { day: string; time: string } {
  const local = isoInHanoi(new Date(Date.now() + minutes * 60_000))
  const [year, month, date] = local.slice(0, 10).split('-')
  return { day: `${date}/${month}/${year}`, time: local.slice(11, 16) }
}

test('the whole life of a bulletin: written with an image, corrected, approved, scheduled, published, amended, withdrawn', async ({
  signedInAs,
  browser,
  baseURL,
  db,
}) => {
  test.setTimeout(420_000)
  const title = `Cấm cầu Long Biên vì gió mạnh ${unique()}`
  const duc = await signedInAs('bientap')
  await visit(duc, '/bulletins')
  await duc.getByRole('button', { name: 'Soạn bản tin' }).click()
  const begin = duc.getByRole('dialog', { name: 'Soạn bản tin mới' })
  await begin.getByLabel('Loại').selectOption('road_closed')
  await begin.getByRole('button', { name: 'Bắt đầu soạn' }).click()
  await duc.waitForURL(/\/bulletins\/[0-9a-f-]{36}$/)
  const id = duc.url().split('/').at(-1) as string

  await duc.getByLabel('Tiêu đề').fill(title)
  await duc.getByLabel('Tóm tắt').fill('Từ 20:00 ngày 25/11/2026 cấm mọi phương tiện qua cầu cho đến khi gió giảm.')
  await bodyOf(duc).click()
  await duc.keyboard.press('ControlOrMeta+a')
  await duc.keyboard.type(
    'Người tham gia giao thông đi theo cầu Chương Dương và cầu Vĩnh Tuy, theo hướng dẫn của cảnh sát giao thông.',
  )
  await duc.locator('input[type=file]').setInputFiles(await picture())
  await duc.getByLabel('Mô tả ảnh').fill('Rào chắn ở đầu cầu Long Biên')
  await duc.getByRole('checkbox', { name: /^Toàn thành phố/ }).check()
  await duc.getByLabel('Nguồn', { exact: true }).fill('Sở Xây dựng')
  // The template's English still has its blanks, and they block publication until someone fills them in or leaves
  // English out.
  await duc.getByRole('tab', { name: /^Kiểm tra/ }).click()
  await expect(duc.getByText('còn chỗ trống của mẫu').first()).toBeVisible()
  await duc.getByRole('tab', { name: /English/ }).click()
  await duc.getByRole('button', { name: 'Bỏ bản tiếng Anh' }).click()
  await duc.getByRole('tab', { name: /Tiếng Việt/ }).click()
  await expect(duc.getByText('còn chỗ trống của mẫu')).toHaveCount(0)
  await expect(saved(duc)).toBeVisible()
  await duc.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(duc, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Gấp, xin duyệt trước 20:00.'])

  const vinh = await signedInAs('tongbientap')
  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Yêu cầu sửa' }).click()
  await answer(vinh, 'Yêu cầu sửa bản tin', 'Gửi yêu cầu', ['Cần sửa những gì', 'Ghi rõ lối đi cho xe tải.'])

  await openBulletin(duc, id)
  await expect(duc.getByText('Người duyệt yêu cầu sửa')).toBeVisible()
  await bodyOf(duc).click()
  await duc.keyboard.press('ControlOrMeta+End')
  await duc.keyboard.type('Xe tải theo cầu Thanh Trì.')
  await expect(saved(duc)).toBeVisible()
  await duc.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(duc, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Đã thêm.'])

  await openBulletin(vinh, id)
  await vinh.keyboard.press('Shift+A')
  await answer(vinh, 'Duyệt bản tin', 'Duyệt')
  await expect(vinh.getByText('Đã duyệt', { exact: true }).first()).toBeVisible()
  await vinh.keyboard.press('Shift+P')
  const when = vinh.getByRole('dialog', { name: 'Đăng bản tin' })
  await when.getByLabel('Hẹn giờ').check()
  const dialog = vinh.getByRole('dialog', { name: 'Hẹn giờ đăng' })
  const { day, time } = inMinutes(10)
  await typeDay(dialog, vinh, 'Ngày', inMinutes(-60).day)
  await dialog.getByLabel('Giờ', { exact: true }).fill(inMinutes(-60).time)
  await expect(dialog.getByText('Giờ này đã qua.')).toBeVisible()
  await typeDay(dialog, vinh, 'Ngày', day)
  await dialog.getByLabel('Giờ', { exact: true }).fill(time)
  for (const box of await dialog.getByRole('checkbox').all()) await box.check()
  await dialog.getByRole('button', { name: 'Hẹn giờ', exact: true }).click()
  await expect(vinh.getByText(/Sẽ tự đăng lúc/)).toBeVisible()

  // Its minute comes: the sweeper, which checks every minute, finds it overdue.
  const due = new Date(Date.now() - 1000)
  await db.update(bulletinSchedules).set({ dueAt: due }).where(eq(bulletinSchedules.bulletinId, id))
  await expect
    .poll(async () => (await db.select().from(bulletins).where(eq(bulletins.id, id)))[0]?.state, { timeout: 100_000 })
    .toBe('published')
  const [{ slug } = { slug: null }] = await db.select().from(bulletins).where(eq(bulletins.id, id))

  const reader = await (await browser.newContext()).newPage()
  await reader.goto(`${baseURL}/ban-tin/${slug}`)
  await expect(reader.getByRole('heading', { level: 1 })).toContainText(title)
  await expect(reader.getByRole('img', { name: 'Rào chắn ở đầu cầu Long Biên' })).toBeVisible()
  for (const feed of ['atom', 'rss', 'json']) {
    await expect
      .poll(async () => (await reader.request.get(`${baseURL}/feeds/bulletins.${feed}`)).text(), { timeout: 90_000 })
      .toContain(title)
  }

  await openBulletin(duc, id)
  await duc.getByRole('button', { name: 'Đính chính' }).click()
  await answer(duc, 'Đính chính bản tin', 'Bắt đầu sửa', [
    'Lời đính chính cho người đọc',
    'Sửa giờ cấm cầu thành 18:00.',
  ])
  await duc.getByLabel('Tóm tắt').fill('Từ 18:00 ngày 25/11/2026 cấm mọi phương tiện qua cầu cho đến khi gió giảm.')
  await expect(saved(duc)).toBeVisible()
  await duc.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(duc, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Đính chính giờ.'])
  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Duyệt', exact: false }).first().click()
  await answer(vinh, 'Duyệt bản tin', 'Duyệt')
  await vinh.getByRole('button', { name: /^Đăng, hẹn giờ/ }).click()
  await answer(vinh, 'Đăng bản tin', 'Đăng ngay')
  await expect
    .poll(async () => {
      // A page may be cached for a minute; the next request gets the present text.
      await reader.reload()
      return reader.locator('main').textContent()
    })
    .toContain('Sửa giờ cấm cầu thành 18:00.')

  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Thao tác khác' }).click()
  await vinh.getByRole('menuitem', { name: 'Rút hoặc gỡ…' }).click()
  await answer(vinh, 'Rút bản tin', 'Rút bản tin', ['Thông báo cho người đọc', 'Cầu đã thông xe trở lại.'])
  await expect
    .poll(async () => {
      await reader.reload()
      return reader.locator('main').textContent()
    })
    .toContain('Cầu đã thông xe trở lại.')
})

test('a bulletin that the robot publishes while it is being edited is published as approved; what was typed stays with its writer', async ({
  signedInAs,
  db,
}) => {
  test.setTimeout(240_000)
  const lan = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const content = contentOf(`Ngập phố Huế ${unique()}`)
  const built = await buildBulletin(db, { state: 'approved', authorId: lan.id, content })
  const page = await signedInAs(lan.username)
  await openBulletin(page, built.id)
  await page.getByRole('button', { name: 'Sửa', exact: true }).click()
  const summary = page.getByLabel('Tóm tắt')
  await summary.fill('Nước ngập 40 cm trên phố Huế.')

  // The chief editor has scheduled it, and its minute has passed: the sweeper finds it.
  const due = new Date(Date.now() - 1000)
  const schedule = { revisionId: built.currentRevisionId as string, scheduledById: built.approvedById as string }
  await db.update(bulletins).set({ state: 'scheduled', scheduledFor: due }).where(eq(bulletins.id, built.id))
  await db.insert(bulletinSchedules).values({ ...schedule, bulletinId: built.id, dueAt: due, scheduledAt: due })
  const current = async () => (await db.select().from(bulletins).where(eq(bulletins.id, built.id)))[0]
  await expect.poll(async () => (await current())?.state, { timeout: 100_000 }).toBe('published')

  const told = page.getByRole('alert').filter({ hasText: 'Phần bạn vừa gõ chưa được lưu' })
  await expect(told).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText('Nước ngập 40 cm trên phố Huế.')).toBeVisible()
  expect((await current())?.publishedRevisionId).toBe(built.currentRevisionId)
  await told.getByRole('button', { name: 'Bỏ phần tôi gõ, xem bản tin' }).click()
  await expect(page.getByText(content.vi.summary)).toBeVisible()
  await expect(told).toBeHidden()
})
