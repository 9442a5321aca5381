import { expect } from '@playwright/test'
import { storyOf } from '#db/factories/story.ts'
import { lateBox, lateList } from './early.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { openReport, timelineOf } from './report-page.ts'
import { holdUpCode, putOffAtFocus } from './slow-line.ts'

test('on a report that is still loading a key is kept too, and what is typed becomes the note', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'officer', 1)
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await page.keyboard.type('da goi to dan pho')
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('da goi to dan pho')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

const boxes = [
  { key: 'e', label: 'Nội dung ghi chú', code: 'notePlaceholder' },
  { key: 'r', label: 'Kết quả xử lý', code: 'whatPlaceholder' },
] as const
const words = 'da hen, jkx r a t s p c 123 z'

for (const { key, label, code } of boxes) {
  test(`every letter after ${key} is in its box in order, whether its code is loading or loaded`, async ({
    signedInAs,
    db,
  }) => {
    const { page, letGo } = await lateBox({ signedInAs, db }, code)
    const box = page.getByLabel(label)
    await page.keyboard.press(key)
    await page.keyboard.type(words)
    await expect(page.getByRole('status').filter({ hasText: 'Đang mở…' })).toContainText(words)
    letGo()
    await expect(box).toHaveValue(words)
    await expect(box).toBeFocused()
    await page.keyboard.type('. Xong')
    await page.keyboard.press('Escape')
    await expect(box).toBeHidden()
    await page.keyboard.press(key)
    await page.keyboard.type(', jkx')
    await expect(box).toHaveValue(`${words}. Xong, jkx`)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test(`Esc right after ${key} keeps its box closed`, async ({ signedInAs, db }) => {
    const { page, article, letGo } = await lateBox({ signedInAs, db }, code)
    await page.keyboard.press(key)
    await page.keyboard.press('Escape')
    await expect(article.getByRole('button', { name: 'Ghi chú nội bộ', exact: true })).toBeVisible()
    letGo()
    await page.keyboard.press(key)
    await expect(page.getByLabel(label)).toBeFocused()
    await expect(page.getByLabel(label)).toHaveValue('')
  })
}

test('a note submitted before its box is loaded is sent once, whole, as soon as it is', async ({ signedInAs, db }) => {
  const { page, letGo, report } = await lateBox({ signedInAs, db }, 'notePlaceholder')
  await page.keyboard.press('e')
  await page.keyboard.type(words)
  await page.keyboard.press('Control+Enter')
  // Repeated keys, and keys meant for later: neither is a second note, nor a part of this one.
  await page.keyboard.press('Control+Enter')
  await page.keyboard.type('3j')
  const opening = page.getByRole('status').filter({ hasText: 'Đang mở…' })
  await expect(opening).toContainText(`${words}Ctrl`)
  expect((await storyOf(db, report.id)).notes).toEqual([])
  letGo()
  await expect(timelineOf(page).getByText(words)).toHaveCount(1)
  await expect(page.getByLabel('Nội dung ghi chú')).toBeHidden()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect.poll(async () => (await storyOf(db, report.id)).notes.map(({ body }) => body)).toEqual([words])
  // The box is empty, the page has its keys again.
  await page.keyboard.press('e')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('')
  await page.keyboard.type('Hai')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(async () => (await storyOf(db, report.id)).notes.map(({ body }) => body).sort())
    .toEqual(['Hai', words])
})

test('a note submitted before its report is loaded is sent once', async ({ signedInAs, db }) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'officer', 1)
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await page.keyboard.type('da goi to dan pho')
  await page.keyboard.press('Control+Enter')
  letGo()
  await expect(timelineOf(page).getByText('da goi to dan pho')).toHaveCount(1)
  await expect(page.getByText('Đã lưu ghi chú')).toBeVisible()
})

test('no note is sent that is empty, may be incomplete, or was cancelled', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const box = page.getByLabel('Nội dung ghi chú')
  for (const [keys, stands] of [
    [['Control+Enter'], ''],
    [['a', 'b', 'ArrowLeft', 'c', 'Control+Enter'], 'abc'],
    [['a', 'Control+Enter', 'Escape', 'e', 'd'], 'd'],
  ] as const) {
    const letGo = await holdUpCode(page, 'notePlaceholder')
    await openReport(page, report.code)
    await page.keyboard.press('e')
    for (const key of keys) await page.keyboard.press(key)
    letGo()
    await expect(box).toBeFocused()
    await expect(box).toHaveValue(stands)
    await box.fill('')
  }
  expect((await storyOf(db, report.id)).notes).toEqual([])
})

test('an answer submitted before its box is loaded asks for what it lacks, and keeps its text', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo, report } = await lateBox({ signedInAs, db }, 'whatPlaceholder')
  await page.keyboard.press('r')
  await page.keyboard.type(words)
  await page.keyboard.press('Control+Enter')
  letGo()
  await expect(page.getByLabel('Kết quả xử lý')).toHaveValue(words)
  await expect(page.getByRole('textbox', { name: 'Địa điểm' })).toHaveAccessibleDescription('Cần điền mục này')
  expect((await storyOf(db, report.id)).answers).toEqual([])
})

test('a report opened by its address keeps what is typed for it until its own code is loaded', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const letGo = await holdUpCode(page, '"composer-title"')
  await page.goto(`/reports/${code}`, { waitUntil: 'commit' })
  const keys = page.getByRole('button', { name: 'Bảng phím tắt' })
  const isAlive = () => keys.evaluate((button) => Object.keys(button).some((each) => each.startsWith('__reactProps')))
  await expect.poll(isAlive).toBe(true)
  // Key listeners are attached once React has rendered: it has by the time the browser is idle.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
  await page.keyboard.press('e')
  await page.keyboard.type(words)
  await expect(page.getByRole('status').filter({ hasText: 'Đang mở…' })).toContainText(words)
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue(words)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the templates load at the moment at which the box appears, with the text typed before', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo } = await lateBox({ signedInAs, db }, 'whatPlaceholder')
  await putOffAtFocus(page)
  await page.keyboard.press('r')
  await page.keyboard.type(words)
  letGo()
  await expect(page.getByLabel('Kết quả xử lý')).toBeFocused()
  await page.keyboard.press('Control+;')
  await expect(page.getByRole('combobox', { name: 'Tìm mẫu, không cần dấu' })).toBeFocused()
  await expect(page.getByLabel('Kết quả xử lý')).toHaveValue(words)
})
