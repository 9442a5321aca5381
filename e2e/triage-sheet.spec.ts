import { expect, type Locator, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOfCity } from './office.ts'
import { holdUp } from './slow-line.ts'
import { addressOf, buildFields, buildMixed, decide, minutesAgo, stateOf, titleOn } from './triage.ts'
import { visit } from './visit.ts'

/** The reports that are loaded at once. */
const pageSize = 50
const viewport = { width: 1366, height: 768 }

/** A fallen tree that waits, an earlier report of it next door, and one of a leaning tree farther off. */
async function buildTrees(db: Database) {
  const fields = await buildFields(db)
  const common = { categoryCode: fields.decided, lat: fields.south }
  const asked = await buildReport(db, {
    ...common,
    lon: 105.7,
    address: '95 Lò Đúc',
    receivedAt: minutesAgo(60),
    title: 'Cây xà cừ đổ chắn ngang phố',
    body: 'Cây xà cừ bật gốc đổ ngang đường trước số nhà 95, đè 2 ô tô, xe buýt không qua được.',
  })
  await buildPhoto(db, asked.id, { kind: 'citizen' })
  const handled = { state: 'in_progress' as const, agencyId: fields.agency.id }
  const fallen = await buildReport(db, {
    ...common,
    ...handled,
    lon: 105.7003,
    address: '88 Lò Đúc',
    receivedAt: minutesAgo(102),
    title: 'Cây to đổ đè xe trước 88 Lò Đúc',
    body: 'Cây xà cừ to đổ ngang đường, đè hai ô tô của dân.',
    mergedCount: 3,
  })
  const leaning = await buildReport(db, {
    ...common,
    ...handled,
    lon: 105.701,
    address: '70 Lò Đúc',
    receivedAt: minutesAgo(2 * 1440),
    title: 'Cây xà cừ nghiêng, rễ bật',
    body: 'Cây xà cừ nghiêng khoảng 30 độ về phía đường.',
  })
  return { fields, asked, fallen, leaning }
}

const boxOf = async (part: Locator) => (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }

/** The report ends where the sheet begins. */
async function isBeside(page: Page, sheet: Locator): Promise<boolean> {
  const [report, beside] = [await boxOf(page.getByRole('region', { name: 'Phản ánh đang xem' })), await boxOf(sheet)]
  return beside.width > 400 && report.width > 600 && report.x + report.width <= beside.x
}

