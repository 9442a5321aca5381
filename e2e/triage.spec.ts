import { expect, type Page } from '@playwright/test'
import { inArray } from 'drizzle-orm'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { handOver } from './handed-over.ts'
import { buildOfCity } from './office.ts'
import { holdUpPages } from './slow-line.ts'
import { addressOf, buildFields, buildMixed, counter, decide, type Kind, openStrip, titleOn } from './triage.ts'
import { visit } from './visit.ts'

const stateAfter: Record<Kind, string> = {
  rule: 'awaiting_acceptance',
  choice: 'awaiting_acceptance',
  duplicate: 'merged',
  reject: 'rejected',
  ask: 'awaiting_citizen',
}

test('forty mixed reports are cleared by the keyboard alone, each as decided', async ({ signedInAs, db }) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, 40)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await visit(page, addressOf(fields))
  await expect(counter(page)).toHaveText('Còn 40')
  for (const { title, kind } of built) {
    await expect(titleOn(page)).toHaveText(title)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await decide(page, kind, fields.agency.name)
  }
  await expect(page.getByRole('heading', { name: 'Hết phản ánh theo bộ lọc này' })).toBeVisible()
  await expect(counter(page)).toHaveText(/^Còn 0, thường mất \d+ giây · đã quyết định 40$/)

  const ids = built.map(({ id }) => id)
  const statesNow = async () => {
    const rows = await db.select().from(reports).where(inArray(reports.id, ids))
    return Object.fromEntries(rows.map(({ id, state }) => [id, state]))
  }
  await expect.poll(statesNow).toEqual(Object.fromEntries(built.map(({ id, kind }) => [id, stateAfter[kind]])))
  const rows = await db.select().from(reports).where(inArray(reports.id, ids))
  for (const { id, kind } of built) {
    const row = rows.find((each) => each.id === id)
    if (kind === 'rule' || kind === 'choice') expect(row?.agencyId).toBe(fields.agency.id)
    if (kind === 'duplicate') expect(row?.mergedIntoId).not.toBeNull()
  }
})

test('the likeliest agency, a ready question and the usual answer to a reason are one digit away, even before they are loaded', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const { calendarId } = await buildCity(db)
  const usual = await buildAgency(db, { calendarId, name: `Xí nghiệp ${unique('den')}` })
  const { id: areaId } = await buildArea(db)
  await buildReport(db, { state: 'in_progress', categoryCode: fields.open, agencyId: usual.id, areaId })
  const built = await buildMixed(db, fields, 4, { areaId })
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  const saidRejected = (at: number) => expect(page.getByText(`Đã từ chối ${built[at]?.code}`)).toBeVisible()
  await visit(page, addressOf(fields))

  await expect(titleOn(page)).toHaveText(built[0]?.title ?? '')
  await page.keyboard.press('a')
  await expect(dialog.getByRole('button', { name: usual.name })).toBeVisible()
  await page.keyboard.press('1')
  await expect(dialog.getByRole('combobox', { name: /^Đơn vị/ })).toHaveValue(usual.name)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã phân công ${built[0]?.code} cho ${usual.name}`)).toBeVisible()

  await expect(titleOn(page)).toHaveText(built[1]?.title ?? '')
  await page.keyboard.press('4')
  await page.keyboard.press('1')
  await expect(dialog.getByLabel('Nội dung đề nghị bổ sung')).toHaveValue(new RegExp(built[1]?.code ?? ''))
  await page.keyboard.type(' 2 ')
  await expect(dialog.getByLabel('Nội dung đề nghị bổ sung')).toHaveValue(/ 2 $/)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã đề nghị bổ sung, ${built[1]?.code} chờ công dân`)).toBeVisible()

  await expect(titleOn(page)).toHaveText(built[2]?.title ?? '')
  await page.keyboard.press('3')
  await page.keyboard.press('2')
  await expect(dialog.getByRole('radio', { name: /^Khiếu nại/ })).toBeChecked()
  // The first time for a reason its standard text is there; what replaces it is the usual one from then on.
  await expect(dialog.getByLabel('Trả lời công dân')).toHaveValue(new RegExp(`${built[2]?.code}.*Luật Khiếu nại`))
  await dialog.getByRole('button', { name: /^Không thuộc phạm vi/ }).click()
  await expect(dialog.getByLabel('Trả lời công dân')).toHaveValue(/Cổng dịch vụ công/)
  await page.keyboard.press('Control+Enter')
  await saidRejected(2)

  await expect(titleOn(page)).toHaveText(built[3]?.title ?? '')
  await page.keyboard.press('3')
  await page.keyboard.press('2')
  await expect(dialog.getByLabel('Trả lời công dân')).toHaveValue(new RegExp(`${built[3]?.code}.*Cổng dịch vụ công`))
  await page.keyboard.press('Control+Enter')
  await saidRejected(3)
})

