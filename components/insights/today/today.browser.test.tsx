import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'
import { overhang, see } from '#app/testing/sight.ts'

const scene = onServer<typeof import('./today.scene.ts')>('components/insights/today/today.scene.ts')

const risks = page.getByRole('region', { name: /^Rủi ro hôm nay/ })
const first = risks.getByRole('listitem').first()
const asked = page.getByRole('region', { name: /Đề nghị giải trình/ })
const headline = page.getByRole('heading', { level: 1 })
const late = page.getByRole('grid').getByRole('row', { name: /HN-/ })
/** A notification of this kind about the risk. */
const told = (kind: string) =>
  page
    .getByRole('listitem')
    .filter({ hasText: kind })
    .getByRole('link', { name: /3 việc khẩn đã quá hạn/ })
const address = () => `${window.location.pathname}${window.location.search}`

test('the head of an agency begins the day with what is overdue and opens exactly these reports; a manager reminds of it once and asks for an explanation, the head answers it, and both stand on the report', async () => {
  const { agency, approver, manager } = await scene.buildLateOffice()
  await signInAs(approver.username)
  await see('/today')
  await expect
    .element(page.getByRole('navigation', { name: /Điều hướng chính/ }).getByRole('link', { name: /Hôm nay/ }))
    .toHaveAttribute('aria-current', 'page')
  await expect.element(headline).toContainText('3 việc khẩn đã quá hạn')
  await expect.element(first).toContainText('Khẩn quá hạn')
  await expect.element(first).toContainText(agency.name)

  await first.getByRole('link', { name: /Mở 3 việc: 3 việc khẩn đã quá hạn/ }).click()
  await expect
    .element(page.getByRole('region', { name: /Con số trên bảng thống kê/ }))
    .toContainText('đúng bằng số trên bảng')
  await expect.element(late).toHaveLength(3)
  window.history.back()
  await headline.getByRole('link', { name: /3 việc khẩn đã quá hạn/ }).click()
  await expect.element(late).toHaveLength(3)

  await signInAs(manager.username)
  await see('/today')
  await first.getByRole('button', { name: /Nhắc: 3 việc khẩn đã quá hạn/ }).click()
  await expect.element(page.getByText(`Đã nhắc ${agency.shortName}.`, { exact: false })).toBeVisible()
  await expect.element(first).toMatchTextContent(/Đã nhắc lúc \d\d:\d\d · Phạm Thị Mai/)
  await expect.element(first.getByRole('button', { name: /^Nhắc:/ })).toHaveLength(0)
  await first.getByRole('button', { name: /Đề nghị giải trình: 3 việc khẩn đã quá hạn/ }).click()
  const form = page.getByRole('dialog', { name: /Đề nghị giải trình/ })
  await form.getByRole('textbox', { name: /Nội dung cần giải trình/ }).fill('Vì sao chưa có người đến?')
  expect(await seriousViolations('[role="dialog"]')).toEqual([])
  await form.getByRole('button', { name: /Gửi đề nghị/ }).click()
  await expect.element(page.getByText(`Đã gửi đề nghị tới ${agency.shortName}.`, { exact: false })).toBeVisible()
  await expect.element(first).toMatchTextContent(/Đã đề nghị giải trình lúc \d\d:\d\d · Phạm Thị Mai/)
  await expect.element(first.getByRole('button', { name: /^Đề nghị giải trình:/ })).toHaveLength(0)
  await asked.getByText(/1 đề nghị chờ trả lời/).click()
  await expect.element(asked).toContainText('Vì sao chưa có người đến?')

  await signInAs(approver.username)
  await visit('/notifications')
  const reminded = told('Lãnh đạo nhắc việc')
  await expect.element(reminded).toContainText('Phạm Thị Mai')
  await reminded.click()
  await expect.element(late).toHaveLength(3)
  window.history.back()
  await told('Đề nghị bạn giải trình').click()
  await expect.poll(address).toBe(`/today?agency=${agency.id}`)
  await asked.getByRole('button', { name: /Trả lời: 3 việc khẩn đã quá hạn/ }).click()
  const answer = page.getByRole('dialog', { name: /Trả lời đề nghị giải trình/ })
  const words = answer.getByRole('textbox', { name: /Giải trình/ })
  await answer.getByRole('button', { name: /Gửi trả lời/ }).click()
  await expect.element(words).toHaveAttribute('aria-invalid', 'true')
  await words.fill('Đã cử đội đến, xong trong sáng nay.')
  await answer.getByRole('button', { name: /Gửi trả lời/ }).click()
  await expect.element(asked).toContainText('Đã trả lời')
  expect(await seriousViolations('[aria-labelledby="explanations"]')).toEqual([])

  await signInAs(manager.username)
  await see('/today')
  await asked.getByText(/1 đã trả lời/).click()
  await expect.element(asked).toContainText('Đã cử đội đến, xong trong sáng nay.')
  await asked.getByRole('link', { name: /Mở phản ánh: 3 việc khẩn đã quá hạn/ }).click()
  await late.first().getByRole('link').first().click()
  await expect.element(page.getByText(/Đã cử đội đến, xong trong sáng nay\./)).toBeVisible()
}, 120_000)

test('a manager of the city reads risks, changes and figures', async () => {
  await scene.buildLateOffice()
  await signInAs('lanhdao.tp')
  await see('/today')
  await expect.element(page.getByText(/Toàn thành phố/)).toBeVisible()
  await expect.element(headline).toMatchTextContent(/\d việc khẩn đã quá hạn/)
  await expect.element(page.getByText(/Chỉ nêu thay đổi vượt mức ngẫu nhiên/)).toBeVisible()
  await expect.element(page.getByRole('heading', { name: /^Năm con số/ })).toBeVisible()
  await page.getByRole('link', { name: /Xem bảng thống kê/ }).click()
  await expect.element(page.getByRole('heading', { level: 1, name: /Thống kê/ })).toBeVisible()
})

test('who leads two agencies chooses of which the page is, and whether it comes by mail', async () => {
  const { agency, other, username } = await scene.buildHeadOfTwo()
  await signInAs(username)
  await see('/today')
  const scope = page.getByRole('combobox', { name: /Phạm vi/ })
  await scope.selectOptions(other.name)
  await expect.poll(address).toBe(`/today?agency=${other.id}`)
  await expect.element(headline).toHaveTextContent('Không có việc nào quá hạn, và hôm nay không có việc nào đến hạn.')
  await scope.selectOptions(agency.name)
  await expect.element(headline).toContainText('3 việc khẩn đã quá hạn')

  await visit('/account')
  const mailed = page.getByRole('switch', { name: /Gửi trang Hôm nay qua thư điện tử/ })
  await expect.element(mailed).toBeChecked()
  await mailed.click()
  await expect.element(page.getByText(/Đã lưu/)).toBeVisible()
  await visit('/account')
  await expect.element(mailed).not.toBeChecked()
})

test('on a phone it fits two screens', async () => {
  const manager = await scene.buildLateDepartment()
  await signInAs(manager.username, { width: 390, height: 844 })
  await see('/today')
  await expect.element(risks.getByRole('listitem')).toHaveLength(5)
  expect(overhang()).toBeLessThanOrEqual(0)
  const heights = [document.documentElement, document.getElementById('main')].map((part) => part?.scrollHeight ?? 0)
  expect(Math.max(...heights)).toBeLessThanOrEqual(2 * 844)
  expect(await seriousViolations()).toEqual([])
  await page
    .getByRole('button', { name: /^Việc khác: / })
    .first()
    .click()
  await expect.element(page.getByRole('menuitem', { name: /Nhắc/ })).toBeVisible()
})
