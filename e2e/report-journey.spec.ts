import { expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import { buildIncident } from '#db/factories/incidents.ts'
import { unique } from '#db/factories/unique.ts'
import { test } from './fixtures.ts'
import { hoursAgo } from './office.ts'
import { handIn, openReport, photoWithPlace, reportOn, tabTo, timelineOf } from './report-page.ts'
import { visit } from './visit.ts'

const words = {
  body: 'Cây xà cừ bật gốc từ sáng, chắn hết lối vào ngõ, xe không qua được. Nhờ cơ quan cho người đến dọn giúp.',
  address: 'Ngõ 12 phố Lò Đúc',
  what: 'Tổ cây xanh đã cưa và dọn xong cây xà cừ đổ, thông lối vào ngõ, rào lại hố gốc.',
  where: 'Trước số 12 phố Lò Đúc',
  when: '09 giờ 30 sáng nay',
  next: 'Trồng cây thay thế trong tháng tới',
}

test('a storm report goes from the hotline, by keyboard alone, through officer and approver to the citizen', async ({
  signedInAs,
  db,
}) => {
  test.setTimeout(180_000)
  const storm = await buildIncident(db, { name: `Bão ${unique('thử')}`, startsAt: hoursAgo(20) })
  const title = `Cây xà cừ đổ chắn ngõ ${unique('LD')}`

  const dispatcher = await signedInAs('dieuphoi')
  const officer = await signedInAs('canbo.cayxanh')
  const approver = await signedInAs('lanhdao.cayxanh')
  await visit(officer, '/reports')
  await visit(approver, '/reports')
  const held = await countOf(officer, 'Đơn vị tôi')
  const waiting = await countOf(approver, 'Chờ phê duyệt')

  const code = await test.step('the dispatcher enters the call', async () => {
    await visit(dispatcher, '/reports')
    await expect(dispatcher.getByRole('grid')).toBeVisible()
    await dispatcher.keyboard.press('Shift+N')
    const form = dispatcher.getByRole('dialog', { name: 'Ghi nhận phản ánh thay công dân' })
    await expect(form.getByLabel('Tiêu đề')).toBeFocused()
    await dispatcher.keyboard.type(title)
    await tabTo(dispatcher, form.getByLabel('Nội dung phản ánh'))
    await dispatcher.keyboard.type(words.body)
    await tabTo(dispatcher, form.getByLabel('Lĩnh vực'))
    await dispatcher.keyboard.type('cay do canh gay')
    await expect(dispatcher.getByRole('option', { name: /^Cây đổ, cành gãy/ })).toBeVisible()
    await dispatcher.keyboard.press('Enter')
    await tabTo(dispatcher, form.getByLabel('Địa chỉ', { exact: true }))
    await dispatcher.keyboard.type(words.address)
    await tabTo(dispatcher, form.getByLabel('Sự kiện'))
    await dispatcher.keyboard.type(storm.name)
    await expect(dispatcher.getByRole('option', { name: storm.name })).toBeVisible()
    await dispatcher.keyboard.press('Enter')
    await tabTo(dispatcher, form.getByLabel('Điện thoại'))
    await dispatcher.keyboard.type('0912 345 678')
    await dispatcher.keyboard.press('Control+Enter')
    await expect(dispatcher.getByRole('heading', { name: title })).toBeVisible()
    return new URL(dispatcher.url()).pathname.split('/').at(-1) ?? ''
  })
  expect(code).toMatch(/^HN-\d{6}-\d{4}$/)

  await test.step('finds it in the queue without a single accent and assigns it', async () => {
    await dispatcher.keyboard.press('g')
    await dispatcher.keyboard.press('q')
    await expect(dispatcher).toHaveURL(/\/reports\?view=awaiting_intake$/)
    await dispatcher.keyboard.press('/')
    await dispatcher.keyboard.type(title.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd'))
    await dispatcher.keyboard.press('Enter')
    await expect(dispatcher.getByRole('row', { name: code })).toBeVisible()
    await expect(dispatcher.getByRole('status').filter({ hasText: /^1 phản ánh$/ })).toBeVisible()
    await dispatcher.keyboard.press('j')
    await dispatcher.keyboard.press('Enter')
    await reportOn(dispatcher, code)
    await dispatcher.keyboard.press('a')
    const dialog = dispatcher.getByRole('dialog', { name: /^Tiếp nhận và phân công/ })
    await expect(dialog.getByRole('combobox', { name: 'Đơn vị' })).toBeFocused()
    await expect(dialog.getByRole('combobox', { name: 'Đơn vị' })).toHaveValue(/Cây xanh Hà Nội$/)
    await dispatcher.keyboard.press('Control+Enter')
    await expect(dispatcher.getByText(new RegExp(`^Đã phân công ${code} cho .*[Cc]ây xanh`))).toBeVisible()
    await expect(dialog).toBeHidden()
    await expect(timelineOf(dispatcher).getByText(/^Tiếp nhận, phân công cho/)).toBeVisible()
  })

  await test.step('the officer accepts it, and the agency has one report more', async () => {
    // Once the time to take the assignment back has passed.
    await expect.poll(() => countOf(officer, 'Đơn vị tôi'), { timeout: 60_000 }).toBe(held + 1)
    const report = await openReport(officer, code)
    await expect(report.getByText(storm.name).first()).toBeVisible()
    await report.getByRole('button', { name: /^Nhận xử lý/ }).click()
    await expect(timelineOf(officer).getByText(/^Nhận xử lý/)).toBeVisible()
  })

  await test.step('adds a photo, which is shown without its location data', async () => {
    const photo = await photoWithPlace()
    expect((await sharp(photo).metadata()).exif).toBeDefined()
    // The officer's own come first.
    await expect(officer.getByRole('button', { name: /^Thêm ảnh/ })).toHaveText(['Thêm ảnh', 'Thêm ảnh của công dân'])
    await handIn(officer.getByRole('button', { name: 'Thêm ảnh', exact: true }), photo)
    const shown = officer.getByRole('region', { name: 'Nội dung phản ánh' }).getByRole('button', { name: /^Xem ảnh/ })
    await expect(shown).toHaveCount(1)
    await shown.click()
    const image = officer.getByRole('dialog', { name: 'Xem ảnh' }).getByRole('img')
    await expect(image).toBeVisible()
    await expect(officer.getByRole('dialog', { name: 'Xem ảnh' })).toContainText('hien-truong.jpg')
    const served = await officer.request.get((await image.getAttribute('src')) ?? '')
    expect(served.ok()).toBe(true)
    const { exif, xmp, width } = await sharp(await served.body()).metadata()
    expect([exif, xmp, width]).toEqual([undefined, undefined, 640])
    await officer.keyboard.press('Escape')
  })

  await test.step('answers what, where, when and what comes next, with the proof', async () => {
    await officer.keyboard.press('r')
    const box = officer.getByRole('region', { name: 'Trả lời công dân' })
    await box.getByLabel('Kết quả xử lý').fill(words.what)
    await expect(box.getByText('Chưa nêu địa điểm xử lý')).toBeVisible()
    await box.getByLabel('Địa điểm').fill(words.where)
    await box.getByLabel('Thời gian').fill(words.when)
    await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
    await box.getByLabel('Bước tiếp theo').fill(words.next)
    await handIn(box.getByRole('button', { name: 'Thêm ảnh minh chứng' }), await photoWithPlace())
    await expect(box.getByRole('checkbox', { name: 'Gửi kèm ảnh này' }).first()).toBeChecked()
    await box.getByRole('button', { name: /^Trình phê duyệt/ }).click()
    await expect(officer.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
    await expect(timelineOf(officer).getByText('Trình phê duyệt dự thảo trả lời')).toBeVisible()
  })

  await test.step('the approver reads and approves it, and the count of answers approved is one higher', async () => {
    await visit(approver, '/reports')
    expect(await countOf(approver, 'Chờ phê duyệt')).toBe(waiting + 1)
    const report = await openReport(approver, code)
    const card = report.getByRole('region', { name: 'Dự thảo chờ phê duyệt' })
    await expect(card.getByText(words.what)).toBeVisible()
    await report.getByRole('button', { name: /^Phê duyệt/ }).click()
    await expect(approver.getByText(new RegExp(`^Đã phê duyệt, trả lời ${code} gửi sau`))).toBeVisible()
    await approver.keyboard.press('Escape')
    await expect.poll(() => countOf(approver, 'Chờ phê duyệt')).toBe(waiting)
  })

  await test.step('when the undo time has passed, the answer is with the citizen', async () => {
    const sent = timelineOf(dispatcher).getByText('Phát hành trả lời cho công dân')
    await expect(async () => {
      await dispatcher.reload()
      await reportOn(dispatcher, code)
      await expect(sent).toBeVisible({ timeout: 1000 })
    }).toPass({ timeout: 60_000 })
    const told = ['Phản ánh đến qua tổng đài 1022', 'Tiếp nhận, phân công', 'Nhận xử lý', 'Thêm ảnh', 'Trình phê duyệt']
    const inOrder = [...told, 'Phê duyệt trả lời', 'Phát hành trả lời cho công dân'].join('[^]*')
    await expect(timelineOf(dispatcher)).toContainText(new RegExp(inOrder))

    await dispatcher.getByRole('button', { name: 'Bản công dân nhận', exact: true }).click()
    const seen = dispatcher.getByRole('region', { name: 'Bản công dân nhận', exact: true })
    await expect(seen.getByText('Đã xử lý')).toBeVisible()
    for (const each of [words.what, words.where, words.when, words.next]) {
      await expect(seen.getByText(each)).toBeVisible()
    }
    await expect(seen.getByRole('img')).toHaveCount(1)
    await expect(seen.getByText('Lê Văn Sơn')).toHaveCount(0)
    await visit(officer, '/reports')
    expect(await countOf(officer, 'Đơn vị tôi')).toBe(held)
  })
})

/** The count beside a view. */
async function countOf(page: Page, view: string): Promise<number> {
  const link = page
    .getByRole('navigation', { name: 'Danh sách', exact: true })
    .getByRole('link', { name: new RegExp(`^${view}`) })
  const [, figure] = /(\d+)\s*$/.exec((await link.textContent()) ?? '') ?? []
  return Number(figure)
}