test('the place is in the address, and composed letters in progress decide nothing', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, 3)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await visit(page, addressOf(fields))
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(titleOn(page)).toHaveText('Việc 3 duplicate')
  await expect(page).toHaveURL(new RegExp(`at=${built[2]?.code}`))
  await visit(page, page.url())
  await expect(titleOn(page)).toHaveText('Việc 3 duplicate')
  expect(await seriousViolations(page)).toEqual([])

  await expect(page.getByRole('button', { name: /^Trùng… \(1\)/ })).toBeVisible()
  await handOver(page, '1', 'Digit1', { isComposing: true })
  await handOver(page, 'Process', 'Digit3')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(titleOn(page)).toHaveText('Việc 3 duplicate')
  // VNI sends a vowel where 2 was pressed; the key is still the second decision, and the first report of the list is
  // the first.
  await handOver(page, 'à', 'Digit2')
  await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
  expect(await seriousViolations(page)).toEqual([])
  await handOver(page, 'á', 'Digit1', { isComposing: true })
  await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
  await handOver(page, 'á', 'Digit1')
  await expect(page.getByRole('option', { name: built[2]?.title ?? '' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Đã gộp ${built[2]?.code} vào HN-`)).toBeVisible()
})

test('an account without city-wide intake sees a message', async ({ signedInAs }) => {
  const page = await signedInAs('canbo.hoankiem')
  await visit(page, '/triage')
  await expect(page.getByRole('heading', { name: 'Tài khoản không có quyền xem trang này' })).toBeVisible()
})

/** Presses Enter as soon as the next report has appeared and has the keys, before anyone could have read it. */
const pressOnceMore = (page: Page, title: string) =>
  page.evaluate(async (next) => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
    const isThere = () =>
      document.querySelector('article h2')?.textContent === next && document.activeElement?.tagName === 'SECTION'
    while (!isThere()) await frame()
    await frame()
    const press = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
  }, title)

test('Enter pressed once more after a decision opens nothing; after another key it opens the report again', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, 4)
  const title = (at: number) => built[at]?.title ?? ''
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(title(0))
  await page.keyboard.press('3')
  await expect(dialog.getByRole('radio').first()).toBeFocused()
  await page.keyboard.press('6')
  const afterDialog = pressOnceMore(page, title(1))
  await page.keyboard.press('Enter')
  await afterDialog
  await expect(page.getByText(`Đã từ chối ${built[0]?.code}`)).toBeVisible()

  // The same from the list of likely duplicates.
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(title(2))
  await expect(page.getByRole('button', { name: /^Trùng… \(1\)/ })).toBeVisible()
  await page.keyboard.press('2')
  await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
  const afterPick = pressOnceMore(page, title(3))
  await page.keyboard.press('Enter')
  await afterPick
  await expect(page.getByText(`Đã gộp ${built[2]?.code} vào HN-`)).toBeVisible()
  await page.keyboard.press('k')
  await expect(titleOn(page)).toHaveText(title(1))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/reports/${built[1]?.code}`))
})

test('what was decided on its own page is skipped on the way back, which leads to triage', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, 3)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  await visit(page, addressOf(fields))
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(built[1]?.title ?? '')
  await expect(page).toHaveURL(new RegExp(`at=${built[1]?.code}`))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: built[1]?.title ?? '' })).toBeVisible()
  await page.keyboard.press('3')
  await expect(dialog.getByRole('radio').first()).toBeFocused()
  await page.keyboard.press('6')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã từ chối ${built[1]?.code}`)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/triage\?/)
  await expect(titleOn(page)).toHaveText(built[2]?.title ?? '')
})

test('a question to the citizen is undone by z, and its text is there when it is asked again', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first, second] = await buildMixed(db, fields, 2)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await decide(page, 'reject', '')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await decide(page, 'ask', '')
  await expect(page.getByText(`Đã đề nghị bổ sung, ${second?.code}`)).toBeVisible()
  await page.keyboard.press('z')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await expect(page.getByText(`Đã hoàn tác trên ${second?.code}`)).toBeVisible()
  // The decision before it is not what was meant.
  await expect(page.getByText(`Đã hoàn tác trên ${first?.code}`)).toHaveCount(0)
  await page.keyboard.press('4')
  const question = page.getByRole('dialog').getByLabel('Nội dung đề nghị bổ sung')
  await expect(question).toHaveValue('Xin cho biết số nhà?')
})

test('a report that is opened right after a step to it opens, though its page loads slowly', async ({
  signedInAs,
  db,
}) => {
  const { page, built } = await openStrip({ signedInAs, db }, 2)
  const letGo = await holdUpPages(page)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  // After everything that the step has deferred until then.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)))
  letGo()
  await expect(page).toHaveURL(new RegExp(`/reports/${built[1]?.code}`))
})
