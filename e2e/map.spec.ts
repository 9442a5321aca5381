import { expect, type Locator, type Page } from '@playwright/test'
import type { Database } from '#db/client.ts'
import { areas } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { complaintsOf, overhang, see, untranslated } from './routes.ts'
import { holdUp } from './slow-line.ts'
import { visit } from './visit.ts'

const cluster = { lon: 105.85, lat: 21.03 }
const far = { lon: 105.55, lat: 21.12 }

/** An office with four reports in one street, one far away and one without a place. */
async function buildTown(db: Database) {
  const office = await buildOffice(db)
  const [near, other] = await db.select().from(areas).limit(2)
  if (!near || !other) throw new Error('the city has no communes')
  for (const shift of [0, 1, 2, 3]) {
    const place = { lon: cluster.lon + shift * 0.0002, lat: cluster.lat }
    await buildReportAt(db, office, { ...place, areaId: near.id, title: `Đèn đường hỏng ${shift}` })
  }
  const single = await buildReportAt(db, office, { ...far, areaId: other.id, title: 'Cây đổ ngoài đê' })
  await buildReportAt(db, office, { areaId: near.id, lon: null, lat: null, title: 'Rác chưa rõ chỗ' })
  return { ...office, near, other, single }
}

const list = (page: Page): Locator => page.getByRole('list', { name: 'Trong khung bản đồ' })
const sight = (page: Page): Locator => page.getByRole('status').filter({ hasText: 'trong khung' })

/** The position of the map in the address. */
function standing(page: Page) {
  const [lon = 0, lat = 0, zoom = 0] = (new URL(page.url()).searchParams.get('at') ?? '').split(',').map(Number)
  return { lon, lat, zoom }
}

/** The pixel of a place on the map, by the Web Mercator projection. */
async function spotOf(page: Page, place: { lon: number; lat: number }) {
  const frame = await page.locator('canvas.maplibregl-canvas').boundingBox()
  if (!frame) throw new Error('there is no map')
  const { lon, lat, zoom } = standing(page)
  const world = 512 * 2 ** zoom
  const north = (degrees: number) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI)
  return {
    x: frame.x + frame.width / 2 + ((place.lon - lon) / 360) * world,
    y: frame.y + frame.height / 2 - (north(place.lat) - north(lat)) * world,
  }
}

test('map, list and queue agree; a cluster zooms to its reports, and what is under the pointer is highlighted', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { officer, single } = await buildTown(db)
  const page = await signedInAs(officer.username)
  const complaints = complaintsOf(page)
  await see(page, '/map?view=my_agency')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('6 phản ánh')
  await expect(page.getByText('1 phản ánh chưa có vị trí')).toBeVisible()
  await expect(sight(page)).toHaveText('5 phản ánh trong khung')
  await expect(list(page).getByRole('link')).toHaveCount(5)
  expect(await seriousViolations(page)).toEqual([])
  expect(await untranslated(page)).toEqual([])

  const alone = await spotOf(page, far)
  const row = list(page).getByRole('link', { name: /Cây đổ ngoài đê/ })
  // Until the map has drawn its reports the pointer finds none.
  await expect(async () => {
    await page.mouse.move(alone.x + 40, alone.y + 40)
    await page.mouse.move(alone.x, alone.y)
    await expect(row).toHaveAttribute('data-pointed', { timeout: 500 })
  }).toPass()
  await page.mouse.click(alone.x, alone.y)
  await expect(row).toBeFocused()

  const before = standing(page).zoom
  const spot = await spotOf(page, { lon: cluster.lon + 0.0003, lat: cluster.lat })
  await page.mouse.click(spot.x, spot.y)
  await expect(sight(page)).toHaveText('4 phản ánh trong khung')
  await expect(list(page).getByRole('link')).toHaveCount(4)
  expect(standing(page).zoom).toBeGreaterThan(before + 2)
  // The address stores the position: a shared link shows the same.
  await page.reload()
  await expect(sight(page)).toHaveText('4 phản ánh trong khung')

  await page.getByRole('link', { name: 'Xem dạng danh sách' }).click()
  await expect(page).toHaveURL(/\/reports\?view=my_agency$/)
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '7')
  await page.goto(`/reports/${single.code}`)
  expect(complaints).toEqual([])
})

test('without a pointer: keys move through the list, communes are in a table and narrow the map', async ({
  signedInAs,
  db,
}) => {
  const { officer, near, other, single } = await buildTown(db)
  const page = await signedInAs(officer.username)
  await see(page, '/reports?view=my_agency')
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page).toHaveURL(/\/map/)
  await expect(sight(page)).toHaveText('5 phản ánh trong khung')
  await page.keyboard.press('j')
  await expect(list(page).getByRole('link').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(list(page).getByRole('link').nth(1)).toBeFocused()

  const tab = page.getByRole('tab', { name: 'Trong khung bản đồ' })
  await tab.focus()
  await page.keyboard.press('ArrowRight')
  const table = page.getByRole('table', { name: 'Phường, xã' })
  const rowOf = (name: string) =>
    table.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) })
  await expect(rowOf(near.shortName).getByRole('cell').first()).toHaveText('5')
  await expect(rowOf(other.shortName).getByRole('cell').first()).toHaveText('1')
  await table.getByRole('button', { name: other.shortName, exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`area=${other.id}`))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 phản ánh')
  await expect(sight(page)).toHaveText('1 phản ánh trong khung')

  await page.getByRole('tab', { name: 'Trong khung bản đồ' }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/reports/${single.code}`))
})

test('steps through the list that come before its rows are taken once they are loaded', async ({ signedInAs, db }) => {
  const { officer } = await buildTown(db)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, /reports\.mapList/)
  await visit(page, '/map?view=my_agency')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  letGo()
  await expect(list(page).getByRole('link').nth(1)).toBeFocused()
})

test('on a phone the map is above its list, in dark mode as well', async ({ signedInAs, seriousViolations, db }) => {
  const { officer } = await buildTown(db)
  const page = await signedInAs(officer.username, {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    language: 'en',
  })
  await see(page, '/map?view=my_agency')
  await expect(page.getByText('5 reports in sight')).toBeVisible()
  const map = await page.locator('canvas.maplibregl-canvas').boundingBox()
  const rows = await page.getByRole('list', { name: 'In sight' }).boundingBox()
  expect((map?.y ?? 0) + (map?.height ?? 0)).toBeLessThanOrEqual(rows?.y ?? 0)
  expect(await overhang(page)).toBe(0)
  expect(await seriousViolations(page)).toEqual([])
  expect(await untranslated(page)).toEqual([])
})