test('likely duplicates stand side by side beside the report; a digit chooses, and Enter merges', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { fields, asked, fallen, leaning } = await buildTrees(db)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username, { viewport })
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(asked.title)

  // Before `2` all that decides is there already.
  const sheet = page.getByRole('complementary', { name: 'Quyết định cho phản ánh đang xem' })
  const options = sheet.getByRole('option')
  await expect(options).toHaveCount(2)
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('2')
  await expect(sheet.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
  await expect(sheet.getByRole('heading', { name: 'Trùng với phản ánh nào?' })).toBeVisible()
  expect(await isBeside(page, sheet)).toBe(true)
  const [one, other] = [options.nth(0), options.nth(1)]
  expect((await boxOf(one)).y).toBe((await boxOf(other)).y)
  await expect(one).toContainText(/cách 3\d m/)
  await expect(one).toContainText('trước 42 phút')
  await expect(one).toContainText('cùng Lò Đúc')
  await expect(one).toContainText('số 88, không phải số 95')
  await expect(one.locator('mark').filter({ hasText: 'đổ ngang đường' })).toBeVisible()
  await expect(page.getByRole('article').locator('mark').filter({ hasText: 'đổ ngang đường' })).toBeVisible()
  await expect(sheet.getByText(/^Giữ .*5 người phản ánh/)).toContainText(fallen.code)
  expect(await seriousViolations(page)).toEqual([])

  await page.keyboard.press('2')
  await expect(other).toHaveAttribute('aria-selected', 'true')
  await expect(sheet.getByText(/^Giữ /)).toContainText(leaning.code)
  // Looking at the report ends nothing; Escape does, from there too.
  await titleOn(page).click()
  await expect(other).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(sheet.getByRole('heading', { name: 'Trùng với phản ánh nào?' })).toBeHidden()
  await page.keyboard.press('2')
  await expect(sheet.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Đã gộp ${asked.code} vào ${fallen.code}`)).toBeVisible()
  await expect.poll(() => stateOf(db, asked)).toBe('merged')
})

test('any other report is found beside the report, and a rejection is asked there too, its undo in a lane', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const fields = await buildFields(db)
  const [first, second] = await buildMixed(db, fields, 2)
  const elsewhere = await buildReport(db, { state: 'in_progress', categoryCode: fields.decided })
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username, { viewport })
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')

  await page.keyboard.press('3')
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect(dialog.getByRole('radio').first()).toBeFocused()
  expect(await isBeside(page, dialog)).toBe(true)
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('6')
  await page.keyboard.press('Control+Enter')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  const lane = await boxOf(page.getByText(`Đã từ chối ${first?.code}`))
  const bar = await boxOf(page.getByRole('region', { name: 'Quyết định', exact: true }))
  const proposal = await boxOf(page.getByRole('region', { name: 'Đề xuất theo quy tắc' }))
  expect(lane.y).toBeGreaterThan(proposal.y + proposal.height)
  expect(lane.y + lane.height).toBeLessThanOrEqual(bar.y)

  await page.keyboard.press('2')
  const search = page.getByLabel('Phản ánh khác: gõ mã hoặc vài chữ, không cần dấu')
  await expect(search).toBeFocused()
  await page.keyboard.type(elsewhere.code)
  await expect(page.getByText(/^Giữ /)).toContainText(elsewhere.code)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Đã gộp ${second?.code} vào ${elsewhere.code}`)).toBeVisible()
  await expect
    .poll(
      async () =>
        (
          await db
            .select()
            .from(reports)
            .where(eq(reports.id, second?.id ?? 0))
        )[0]?.mergedIntoId,
    )
    .toBe(elsewhere.id)
})

test('a rejection that is being written stays with its report when the decision before it is undone', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first, second] = await buildMixed(db, fields, 2)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username, { viewport })
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await decide(page, 'reject', '')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')

  await page.keyboard.press('3')
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect(dialog.getByRole('radio').first()).toBeFocused()
  await page.keyboard.press('5')
  const answer = dialog.getByLabel('Trả lời công dân')
  await answer.fill('Nội dung dành cho phản ánh thứ hai.')
  await page.getByRole('button', { name: /^Hoàn tác/ }).click()
  await expect(page.getByText(`Đã hoàn tác trên ${first?.code}`)).toBeVisible()
  await expect.poll(() => stateOf(db, first)).toBe('awaiting_intake')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await expect(answer).toHaveValue('Nội dung dành cho phản ánh thứ hai.')
  await expect(page.getByRole('button', { name: /^Hoãn/ })).toHaveAttribute('aria-disabled', 'true')

  await answer.focus()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã từ chối ${second?.code}`)).toBeVisible()
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await expect.poll(() => stateOf(db, second)).toBe('rejected')
  expect(await stateOf(db, first)).toBe('awaiting_intake')
})

test('the next page is there before the last report; on a slow line the first does not come again instead', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, pageSize + 3)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username, { viewport })
  const letGo = await holdUp(page, /reports\.queue[,?]/)
  await visit(page, `${addressOf(fields)}&at=${built[pageSize - 2]?.code}`)
  await expect(titleOn(page)).toHaveText(built[pageSize - 2]?.title ?? '')
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(built[pageSize - 1]?.title ?? '')
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(built[pageSize - 1]?.title ?? '')
  letGo()
  await expect(titleOn(page)).toHaveText(built[pageSize]?.title ?? '')
})
