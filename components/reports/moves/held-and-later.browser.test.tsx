import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { type Locator, page, press, typeDay } from '#app/testing/hands.ts'
import { openReport, timeline } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'
import { hoursAgo } from '#app/testing/times.ts'
import type { BuiltReport } from '#db/factories/reports.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'

const { buildOfCity, buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildFields, buildMixed } = onServer<typeof import('#e2e/triage.ts')>('e2e/triage.ts')
const { stateOf } = onServer<typeof import('#app/testing/beside/reports.ts')>('app/testing/beside/reports.ts')

const monitor = { width: 1366, height: 768 }

type Fields = Awaited<ReturnType<typeof buildFields>>
const addressOf = ({ decided, open }: Fields) => `/triage?category=${decided},${open}&sort=received&dir=asc`
const titleOn = page.getByRole('article', { name: /^HN-/ }).getByRole('heading', { level: 2 })
const counter = page.getByText(/^Còn \d+/)

const isSeen = (texts: Locator) => texts.elements().some((text) => text.checkVisibility())

test('a decided report leaves the triage list, its undo runs down beside the next one, and brings it back in its place', async () => {
  const fields = await buildFields()
  const built: BuiltReport[] = await buildMixed(fields, 2)
  const [first, second] = built as [BuiltReport, BuiltReport]
  const dispatcher = await buildOfCity('dispatcher', 'Phạm Thị Lan')
  await signInAs(dispatcher.username, monitor)
  await visit(addressOf(fields))
  await expect.element(titleOn).toHaveTextContent(first.title)
  await expect.element(page.getByRole('button', { name: /^Tiếp nhận →/ })).toBeVisible()
  await press('1')
  await expect.element(titleOn).toHaveTextContent(second.title)
  await expect.element(counter).toMatchTextContent(/^Còn 1/)

  const lane = page.css('[aria-live]').filter({ hasText: 'giữ 15 giây rồi mới chuyển đi' })
  await expect.element(lane).toContainText(first.code)
  const ring = lane.css('span').filter({ has: page.css('circle[pathLength="15"]') })
  await expect.element(ring).toMatchTextContent(/^1[0-4]$/)
  // Beside the report that is decided next, and over none of its decisions.
  const decisions = page
    .getByRole('button', { name: /^Từ chối/ })
    .element()
    .getBoundingClientRect()
  expect(lane.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(decisions.top)
  expect(await seriousViolations()).toEqual([])
  // The list comes round to what is left, never to what was decided.
  await press('j')
  await expect.element(titleOn).toHaveTextContent(second.title)
  expect(await stateOf(first.id)).toBe('awaiting_acceptance')

  await lane.getByRole('button', { name: /^Hoàn tác/ }).click()
  await expect.element(titleOn).toHaveTextContent(first.title)
  await expect.element(counter).toMatchTextContent(/^Còn 2/)
  await expect.element(ring).not.toBeInTheDocument()
  await expect.poll(() => stateOf(first.id)).toBe('awaiting_intake')
  await press('j')
  await expect.element(titleOn).toHaveTextContent(second.title)
})

test('an approver lets an answer go at a later time: its report says when, to its writer too, until it is sent', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { state: 'awaiting_approval', dueAt: hoursAgo(-200) })
  const inTwoDays = dayAfter(localDayOf(new Date()), 2).split('-').reverse().join('/')
  await signInAs(office.approver.username, monitor)
  const report = await openReport(code)
  await report.getByRole('button', { name: /Hẹn giờ gửi…/ }).click()
  const dialog = page.getByRole('dialog', { name: `Phê duyệt trả lời ${code}, gửi lúc nào?`, exact: false })
  await expect.element(dialog.getByRole('button', { name: /Phê duyệt và hẹn giờ/ })).toBeDisabled()
  await typeDay(dialog, 'Ngày', inTwoDays)
  await dialog.getByLabelText(/Giờ/).fill('09:15')
  await expect.element(dialog.getByText(/^Sau thời hạn xử lý/)).not.toBeInTheDocument()
  expect(await seriousViolations()).toEqual([])
  await dialog.getByRole('button', { name: /Phê duyệt và hẹn giờ/ }).click()
  await expect.element(page.getByText(new RegExp(`^Đã phê duyệt trả lời ${code}, gửi lúc .*09:15`))).toBeVisible()

  const saysWhen = async () => {
    const card = page.getByRole('region', { name: /^Trả lời hẹn gửi lúc .*09:15/ })
    await expect.element(card.getByText(/Nguyễn Thị Hoa phê duyệt và hẹn giờ/)).toBeVisible()
    await expect.element(timeline.getByText(/^Phê duyệt trả lời, hẹn gửi lúc .*09:15/)).toBeVisible()
    await expect.poll(() => isSeen(page.getByRole('article', { name: code }).getByText(/Chờ phê duyệt/))).toBe(true)
  }
  await saysWhen()
  await signInAs(office.officer.username, monitor)
  await openReport(code)
  await saysWhen()

  await signInAs(office.approver.username, monitor)
  await openReport(code)
  await page.getByRole('button', { name: /Gửi ngay/ }).click()
  await expect.element(page.getByRole('region', { name: /^Trả lời hẹn gửi lúc/ })).not.toBeInTheDocument()
  await expect.poll(() => isSeen(report.getByText(/Đã xử lý/))).toBe(true)
})
