import { expect } from '@playwright/test'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { openReport, timelineOf } from './report-page.ts'
import { addressOf, buildFields, buildMixed, counter, decide, stateOf, titleOn } from './triage.ts'
import { typeDay } from './type-day.ts'
import { visit } from './visit.ts'

const viewport = { width: 1366, height: 768 }

test('a decided report leaves the triage list, its undo runs down beside the next one, and brings it back in its place', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const fields = await buildFields(db)
  const [first, second] = await buildMixed(db, fields, 2)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username, { viewport })
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await decide(page, 'rule', '')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await expect(counter(page)).toHaveText(/^Còn 1/)

  const lane = page.locator('[aria-live]').filter({ hasText: 'giữ 15 giây rồi mới chuyển đi' })
  await expect(lane).toContainText(first?.code ?? '')
  const ring = lane.locator('span', { has: page.locator('circle[pathLength="15"]') })
  await expect(ring).toHaveText(/^1[0-4]$/)
  // Beside the report that is decided next, and over none of its decisions.
  const [undone, decisions] = [
    await lane.boundingBox(),
    await page.getByRole('button', { name: /^Từ chối/ }).boundingBox(),
  ]
  expect((undone?.y ?? 0) + (undone?.height ?? 0)).toBeLessThanOrEqual(decisions?.y ?? 0)
  expect(await seriousViolations(page)).toEqual([])
  // The list comes round to what is left, never to what was decided.
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  expect(await stateOf(db, first)).toBe('awaiting_acceptance')

  await lane.getByRole('button', { name: /^Hoàn tác/ }).click()
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await expect(counter(page)).toHaveText(/^Còn 2/)
  await expect(ring).toHaveCount(0)
  await expect.poll(() => stateOf(db, first)).toBe('awaiting_intake')
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
})

test('an approver lets an answer go at a later time: its report says when, to its writer too, until it is sent', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_approval', dueAt: hoursAgo(-200) })
  const inTwoDays = dayAfter(localDayOf(new Date()), 2).split('-').reverse().join('/')
  const page = await signedInAs(office.approver.username, { viewport })
  const report = await openReport(page, code)
  await report.getByRole('button', { name: 'Hẹn giờ gửi…' }).click()
  const dialog = page.getByRole('dialog', { name: `Phê duyệt trả lời ${code}, gửi lúc nào?` })
  await expect(dialog.getByRole('button', { name: 'Phê duyệt và hẹn giờ' })).toBeDisabled()
  await typeDay(dialog, page, 'Ngày', inTwoDays)
  await dialog.getByLabel('Giờ').fill('09:15')
  await expect(dialog.getByText(/^Sau thời hạn xử lý/)).toHaveCount(0)
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Phê duyệt và hẹn giờ' }).click()
  await expect(page.getByText(new RegExp(`^Đã phê duyệt trả lời ${code}, gửi lúc .*09:15`))).toBeVisible()

  const saysWhen = async (who: typeof page) => {
    const card = who.getByRole('region', { name: /^Trả lời hẹn gửi lúc .*09:15/ })
    await expect(card.getByText('Nguyễn Thị Hoa phê duyệt và hẹn giờ')).toBeVisible()
    await expect(timelineOf(who).getByText(/^Phê duyệt trả lời, hẹn gửi lúc .*09:15/)).toBeVisible()
    const state = who.getByRole('article', { name: code }).getByText('Chờ phê duyệt').filter({ visible: true })
    await expect(state.first()).toBeVisible()
  }
  await saysWhen(page)
  const officer = await signedInAs(office.officer.username, { viewport })
  await openReport(officer, code)
  await saysWhen(officer)

  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(page.getByRole('region', { name: /^Trả lời hẹn gửi lúc/ })).toHaveCount(0)
  await expect(report.getByText('Đã xử lý').filter({ visible: true }).first()).toBeVisible()
})
