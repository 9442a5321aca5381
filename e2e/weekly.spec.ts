import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { openMailbox } from '#db/factories/mailbox.ts'
import { unique } from '#db/factories/unique.ts'
import { mailings } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { visit } from './visit.ts'

const report = (page: Page) => page.getByRole('article', { name: 'Văn bản báo cáo' })

/** The value of a figure in the report: the first thing in its cell for this period. */
const valueIn = async (page: Page, name: string): Promise<string> => {
  const cell = report(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  return (await cell.getByRole('cell').first().locator('> *').first().textContent()) ?? ''
}

const wholeNumber = (text: string): number => Number(text.replaceAll('.', ''))

/** Of an earlier week: the letter alone, on A4. */
async function expectLetter(page: Page): Promise<void> {
  // Weeks before the last one: other journeys may bring emergencies into it, each with figures of its own.
  for (const _ of [1, 2]) {
    const period = report(page).getByText(/^Tuần từ /)
    const before = await period.textContent()
    await page.getByRole('button', { name: 'Kỳ trước' }).click()
    await expect(period).not.toHaveText(before ?? '')
  }
  await page.emulateMedia({ media: 'print' })
  await expect(report(page).getByText('Cộng hòa xã hội chủ nghĩa Việt Nam')).toBeVisible()
  await expect(report(page).getByText('Báo cáo trích xuất tự động, không thay văn bản hành chính.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'In', exact: true })).toBeHidden()
  await expect(page.getByRole('link', { name: 'Bảng thống kê' })).toBeHidden()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const sizes = [...paper.matchAll(/MediaBox \[0 0 (\d+)[\d.]* (\d+)/g)].map(
    ([, width, height]) => `${width} × ${height}`,
  )
  expect(sizes.length).toBeLessThan(4)
  expect(new Set(sizes)).toEqual(new Set(['594 × 841']))
  await page.emulateMedia({ media: 'screen' })
}

test('a manager sets up a mailing, tries it out, finds what it sent as issued and switches it off; in print the report is the letter alone, on A4', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const box = await openMailbox(Number(new URL(process.env.SMTP_URL ?? '').port))
  const email = `${unique('mai')}@example.com`
  const manager = await buildAccount(db, {
    agency: await buildCity(db),
    name: `Hoàng Thị ${unique('Mai')}`,
    roles: ['manager'],
    email,
  })
  const page = await signedInAs(manager.username)
  await visit(page, '/insights/mailings')
  await page.getByRole('button', { name: 'Thêm lịch gửi' }).click()
  const form = page.getByRole('dialog', { name: 'Thêm lịch gửi' })
  await form.getByRole('button', { name: 'Thêm' }).click()
  await expect(form.getByText('Không được để trống.')).toHaveCount(2)
  const name = `Báo cáo tuần ${unique('thu')}`
  await form.getByRole('textbox', { name: /^Tên lịch/ }).fill(name)
  await form.getByRole('combobox', { name: 'Báo cáo' }).selectOption({ label: 'Hằng ngày, về ngày hôm trước' })
  await expect(form.getByText('Thư của ngày làm việc kế tiếp gồm cả các ngày nghỉ trước đó.')).toBeVisible()
  await expect(form.getByLabel(/^Gửi vào/)).toHaveCount(0)
  await form
    .getByRole('combobox', { name: 'Báo cáo' })
    .selectOption({ label: 'Sau sự kiện, tổng kết khi sự kiện đóng' })
  await expect(form.getByText('Gửi trong vài phút sau khi sự kiện đóng.')).toBeVisible()
  await expect(form.getByLabel(/^(Gửi vào|Lúc)/)).toHaveCount(0)
  await form.getByRole('combobox', { name: 'Báo cáo' }).selectOption({ label: 'Hằng tuần, về tuần vừa hết' })
  await form.getByLabel(/^Lúc/).fill('06:45')
  await form.getByRole('combobox', { name: /^Người nhận/ }).fill(manager.name)
  await page.getByRole('option', { name: manager.name }).click()
  expect(await seriousViolations(page, '[role="dialog"]')).toEqual([])
  await form.getByRole('button', { name: 'Thêm' }).click()
  await expect(form).toBeHidden()

  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  await expect(row).toContainText('Thứ Hai hằng tuần, 06:45, chỉ ngày làm việc')
  const act = async (item: string) => {
    await row.getByRole('button', { name: `Thao tác với lịch gửi: ${name}` }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  // Other journeys may enter reports of the week meanwhile.
  const beside = await page.context().newPage()
  const receivedNow = async () => {
    await visit(beside, '/insights/weekly')
    return wholeNumber(await valueIn(beside, 'Tiếp nhận'))
  }
  const before = await receivedNow()
  await act('Gửi thử cho tôi')
  await expect(row).toContainText('Đã gửi')
  const letters = box.letters.filter(({ to }) => to.includes(email))
  expect(letters.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^\[Gửi thử\] Báo cáo tuần: /)])
  expect(letters[0]?.files.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^bao-cao-.*\.xlsx$/)])

  const told = wholeNumber(/Tiếp nhận: ([\d.]+)/.exec(letters[0]?.text ?? '')?.[1] ?? '')
  expect(told).toBeGreaterThanOrEqual(before)
  expect(told).toBeLessThanOrEqual(await receivedNow())
  await expectLetter(beside)

  await act('Nhật ký gửi')
  await expect(page.getByRole('dialog')).toContainText(`Đã gửi: ${manager.name}`)
  await page.keyboard.press('Escape')

  // It falls due: what is sent is kept, and shown as it was issued.
  const dueAt = new Date(Date.now() - 60_000)
  await db.update(mailings).set({ nextAt: dueAt, onWorkingDays: false }).where(eq(mailings.name, name))
  await act('Gửi thử cho tôi')
  const subjectSent = () =>
    box.letters.find(({ to, subject }) => to.includes(email) && subject.startsWith('Báo cáo tuần: '))?.subject ?? ''
  await expect.poll(subjectSent).not.toBe('')
  await visit(beside, '/insights/issued')
  await beside.getByRole('row').filter({ hasText: name }).getByRole('link').click()
  await expect(beside.getByRole('heading', { level: 1, name: subjectSent() })).toBeVisible()
  await expect(beside.frameLocator('iframe').getByText(/^Phát hành lúc/)).toBeVisible()
  const corrections = beside.getByRole('region', { name: 'Đính chính' })
  await expect(corrections.getByRole('status')).toContainText('ính lại bây giờ')
  expect(await seriousViolations(beside)).toEqual([])

  // Its board, and the reports behind a figure of it, are those that were known when it was issued.
  const issuedAt = beside.url()
  await beside.getByRole('link', { name: 'Bảng thống kê như đã phát hành' }).click()
  await expect(beside.getByText(/số liệu lúc .*, theo những gì biết lúc/)).toBeVisible()
  const chips = beside.getByRole('region', { name: 'Bộ lọc của bảng thống kê' })
  await expect(chips).toContainText(/Thời điểm.*như đã phát hành/)
  await chips.getByRole('button', { name: 'Xem như nay được biết' }).click()
  await expect(beside.getByText(/số liệu lúc .*, như nay được biết/)).toBeVisible()
  await beside.goBack()
  await beside.goBack()
  await expect(beside).toHaveURL(issuedAt)
  const points = beside.getByRole('region', { name: 'Phản ánh đứng sau số liệu đã phát hành' })
  await points.getByRole('link').first().click()
  await expect(beside.getByRole('list', { name: 'Điều kiện của con số' })).toContainText('như đã phát hành')

  await act('Tắt')
  await expect(row).toContainText('Đang tắt')
  await box.close()
})
