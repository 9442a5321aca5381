import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { eq, inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { reportAnswers, reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOfCity, hoursAgo } from './office.ts'
import { tabTo } from './report-page.ts'
import { holdUp, holdUpCode, keepDeaf } from './slow-line.ts'
import { visit } from './visit.ts'

const minutesAgo = (minutes: number) => hoursAgo(minutes / 60)

/** A category whose agency the rules name, one whose agency they do not; only reports of this journey lie in them. */
async function buildFields(db: Database) {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId, name: `Công ty ${unique('cay')}` })
  const decided = await buildCategory(db, { leadAgencyId: agency.id })
  const open = await buildCategory(db, {})
  return { agency, decided: decided.code, open: open.code, south: randomInt(8000, 20_000) / 1000 }
}

/** A name, and the first letters of its last words, by which nothing else is found. */
function wordsByLetters() {
  const letters = Array.from({ length: 4 }, () => String.fromCharCode(97 + randomInt(26))).join('')
  return { letters, name: `Đội ${[...letters].map((letter) => `${letter.toUpperCase()}an`).join(' ')}` }
}

type Kind = 'rule' | 'choice' | 'duplicate' | 'reject' | 'ask'
const kinds: readonly Kind[] = ['rule', 'choice', 'duplicate', 'reject', 'ask']
type Fields = Awaited<ReturnType<typeof buildFields>>

async function buildMixed(
  db: Database,
  fields: Fields,
  count: number,
  common: { areaId?: number } = {},
): Promise<(BuiltReport & { kind: Kind })[]> {
  const built: (BuiltReport & { kind: Kind })[] = []
  for (let i = 0; i < count; i++) {
    const kind = kinds[i % kinds.length] as Kind
    const report = await buildReport(db, {
      state: 'awaiting_intake',
      categoryCode: kind === 'choice' ? fields.open : fields.decided,
      title: `Việc ${i + 1} ${kind}`,
      // The queue goes by what is due: the first that came is the first.
      receivedAt: minutesAgo(200 - i),
      ...(kind === 'duplicate' && placeOf(fields, i)),
      ...common,
    })
    if (kind === 'duplicate') await buildCanonical(db, fields, i)
    built.push({ ...report, kind })
  }
  return built
}

/** Far enough from one another, and from what other journeys build, that each has one report beside it. */
const placeOf = ({ south }: Fields, i: number) => ({
  lon: 105.7 + i * 0.01,
  lat: south,
  address: `${i} phố Đê La Thành`,
})

const buildCanonical = (db: Database, fields: Fields, i: number) =>
  buildReport(db, {
    state: 'in_progress',
    categoryCode: fields.decided,
    agencyId: fields.agency.id,
    title: `Việc ${i + 1} duplicate`,
    receivedAt: minutesAgo(260),
    ...placeOf(fields, i),
  })

const addressOf = ({ decided, open }: Fields) => `/triage?category=${decided},${open}&sort=received&dir=asc`
const titleOn = (page: Page) => page.getByRole('article', { name: /^HN-/ }).getByRole('heading', { level: 2 })
const counter = (page: Page) => page.getByText(/^Còn \d+/)
const send = (page: Page, key: string, code: string, more: { isComposing?: boolean } = {}) =>
  page.evaluate(
    (press) =>
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true }),
      ),
    { key, code, ...more },
  )

