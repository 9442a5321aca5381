import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { overhang, see } from './routes.ts'

test('periods and cards of the board are whole in the longer language, and a chart that still has the width of the earlier screen does not widen the page', async ({
  signedInAs,
}) => {
  const page = await signedInAs('lanhdao.tp', { language: 'en' })
  await see(page, '/insights')
  const periods = page.getByRole('group', { name: 'Period' }).getByRole('button')
  await expect(periods.filter({ hasText: 'Yesterday' })).toBeVisible()
  const cut = await periods.evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length)
  expect(cut).toBe(0)
  expect(await overhang(page)).toBe(0)
  const narrow = await page
    .locator('[data-card]')
    .evaluateAll((cards) =>
      cards.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.getAttribute('data-card')),
    )
  expect(narrow).toEqual([])

  const drawn = page.locator('.recharts-wrapper').first()
  await expect(drawn).toBeVisible()
  const by = await drawn.evaluate((chart) => {
    // Measured before it is redrawn.
    ;(chart as HTMLElement).style.width = `${chart.clientWidth + 70}px`
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  expect(by).toBe(0)
})

test('on a phone the strip of the administration shows the current part', async ({ signedInAs }) => {
  const page = await signedInAs('quantri')
  await see(page, '/admin/settings')
  const strip = page.getByRole('navigation', { name: 'Các mục quản trị' })
  await expect(strip.getByRole('link', { name: 'Cài đặt' })).toBeInViewport({ ratio: 1 })
})
