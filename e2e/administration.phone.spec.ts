import { expect, test } from './fixtures.ts'

const paths = [
  ['quantri', '/admin'],
  ['quantri', '/admin/categories'],
  ['quantri', '/admin/calendars'],
  ['quantri', '/admin/templates'],
  ['quantri', '/admin/settings'],
  ['quantri', '/admin/events'],
  ['dieuphoi', '/incidents'],
] as const

for (const [username, path] of paths) {
  test(`${path} fits a phone without sideways scrolling`, async ({ signedInAs }) => {
    const page = await signedInAs(username, { viewport: { width: 390, height: 844 } })
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    const overflow = await page.evaluate(() => {
      const main = document.querySelector('main')
      return Math.max(document.documentElement.scrollWidth - innerWidth, main ? main.scrollWidth - main.clientWidth : 0)
    })
    expect(overflow).toBeLessThanOrEqual(0)
  })
}