async function decide(page: Page, kind: Kind, agencyName: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  switch (kind) {
    case 'rule':
      await expect(page.getByRole('button', { name: /^Tiếp nhận →/ })).toBeVisible()
      return page.keyboard.press('1')
    case 'choice':
      await page.keyboard.press('1')
      await expect(dialog.getByRole('combobox', { name: /^Đơn vị/ })).toBeFocused()
      await page.keyboard.type(agencyName)
      await expect(page.getByRole('option')).toHaveCount(1)
      await page.keyboard.press('Enter')
      return page.keyboard.press('Control+Enter')
    case 'duplicate':
      await expect(page.getByRole('button', { name: /^Trùng… \(1 gợi ý\)/ })).toBeVisible()
      await page.keyboard.press('2')
      await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
      return page.keyboard.press('1')
    case 'reject':
      await page.keyboard.press('3')
      await expect(dialog.getByRole('radio').first()).toBeFocused()
      await page.keyboard.press('Space')
      await tabTo(page, dialog.getByLabel('Trả lời công dân'))
      // In place of the standard words of the reason.
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('Việc này không thuộc phạm vi tiếp nhận.')
      return page.keyboard.press('Control+Enter')
    case 'ask':
      await page.keyboard.press('4')
      await expect(dialog.getByLabel('Câu hỏi gửi công dân')).toBeFocused()
      await page.keyboard.type('Xin cho biết số nhà?')
      return page.keyboard.press('Control+Enter')
  }
}

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
  await expect(counter(page)).toHaveText(/^Còn 0, trung vị \d+ giây · đã quyết 40$/)

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

test('a colleague decides in between: his report is passed over with a word', async ({ signedInAs, db }) => {
  const fields = await buildFields(db)
  const [, second, third] = await buildMixed(db, fields, 3)
  const [lan, minh] = [
    await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan'),
    await buildOfCity(db, 'dispatcher', 'Trần Quang Minh'),
  ]
  const [mine, his] = [await signedInAs(lan.username), await signedInAs(minh.username)]
  await visit(mine, addressOf(fields))
  await expect(titleOn(mine)).toHaveText('Việc 1 rule')
  await visit(his, `${addressOf(fields)}&at=${second?.code}`)
  await expect(titleOn(his)).toHaveText(second?.title ?? '')
  await decide(his, 'ask', '')
  await expect
    .poll(
      async () =>
        (
          await db
            .select()
            .from(reports)
            .where(eq(reports.id, second?.id ?? 0))
        )[0]?.state,
    )
    .toBe('awaiting_citizen')
  // What happened elsewhere is heard of when one comes back to the page, if not before.
  await mine.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
  await expect(counter(mine)).toHaveText('Còn 2')
  await mine.keyboard.press('j')
  await expect(titleOn(mine)).toHaveText(third?.title ?? '')
  await expect(mine.getByText(`Đã bỏ qua ${second?.code}: Trần Quang Minh`)).toBeVisible()
})

test('a rejection that is refused comes back with its words', async ({ signedInAs, db }) => {
  const fields = await buildFields(db)
  const [first] = await buildMixed(db, fields, 2)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  const letGo = await holdUp(page, /reports\.reject/)
  await decide(page, 'reject', '')
  await expect(titleOn(page)).toHaveText('Việc 2 choice')
  // Meanwhile the report is changed by somebody else: the version that was decided upon is no more.
  await db
    .update(reports)
    .set({ version: (first?.version ?? 0) + 1 })
    .where(eq(reports.id, first?.id ?? 0))
  letGo()
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect(dialog.getByLabel('Trả lời công dân')).toHaveValue('Việc này không thuộc phạm vi tiếp nhận.')
  await dialog.getByLabel('Trả lời công dân').focus()
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect
    .poll(
      async () =>
        (
          await db
            .select()
            .from(reports)
            .where(eq(reports.id, first?.id ?? 0))
        )[0]?.state,
    )
    .toBe('rejected')
})

test('a rejection is taken back by z and lies there again; an assignment is not, and says the way', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, 4)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await visit(page, `${addressOf(fields)}&at=${built[3]?.code}`)
  await expect(titleOn(page)).toHaveText('Việc 4 reject')
  const answered = page.waitForResponse((answer) => answer.url().includes('reports.reject'))
  await decide(page, 'reject', '')
  await expect(titleOn(page)).toHaveText('Việc 1 rule')
  expect((await answered).ok()).toBe(true)
  await page.keyboard.press('z')
  await expect(titleOn(page)).toHaveText('Việc 4 reject')
  await expect
    .poll(async () => {
      const answers = await db
        .select()
        .from(reportAnswers)
        .where(eq(reportAnswers.reportId, built[3]?.id ?? 0))
      return answers.map(({ status }) => status)
    })
    .toEqual(['withdrawn'])

  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(titleOn(page)).toHaveText('Việc 1 rule')
  await decide(page, 'rule', '')
  await expect(titleOn(page)).toHaveText('Việc 2 choice')
  await page.keyboard.press('z')
  await expect(page.getByText(`${built[0]?.code} đã đến đơn vị nên không hoàn tác`)).toBeVisible()
  await expect(titleOn(page)).toHaveText('Việc 2 choice')
})

