import type { LocatorSelectors } from 'vitest/browser'
import { type } from './hands.ts'

/** Types a day, as `dd/MM/yyyy`, into a field that has three parts. */
export async function typeDay(within: LocatorSelectors, name: string, day: string): Promise<void> {
  await within.getByRole('group', { name, exact: true }).getByRole('spinbutton').first().click()
  await type(day.replaceAll('/', ''))
}
