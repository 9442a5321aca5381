import { expect } from 'vitest'
import { visit } from './desk.tsx'
import { type Locator, page, press } from './hands.ts'

/** The page of a report, as tests of several screens use it. */
export async function openReport(code: string): Promise<Locator> {
  await visit(`/reports/${code}`)
  return reportOn(code)
}

export async function reportOn(code: string): Promise<Locator> {
  const report = page.getByRole('article', { name: code })
  await expect.element(report).toBeVisible()
  return report
}

/** Chooses an action of the report, from its button or from the menu of the others. */
export async function choose(name: string): Promise<void> {
  const button = page.getByRole('article').getByRole('button', { name, exact: true })
  if (button.elements().length > 0) return button.first().click()
  await page.getByRole('article').getByRole('button', { name: 'Thao tác khác' }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click()
}

/** Presses Tab until the element has the focus. */
export async function tabTo(place: Locator): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (place.elements().includes(document.activeElement as HTMLElement)) return
    await press('Tab')
  }
  throw new Error('Tab never reached it')
}

export const timeline = page.getByRole('region', { name: 'Diễn biến' })
export const answerBox = page.getByRole('region', { name: 'Trả lời công dân' })

type Answer = { what?: string; where?: string; when?: string; outcome?: string }

/** Fills in the answer to the citizen that is open. */
export async function fillAnswer({
  what = 'Đã cắt cành gãy, dọn sạch vỉa hè.',
  where = 'Trước số 20 phố Hàng Bài',
  when = '10 giờ sáng nay',
  outcome = 'Đã khắc phục',
}: Answer = {}): Promise<void> {
  await answerBox.getByLabelText(/^Kết quả xử lý/).fill(what)
  await answerBox.getByLabelText(/^Địa điểm/).fill(where)
  await answerBox.getByLabelText(/^Thời gian/).fill(when)
  await answerBox.getByRole('radio', { name: outcome }).click()
}
