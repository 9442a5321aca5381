import { rmSync, writeFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import { buildStreetTiles } from '#db/factories/street-tiles.ts'
import { test } from './fixtures.ts'
import { buildOffice } from './office.ts'
import { complaintsOf, see } from './routes.ts'
import { visit } from './visit.ts'

const centre = { lon: 105.85, lat: 21.03 }
/** A street through the centre of the map, and water south of it. */
const town = buildStreetTiles([
  {
    layer: 'transportation',
    kind: 'line',
    places: [
      [105.6, centre.lat],
      [106.1, centre.lat],
    ],
    properties: { class: 'motorway' },
  },
  {
    layer: 'water',
    kind: 'polygon',
    places: [
      [105.7, 21.028],
      [106, 21.028],
      [106, 20.95],
      [105.7, 20.95],
    ],
    properties: { class: 'lake' },
  },
])

/** The most frequent colour of a horizontal line across the map, `below` pixels below its centre. */
async function colourAt(page: Page, below: number) {
  const frame = await page.locator('canvas.maplibregl-canvas').boundingBox()
  if (!frame) throw new Error('there is no map')
  const [x, y] = [frame.x + frame.width / 2, frame.y + frame.height / 2]
  const image = await page.screenshot({ clip: { x: x - 150, y: y + below, width: 300, height: 1 } })
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true })
  const counts = new Map<string, number>()
  for (let at = 0; at < data.length; at += info.channels) {
    const colour = data.subarray(at, at + 3).join()
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const most = [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? ''
  const [red = 0, green = 0, blue = 0] = most.split(',').map(Number)
  return { red, blue, light: red + green + blue }
}

/** The street is lighter than the land north of it, the water south of it is blue. */
async function hasTown(page: Page) {
  const [land, street, water] = [await colourAt(page, -60), await colourAt(page, 0), await colourAt(page, 80)]
  return { street: street.light > land.light + 12, water: water.blue - water.red > land.blue - land.red + 15 }
}

test('a file with the streets is shown by the next map, in light and dark; without it, the drawing says what it is', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await buildOffice(db)
  const file = process.env.MAP_PMTILES as string
  const page = await signedInAs(officer.username)
  const complaints = complaintsOf(page)
  const drawing = page.getByText('Nền sơ đồ, địa giới gần đúng')
  const source = page.getByRole('link', { name: '© OpenStreetMap contributors' })
  await visit(page, `/map?view=my_agency&at=${centre.lon},${centre.lat},13`)
  await expect(drawing).toBeVisible()
  expect(await hasTown(page)).toEqual({ street: false, water: false })

  try {
    writeFileSync(file, town)
    await page.reload()
    await expect(source).toBeVisible()
    await expect(drawing).toBeHidden()
    await expect.poll(() => hasTown(page)).toEqual({ street: true, water: true })
    const { light } = await colourAt(page, 0)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(async () => (await colourAt(page, 0)).light < light / 2).toBe(true)
    await expect.poll(() => hasTown(page)).toEqual({ street: true, water: true })
  } finally {
    rmSync(file, { force: true })
  }
  await page.reload()
  await expect(drawing).toBeVisible()
  expect(complaints).toEqual([])
})

test('the map begins with the whole city, and the overview shows which part is in view', async ({ signedInAs, db }) => {
  const { officer } = await buildOffice(db)
  const page = await signedInAs(officer.username, { viewport: { width: 1440, height: 900 } })
  await see(page, '/map?view=my_agency')
  const overview = page.getByRole('figure').filter({ hasText: 'khung đang xem' })
  const frame = overview.locator('rect')
  const widthOf = async () => Number(await frame.getAttribute('width'))
  // 120 is the whole width of the city.
  await expect.poll(widthOf).toBe(120)
  await expect(overview.locator('path')).toHaveCount(2)
  const before = await page.locator('.maplibregl-ctrl-scale').textContent()
  for (const _ of [1, 2, 3]) {
    const last = await widthOf()
    await page.getByRole('button', { name: 'Phóng to bản đồ' }).click()
    await expect.poll(widthOf).toBeLessThanOrEqual(last)
  }
  await expect.poll(widthOf).toBeLessThan(40)
  expect(await page.locator('.maplibregl-ctrl-scale').textContent()).not.toBe(before)
  await page.getByRole('button', { name: 'Hiện toàn bộ phản ánh' }).click()
  await expect.poll(widthOf).toBe(120)
  await page.setViewportSize({ width: 1000, height: 800 })
  await expect(overview).toBeHidden()
})
