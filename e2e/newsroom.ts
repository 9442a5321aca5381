import { expect, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import { visit } from './visit.ts'

/** A picture as a phone takes it. */
export const picture = async () => ({
  name: 'cay-do.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 640, height: 420, channels: 3, background: '#3a6b4f' } })
    .jpeg()
    .toBuffer(),
})

export const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: /^Nội dung bản tin/ })
export const saved = (page: Page): Locator => page.getByText(/^Đã lưu \d\d:\d\d$/)

/** Opens the page of a bulletin and waits until its text can be edited. */
export async function openBulletin(page: Page, id: string): Promise<void> {
  await visit(page, `/bulletins/${id}`)
  await expect(page.getByRole('tab', { name: /Tiếng Việt/ })).toBeVisible()
}

/** Confirms the dialog of a move: text, ticks for every warning, and its own button. */
export async function answer(page: Page, title: RegExp | string, confirm: string, words?: [string, string]) {
  const dialog = page.getByRole('dialog', { name: title })
  await expect(dialog).toBeVisible()
  if (words) await dialog.getByLabel(words[0]).fill(words[1])
  await expect(dialog.locator('[aria-busy="true"]')).toHaveCount(0)
  const warnings = dialog.getByRole('region', { name: 'Kiểm tra trước khi đăng' }).getByRole('checkbox')
  if (words === undefined) await expect(dialog.getByText(/Không có lỗi hoặc lưu ý|Đánh dấu các lưu ý/)).toBeVisible()
  for (const box of await warnings.all()) await box.check()
  await dialog.getByRole('button', { name: confirm, exact: true }).click()
  await expect(dialog).toBeHidden()
}

/** Keeps the titles of one run apart from those of another. */
export const unique = () => Date.now().toString(36)
