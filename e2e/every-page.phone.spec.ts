import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { overhang, routesByAccount, see } from './routes.ts'

const phone = { viewport: { width: 390, height: 844 } }

test('no page of the desk scrolls sideways on a phone, nor on a screen of 1280 pixels at 400 %', async ({
  signedInAs,
  db,
}) => {
  test.setTimeout(300_000)
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_approval' })
  const wide: string[] = []
  for (const [username, addresses] of [...routesByAccount, [office.approver.username, [`/reports/${code}`]] as const]) {
    const first = await signedInAs(username, phone)
    for (const address of addresses) {
      const page = await first.context().newPage()
      await see(page, address)
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 })
        const by = await overhang(page)
        if (by > 0) wide.push(`${address} of ${username} at ${width} px by ${by} px`)
      }
      await page.close()
    }
  }
  expect(wide).toEqual([])
})

test('a chart that still has the width of the earlier screen does not widen the page', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.tp', phone)
  await see(page, '/insights')
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

test('no figure of a leader is too long for a narrow phone, and the periods of the board are whole in every language', async ({
  signedInAs,
}) => {
  const page = await signedInAs('lanhdao.tp', phone)
  for (const address of ['/insights', '/insights/storm', '/insights/weekly', '/today']) {
    await page.setViewportSize(phone.viewport)
    await see(page, address)
    await page.setViewportSize({ width: 320, height: 844 })
    await page.getByRole('main').evaluate(writeLongFigures)
    // The charts take the new width a moment later.
    await expect.poll(() => overhang(page), { message: address }).toBe(0)
  }

  const english = await signedInAs('lanhdao.tp', { ...phone, language: 'en' })
  await see(english, '/insights')
  const periods = english.getByRole('group', { name: 'Period' }).getByRole('button')
  await expect(periods.filter({ hasText: 'Yesterday' })).toBeVisible()
  const cut = await periods.evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length)
  expect(cut).toBe(0)
  expect(await overhang(english)).toBe(0)
})

/** In the page: each figure becomes the longest of its kind. Dates, hours and numbers within a name stay. */
function writeLongFigures(main: Element): void {
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const said = text.textContent ?? ''
    const isDate = /\d\d\/\d\d|\d\d:\d\d/.test(said)
    if (!isDate) text.textContent = said.replace(/(?<![\p{L}\d-])\d[\d.,]*(?![\p{L}\d])/gu, '888.888')
  }
}

test('on a phone the strip of the administration shows the current part', async ({ signedInAs }) => {
  const page = await signedInAs('quantri')
  await see(page, '/admin/settings')
  const strip = page.getByRole('navigation', { name: 'Các mục quản trị' })
  await expect(strip.getByRole('link', { name: 'Cài đặt' })).toBeInViewport({ ratio: 1 })
})