test('the likeliest agency, a ready question and the usual answer to a reason are one digit away, even before they are there', async ({
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
  await expect(dialog.getByLabel('Câu hỏi gửi công dân')).toHaveValue(new RegExp(built[1]?.code ?? ''))
  await page.keyboard.type(' 2 ')
  await expect(dialog.getByLabel('Câu hỏi gửi công dân')).toHaveValue(/ 2 $/)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã gửi câu hỏi, ${built[1]?.code} chờ công dân bổ sung`)).toBeVisible()

  await expect(titleOn(page)).toHaveText(built[2]?.title ?? '')
  await page.keyboard.press('3')
  await page.keyboard.press('2')
  await expect(dialog.getByRole('radio', { name: /^Khiếu nại/ })).toBeChecked()
  // The first time for a reason its standard words stand there; what is taken in their place is the usual from then on.
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

test('an agency goes by the first letters of its words and Ctrl+Enter; one that was chosen before by a letter or a digit', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const { calendarId } = await buildCity(db)
  const { name, letters } = wordsByLetters()
  const [one, other] = [
    await buildAgency(db, { calendarId, name: `${name} ${unique('a')}` }),
    await buildAgency(db, { calendarId, name: `${name} ${unique('b')}` }),
  ]
  const built = await buildMixed(db, fields, 3)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  const agency = dialog.getByRole('combobox', { name: /^Đơn vị/ })
  const begin = async (at: number) => {
    await expect(titleOn(page)).toHaveText(built[at]?.title ?? '')
    await page.keyboard.press('a')
    await expect(agency).toBeFocused()
  }
  const said = (at: number, name: string) =>
    expect(page.getByText(`Đã phân công ${built[at]?.code} cho ${name}`)).toBeVisible()
  await visit(page, addressOf(fields))

  // Two of them: what it would be stands there first.
  await begin(0)
  await page.keyboard.type(letters)
  await expect(page.getByRole('option')).toHaveText([one.name, other.name].sort().map((name) => new RegExp(name)))
  await page.keyboard.press('Control+Enter')
  await expect(agency).toHaveValue(new RegExp(`^${name}`))
  await expect(dialog).toBeVisible()
  await agency.fill(letters)
  await expect(page.getByRole('option')).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  const pointed = await page.getByRole('option').nth(1).textContent()
  const [chosen, rest] = pointed?.includes(one.name) ? [one, other] : [other, one]
  await page.keyboard.press('Control+Enter')
  await said(0, chosen.name)

  await begin(1)
  await page.keyboard.type(letters.slice(0, 1))
  await expect(page.getByRole('option').first()).toContainText(chosen.name)
  await page.keyboard.press('Control+Enter')
  await said(1, chosen.name)

  // What the list draws after the press does not take the hand back from the line that it has gone to: on a slow machine that comes late.
  const letGo = await holdUp(page, /reports\.likelyAgencies/)
  await begin(2)
  await agency.evaluate((input: HTMLInputElement, typed) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, typed)
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
  }, letters)
  letGo()
  await expect(dialog.getByRole('button', { name: chosen.name })).toBeVisible()
  await expect(dialog.getByRole('button', { name: rest.name })).toHaveCount(0)
  await expect(page.getByRole('option').nth(1)).toHaveClass(/Mui-focusVisible/)
  await page.keyboard.press('Control+Enter')
  await said(2, rest.name)
})

test('what names no agency is sent nowhere, and a name half typed takes the place of what stood there', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first] = await buildMixed(db, fields, 1)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  const agency = dialog.getByRole('combobox', { name: /^Đơn vị/ })
  await visit(page, addressOf(fields))
  await expect(page.getByRole('button', { name: /^Tiếp nhận →/ })).toBeVisible()
  await page.keyboard.press('a')
  await expect(agency).toHaveValue(fields.agency.name)

  await page.keyboard.type('khong co don vi nay')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await expect(agency).toHaveValue('khong co don vi nay')
  // Away from the field as well, and by the button.
  await page.keyboard.press('Tab')
  await dialog.getByRole('button', { name: /^Tiếp nhận và phân công/ }).click()
  await expect(dialog.getByText('Chọn một mục')).toBeVisible()
  await expect(agency).toHaveValue('khong co don vi nay')
  await expect(agency).toBeFocused()

  // One that is the only one of its kind is chosen by leaving the field.
  await agency.fill(fields.agency.name.slice(0, -1))
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(agency).toHaveValue(fields.agency.name)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã phân công ${first?.code} cho ${fields.agency.name}`)).toBeVisible()
})

