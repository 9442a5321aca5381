import { expect, type Page } from '@playwright/test'
import { tabTo } from './report-page.ts'
import type { Fields, Kind } from './strip.ts'

export { buildFields, buildMixed, stateOf } from './strip.ts'

export const addressOf = ({ decided, open }: Fields) => `/triage?category=${decided},${open}&sort=received&dir=asc`
export const titleOn = (page: Page) => page.getByRole('article', { name: /^HN-/ }).getByRole('heading', { level: 2 })
export const counter = (page: Page) => page.getByText(/^Còn \d+/)
export async function decide(page: Page, kind: Kind, agencyName: string): Promise<void> {
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
      return page.keyboard.press('Enter')
    case 'duplicate':
      await expect(page.getByRole('button', { name: /^Trùng… \(1\)/ })).toBeVisible()
      await page.keyboard.press('2')
      await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
      await page.keyboard.press('1')
      return page.keyboard.press('Enter')
    case 'reject':
      await page.keyboard.press('3')
      await expect(dialog.getByRole('radio').first()).toBeFocused()
      await page.keyboard.press('Space')
      await tabTo(page, dialog.getByLabel('Trả lời công dân'))
      // Replaces the standard text of the reason.
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('Việc này không thuộc phạm vi tiếp nhận.')
      return page.keyboard.press('Control+Enter')
    case 'ask':
      await page.keyboard.press('4')
      await expect(dialog.getByLabel('Nội dung đề nghị bổ sung')).toBeFocused()
      await page.keyboard.type('Xin cho biết số nhà?')
      return page.keyboard.press('Control+Enter')
  }
}
