import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { overhang, routes, see } from './routes.ts'

const phone = { viewport: { width: 390, height: 844 } }

test('no page of the desk scrolls sideways on a phone, nor on a screen of 1280 pixels at 400 %', async ({
  signedInAs,
  db,
}) => {
  test.setTimeout(300_000)
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_approval' })
  const all: (readonly [string, string])[] = [...routes, [office.approver.username, `/reports/${code}`]]
  const wide: string[] = []
  for (const [username, address] of all) {
    const page = await signedInAs(username, phone)
    await see(page, address)
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 })
      const by = await overhang(page)
      if (by > 0) wide.push(`${address} of ${username} at ${width} px by ${by} px`)
    }
    await page.close()
  }
  expect(wide).toEqual([])
})

test('on a phone the strip of the administration shows the part one is in', async ({ signedInAs }) => {
  const page = await signedInAs('quantri')
  await see(page, '/admin/settings')
  const strip = page.getByRole('navigation', { name: 'Các mục quản trị' })
  await expect(strip.getByRole('link', { name: 'Cài đặt' })).toBeInViewport({ ratio: 1 })
})
