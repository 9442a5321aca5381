import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { handOver, page, press, type } from '#app/testing/hands.ts'
import { holdUp } from '#app/testing/line.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'
import { addressOf, counter, decide, openStrip, shownTitle, signInDispatcher } from '#app/testing/triage-hands.ts'
import type { Kind } from '#e2e/strip.ts'

const { buildFields, buildMixed } = onServer<typeof import('#e2e/strip.ts')>('e2e/strip.ts')
const { buildAgency, buildCity } = onServer<typeof import('#db/factories/agencies.ts')>('db/factories/agencies.ts')
const { buildArea } = onServer<typeof import('#db/factories/areas.ts')>('db/factories/areas.ts')
const { buildReport } = onServer<typeof import('#db/factories/reports.ts')>('db/factories/reports.ts')
const { stored } = onServer<typeof import('#app/testing/beside/reports.ts')>('app/testing/beside/reports.ts')

const stateAfter: Record<Kind, string> = {
  rule: 'awaiting_acceptance',
  choice: 'awaiting_acceptance',
  duplicate: 'merged',
  reject: 'rejected',
  ask: 'awaiting_citizen',
}

test('forty mixed reports are cleared by the keyboard alone, each as decided', { timeout: 120_000 }, async () => {
  const fields = await buildFields()
  const built = await buildMixed(fields, 40)
  await signInDispatcher()
  await visit(addressOf(fields))
  await expect.element(counter).toHaveTextContent('Còn 40')
  for (const { title, kind } of built) {
    await expect.element(shownTitle).toHaveTextContent(title)
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    await decide(kind, fields.agency.name)
  }
  await expect.element(page.getByRole('heading', { name: 'Hết phản ánh theo bộ lọc này' })).toBeVisible()
  await expect.element(counter).toMatchTextContent(/^Còn 0, thường mất \d+ giây · đã quyết định 40$/)

  const ids = built.map(({ id }) => id)
  const statesNow = async () => Object.fromEntries((await stored(ids)).map(({ id, state }) => [id, state]))
  await expect.poll(statesNow).toEqual(Object.fromEntries(built.map(({ id, kind }) => [id, stateAfter[kind]])))
  const rows = await stored(ids)
  for (const { id, kind } of built) {
    const row = rows.find((each) => each.id === id)
    if (kind === 'rule' || kind === 'choice') expect(row?.agencyId).toBe(fields.agency.id)
    if (kind === 'duplicate') expect(row?.mergedIntoId).not.toBeNull()
  }
})

test('the likeliest agency, a ready question and the usual answer to a reason are one digit away, even before they are loaded', async () => {
  const fields = await buildFields()
  const { calendarId } = await buildCity()
  const usual = await buildAgency({ calendarId, name: `Xí nghiệp ${crypto.randomUUID().slice(0, 8)}` })
  const { id: areaId } = await buildArea()
  await buildReport({ state: 'in_progress', categoryCode: fields.open, agencyId: usual.id, areaId })
  const built = await buildMixed(fields, 4, { areaId })
  await signInDispatcher()
  const dialog = page.getByRole('dialog')
  const saidRejected = (at: number) =>
    expect(page.getByText(`Đã từ chối ${built[at]?.code}`, { exact: false })).toBeVisible()
  await visit(addressOf(fields))

  await expect.element(shownTitle).toHaveTextContent(built[0]?.title ?? '')
  await press('a')
  await expect.element(dialog.getByRole('button', { name: usual.name })).toBeVisible()
  await press('1')
  await expect.element(dialog.getByRole('combobox', { name: /^Đơn vị/ })).toHaveValue(usual.name)
  await press('Control+Enter')
  await expect
    .element(page.getByText(`Đã phân công ${built[0]?.code} cho ${usual.name}`, { exact: false }))
    .toBeVisible()

  await expect.element(shownTitle).toHaveTextContent(built[1]?.title ?? '')
  await press('4')
  await press('1')
  await expect
    .element(dialog.getByLabelText(/^Nội dung đề nghị bổ sung/))
    .toHaveValue(expect.stringMatching(new RegExp(built[1]?.code ?? '')))
  await type(' 2 ')
  await expect.element(dialog.getByLabelText(/^Nội dung đề nghị bổ sung/)).toHaveValue(expect.stringMatching(/ 2 $/))
  await press('Control+Enter')
  await expect
    .element(page.getByText(`Đã đề nghị bổ sung, ${built[1]?.code} chờ công dân`, { exact: false }))
    .toBeVisible()

  await expect.element(shownTitle).toHaveTextContent(built[2]?.title ?? '')
  await press('3')
  await press('2')
  await expect.element(dialog.getByRole('radio', { name: /^Khiếu nại/ })).toBeChecked()
  // The first time for a reason its standard text is there; what replaces it is the usual one from then on.
  await expect
    .element(dialog.getByLabelText(/^Trả lời công dân/))
    .toHaveValue(expect.stringMatching(new RegExp(`${built[2]?.code}.*Luật Khiếu nại`)))
  await dialog.getByRole('button', { name: /^Không thuộc phạm vi/ }).click()
  await expect
    .element(dialog.getByLabelText(/^Trả lời công dân/))
    .toHaveValue(expect.stringMatching(/Cổng dịch vụ công/))
  await press('Control+Enter')
  await saidRejected(2)

  await expect.element(shownTitle).toHaveTextContent(built[3]?.title ?? '')
  await press('3')
  await press('2')
  await expect
    .element(dialog.getByLabelText(/^Trả lời công dân/))
    .toHaveValue(expect.stringMatching(new RegExp(`${built[3]?.code}.*Cổng dịch vụ công`)))
  await press('Control+Enter')
  await saidRejected(3)
})

