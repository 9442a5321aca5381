import type { Locator, Page } from '@playwright/test'

/** Types a day, as `dd/MM/yyyy`, into a field that has three parts. */
export async function typeDay(within: Page | Locator, page: Page, name: string, day: string): Promise<void> {
  await within.getByRole('group', { name, exact: true }).getByRole('spinbutton').first().click()
  await page.keyboard.type(day.replaceAll('/', ''))
}
