import { expect, type Page } from '@playwright/test'
import { storyOf } from '#db/factories/story.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt, type Office } from './office.ts'
import { openReport, timelineOf } from './report-page.ts'
import { factsOfReport, holdUp, holdUpCode } from './slow-line.ts'
import { visit } from './visit.ts'

async function officeWith(
  db: Parameters<typeof buildOffice>[0],
  count: number,
  state = 'in_progress' as const,
): Promise<Office> {
  const office = await buildOffice(db)
  for (let i = 1; i <= count; i++) await buildReportAt(db, office, { state, title: `Cây nghiêng số ${i}` })
  return office
}

const activeRow = (page: Page) => page.locator('tr[data-focused]')
const inOrder = '/reports?view=my_agency&sort=code&dir=asc'

test('a key pressed before the row’s facts are there is kept, and the letters after it land in the first field', async ({
  signedInAs,
  db,
}) => {
  const { approver } = await officeWith(db, 3)
  const page = await signedInAs(approver.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('t')
  await page.keyboard.type('cong ty cay')
  await expect(page.getByRole('status').filter({ hasText: 'Đang mở' })).toContainText('cong ty cay')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  letGo()
  const dialog = page.getByRole('dialog', { name: /^Chuyển đơn vị/ })
  await expect(dialog.getByLabel('Đơn vị')).toHaveValue('cong ty cay')
  await expect(dialog.getByLabel('Đơn vị')).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
})

/** What a typing tool does that hands over letters without keys: here at the very moment at which the field gets the focus. */
function handOverOnFocus(letters: string) {
  const handOver = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLInputElement)) return
    document.removeEventListener('focusin', handOver)
    const told = { bubbles: true, inputType: 'insertText', data: letters }
    if (!target.dispatchEvent(new InputEvent('beforeinput', { ...told, cancelable: true }))) return
    target.setRangeText(letters, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
    target.dispatchEvent(new InputEvent('input', told))
  }
  document.addEventListener('focusin', handOver)
}

test('letters that a typing tool hands over as the field comes are put behind those typed before', async ({
  signedInAs,
  db,
}) => {
  const { approver } = await officeWith(db, 1)
  const page = await signedInAs(approver.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('t')
  await page.keyboard.type('C')
  await page.evaluate(handOverOnFocus, 'ông ty')
  letGo()
  await expect(page.getByRole('dialog', { name: /^Chuyển đơn vị/ }).getByLabel('Đơn vị')).toHaveValue('Công ty')
})

test('Esc calls off what is still opening', async ({ signedInAs, db }) => {
  const { approver } = await officeWith(db, 2)
  const page = await signedInAs(approver.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('p')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  letGo()
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the menu of moves opens as soon as there is one, on the line that the arrows went to', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 1)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('s')
  await page.keyboard.press('ArrowDown')
  letGo()
  await expect(page.getByRole('menuitem').nth(1)).toBeFocused()
})

test('a report is taken by a key pressed too early, while the next key already moves on', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 2)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('i')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  letGo()
  await expect(page.getByText(/^Đã giao HN-\S+ cho Trần Văn Hùng/)).toBeVisible()
  await expect(page.getByRole('row', { name: /Cây nghiêng số 1/ })).toContainText('Trần Văn Hùng')
  await expect(page.getByRole('row', { name: /Cây nghiêng số 2/ })).not.toContainText('Trần Văn Hùng')
})

test('a list that is changed to takes the keys that come before its rows', async ({ signedInAs, db }) => {
  const { officer } = await officeWith(db, 3)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=mine')
  const letGo = await holdUp(page, /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z])/)
  for (const key of ['g', 'u', 'j', 'j', 'x']) await page.keyboard.press(key)
  await expect(page).toHaveURL(/view=unassigned/)
  letGo()
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(1)
  await expect(page.locator('tbody').getByRole('row').nth(2)).toHaveAttribute('aria-selected', 'true')
})

test('on a report that is still on its way a key is kept too, and what is typed becomes the note', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 1)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await page.keyboard.type('da goi to dan pho')
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('da goi to dan pho')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('while the code of a dialog is on its way no letter is a command', async ({ signedInAs, db }) => {
  const { approver } = await officeWith(db, 3)
  const page = await signedInAs(approver.username)
  await visit(page, inOrder)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  const letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  await page.keyboard.type('jjx cay')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  letGo()
  await expect(page.getByRole('dialog').getByLabel('Đơn vị')).toHaveValue('jjx cay')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
})

test('a dispatcher types the agency before its list and its suggestion are there, and keeps what was typed', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const { code } = await buildReportAt(db, office, { state: 'awaiting_intake' })
  const page = await signedInAs(dispatcher.username)
  const letGo = await holdUp(page, /agencies\.valid|suggestedAgency/)
  await visit(page, `/reports/${code}`)
  await page.keyboard.press('a')
  await page.keyboard.type(office.agency.shortName)
  letGo()
  const agency = page.getByRole('dialog').getByRole('combobox', { name: /^Đơn vị/ })
  await expect(agency).toHaveValue(office.agency.shortName)
  await expect(page.getByRole('option').first()).toContainText(office.agency.shortName)
})

const boxes = [
  { key: 'e', label: 'Nội dung ghi chú', code: 'notePlaceholder' },
  { key: 'r', label: 'Đã làm gì', code: 'whatPlaceholder' },
] as const
const words = 'da hen, jkx r a t s p c 123 z'