test('a digit and Ctrl+Enter pressed while the dialog is on its way are the choice, sent', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first] = await buildMixed(db, fields, 1)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const letGo = await holdUpCode(page, 'MuiDialog')
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await page.keyboard.press('3')
  await page.keyboard.press('6')
  await page.keyboard.press('Control+Enter')
  letGo()
  await expect(page.getByText(`Đã từ chối ${first?.code}`)).toBeVisible()
  // What was taken for spam by a slip of the hand told nobody anything, and comes back.
  await page.keyboard.press('z')
  await expect(page.getByText(`Đã hoàn tác trên ${first?.code}`)).toBeVisible()
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
})

test('a refusal brings no report back under the next key, and a second z leads on where there is no way back', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first] = await buildMixed(db, fields, 3)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await keepDeaf(page)
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  const letGo = await holdUp(page, /reports\.reject/)
  await decide(page, 'reject', '')
  await expect(titleOn(page)).toHaveText('Việc 2 choice')
  await db
    .update(reports)
    .set({ version: (first?.version ?? 0) + 1 })
    .where(eq(reports.id, first?.id ?? 0))
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText('Việc 3 duplicate')
  letGo()
  await expect(page.getByText(`Chưa làm được trên ${first?.code}`)).toBeVisible()
  await expect(titleOn(page)).toHaveText('Việc 3 duplicate')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(counter(page)).toHaveText(/^Còn 3/)

  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(titleOn(page)).toHaveText('Việc 1 rule')
  await decide(page, 'rule', '')
  await expect(page.getByText(`Đã phân công ${first?.code}`)).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByText(`${first?.code} đã đến đơn vị nên không hoàn tác`)).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByRole('dialog', { name: /^Chuyển đơn vị/ })).toContainText(first?.code ?? '')
})

test('the place is in the address, and letters half typed decide nothing', async ({
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

  await expect(page.getByRole('button', { name: /^Trùng… \(1 gợi ý\)/ })).toBeVisible()
  await send(page, '1', 'Digit1', { isComposing: true })
  await send(page, 'Process', 'Digit3')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(titleOn(page)).toHaveText('Việc 3 duplicate')
  // VNI hands over a vowel where 2 was pressed; the key is still the second decision, and the first report of the list the first.
  await send(page, 'à', 'Digit2')
  await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
  expect(await seriousViolations(page)).toEqual([])
  await send(page, 'á', 'Digit1', { isComposing: true })
  await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
  await send(page, 'á', 'Digit1')
  await expect(page.getByText(`Đã gộp ${built[2]?.code} vào HN-`)).toBeVisible()
})

test('whoever takes nothing in for the city is told so', async ({ signedInAs }) => {
  const page = await signedInAs('canbo.hoankiem')
  await visit(page, '/triage')
  await expect(page.getByRole('heading', { name: 'Bàn tiếp nhận dành cho điều phối viên' })).toBeVisible()
})