test('the place is in the address, and composed letters in progress decide nothing', async () => {
  const fields = await buildFields()
  const built = await buildMixed(fields, 3)
  await signInDispatcher()
  await visit(addressOf(fields))
  await press('j')
  await press('Shift+ArrowDown')
  await expect.element(shownTitle).toHaveTextContent('Việc 3 duplicate')
  await expect.poll(hereNow).toMatch(new RegExp(`at=${built[2]?.code}`))
  await visit(hereNow())
  await expect.element(shownTitle).toHaveTextContent('Việc 3 duplicate')
  expect(await seriousViolations()).toEqual([])

  await expect.element(page.getByRole('button', { name: /^Trùng… \(1\)/ })).toBeVisible()
  await handOver('1', 'Digit1', { isComposing: true })
  await handOver('Process', 'Digit3')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(shownTitle).toHaveTextContent('Việc 3 duplicate')
  // VNI sends a vowel where 2 was pressed; the key is still the second decision, and the first report of the list is
  // the first.
  await handOver('à', 'Digit2')
  await expect.element(page.getByRole('listbox', { name: 'Gộp vào' })).toHaveFocus()
  expect(await seriousViolations()).toEqual([])
  await handOver('á', 'Digit1', { isComposing: true })
  await expect.element(page.getByRole('listbox', { name: 'Gộp vào' })).toHaveFocus()
  await handOver('á', 'Digit1')
  await expect
    .element(page.getByRole('option', { name: new RegExp(built[2]?.title ?? '') }))
    .toHaveAttribute('aria-selected', 'true')
  await press('Enter')
  await expect.element(page.getByText(`Đã gộp ${built[2]?.code} vào HN-`, { exact: false })).toBeVisible()
})

test('an account without city-wide intake sees a message', async () => {
  await signInAs('canbo.hoankiem')
  await visit('/triage')
  await expect.element(page.getByRole('heading', { name: 'Tài khoản không có quyền xem trang này' })).toBeVisible()
})

test('what was decided on its own page is skipped on the way back, which leads to triage', async () => {
  const fields = await buildFields()
  const built = await buildMixed(fields, 3)
  await signInDispatcher()
  const dialog = page.getByRole('dialog')
  await visit(addressOf(fields))
  await press('j')
  await expect.element(shownTitle).toHaveTextContent(built[1]?.title ?? '')
  await expect.poll(hereNow).toMatch(new RegExp(`at=${built[1]?.code}`))
  await press('Enter')
  await expect.element(page.getByRole('heading', { level: 1, name: built[1]?.title ?? '' })).toBeVisible()
  await press('3')
  await expect.element(dialog.getByRole('radio').first()).toHaveFocus()
  await press('6')
  await press('Control+Enter')
  await expect.element(page.getByText(`Đã từ chối ${built[1]?.code}`, { exact: false })).toBeVisible()
  await press('Escape')
  await expect.poll(hereNow).toMatch(/\/triage\?/)
  await expect.element(shownTitle).toHaveTextContent(built[2]?.title ?? '')
})

test('a question to the citizen is undone by z, and its text is there when it is asked again', async () => {
  const { built } = await openStrip(2)
  const [first, second] = built
  await decide('reject')
  await expect.element(shownTitle).toHaveTextContent(second?.title ?? '')
  await decide('ask')
  await expect.element(page.getByText(`Đã đề nghị bổ sung, ${second?.code}`, { exact: false })).toBeVisible()
  await press('z')
  await expect.element(shownTitle).toHaveTextContent(second?.title ?? '')
  await expect.element(page.getByText(`Đã hoàn tác trên ${second?.code}`, { exact: false })).toBeVisible()
  // The decision before it is not what was meant.
  await expect.element(page.getByText(`Đã hoàn tác trên ${first?.code}`, { exact: false })).not.toBeInTheDocument()
  await press('4')
  const question = page.getByRole('dialog').getByLabelText(/^Nội dung đề nghị bổ sung/)
  await expect.element(question).toHaveValue('Xin cho biết số nhà?')
})

test('a report that is opened right after a step to it opens, though its page loads slowly', async () => {
  const { built } = await openStrip(2)
  const letGo = holdUp(/reports\.(queue|byCode)/)
  await press('j', 'Enter')
  // After everything that the step has deferred until then.
  await new Promise((done) => setTimeout(done, 300))
  letGo()
  await expect.element(page.getByRole('heading', { level: 1, name: built[1]?.title ?? '' })).toBeVisible()
  expect(hereNow()).toMatch(new RegExp(`/reports/${built[1]?.code}`))
})