for (const { key, label, code } of boxes) {
  test(`every letter after ${key} stands in its box in order, with its code on the way or there`, async ({
    signedInAs,
    db,
  }) => {
    const office = await buildOffice(db)
    const report = await buildReportAt(db, office)
    const page = await signedInAs(office.officer.username)
    const letGo = await holdUpCode(page, code)
    await openReport(page, report.code)
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

  test(`Esc right after ${key} keeps its box away`, async ({ signedInAs, db }) => {
    const office = await buildOffice(db)
    const report = await buildReportAt(db, office)
    const page = await signedInAs(office.officer.username)
    const letGo = await holdUpCode(page, code)
    const article = await openReport(page, report.code)
    await page.keyboard.press(key)
    await page.keyboard.press('Escape')
    await expect(article.getByRole('button', { name: 'Ghi chú nội bộ', exact: true })).toBeVisible()
    letGo()
    await page.keyboard.press(key)
    await expect(page.getByLabel(label)).toBeFocused()
    await expect(page.getByLabel(label)).toHaveValue('')
  })
}

test('a note sent before its box is there goes out once, whole, as soon as it is', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const letGo = await holdUpCode(page, 'notePlaceholder')
  await openReport(page, report.code)
  await page.keyboard.press('e')
  await page.keyboard.type(words)
  await page.keyboard.press('Control+Enter')
  // Impatience, and what was meant for after it: neither is a second note, nor a word of this one.
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
  // The box is free, the keys are the page's again.
  await page.keyboard.press('e')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('')
  await page.keyboard.type('Hai')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(async () => (await storyOf(db, report.id)).notes.map(({ body }) => body).sort())
    .toEqual(['Hai', words])
})

test('a note sent before its report is there goes out once', async ({ signedInAs, db }) => {
  const { officer } = await officeWith(db, 1)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await page.keyboard.type('da goi to dan pho')
  await page.keyboard.press('Control+Enter')
  letGo()
  await expect(timelineOf(page).getByText('da goi to dan pho')).toHaveCount(1)
  await expect(page.getByText('Đã lưu ghi chú')).toBeVisible()
})

test('no note goes out that is empty, or may not be all that was meant, or was called off', async ({
  signedInAs,
  db,
}) => {
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

test('an answer sent before its box is there asks for what it lacks, and keeps its words', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const letGo = await holdUpCode(page, 'whatPlaceholder')
  await openReport(page, report.code)
  await page.keyboard.press('r')
  await page.keyboard.type(words)
  await page.keyboard.press('Control+Enter')
  letGo()
  await expect(page.getByLabel('Đã làm gì')).toHaveValue(words)
  await expect(page.getByRole('textbox', { name: 'Ở đâu' })).toHaveAccessibleDescription('Cần điền mục này')
  expect((await storyOf(db, report.id)).answers).toEqual([])
})

test('Ctrl+Enter in a dialog that is on its way does what it does in one that is there', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const page = await signedInAs(office.approver.username)
  const article = await openReport(page, report.code)
  let letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  await page.keyboard.press('Control+Enter')
  letGo()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Đơn vị')).toHaveAccessibleDescription(/Chọn một mục/)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  // A name of which a part is typed names nobody yet.
  await visit(page, page.url())
  await expect(article).toBeVisible()
  letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  await page.keyboard.type('cay')
  await page.keyboard.press('Control+Enter')
  letGo()
  await expect(dialog.getByLabel('Đơn vị')).toHaveValue('cay')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect((await storyOf(db, report.id)).report.agencyId).toBe(office.agency.id)
})

test('Esc right after a key keeps the dialog away whose code is on its way', async ({ signedInAs, db }) => {
  const { approver } = await officeWith(db, 2)
  const page = await signedInAs(approver.username)
  await visit(page, inOrder)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  const letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('p')
  await page.keyboard.type('ab')
  await page.keyboard.press('Escape')
  letGo()
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a report opened by its address keeps what is typed for it until its own code is there', async ({
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
  // What listens for keys begins to once React has drawn: it has by the time the browser has nothing else to do.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
  await page.keyboard.press('e')
  await page.keyboard.type(words)
  await expect(page.getByRole('status').filter({ hasText: 'Đang mở…' })).toContainText(words)
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue(words)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a dialog whose code does not come leaves the page as it is and says so; with the line back it opens', async ({
  signedInAs,
  db,
}) => {
  const { approver } = await officeWith(db, 2)
  const page = await signedInAs(approver.username)
  await visit(page, inOrder)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  const code = /\/_next\/static\/chunks\//
  await page.route(code, (route) => route.abort())
  await page.keyboard.press('t')
  await expect(page.getByText('Chưa tải được nội dung này.')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await page.unroute(code)
  await page.keyboard.press('t')
  await expect(page.getByRole('dialog').getByLabel('Đơn vị')).toBeFocused()
})

test('Back before Next has heard of the report’s address closes the report again, and the keys are the list’s', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 2)
  const page = await signedInAs(officer.username)
  await visit(page, inOrder)
  const list = page.url()
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  // Next hears of addresses through a `pushState` of its own: without it, it stays as late as it can be.
  await page.evaluate(() => Reflect.deleteProperty(window.history, 'pushState'))
  await page.keyboard.press('Enter')
  const opened = page.getByRole('article', { name: /^HN-/ }).getByRole('button', { name: 'Về danh sách' })
  await expect(opened).toBeVisible()
  await expect(page).not.toHaveURL(list)
  await page.goBack()
  await expect(page).toHaveURL(list)
  await expect(opened).toBeHidden()
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
})
