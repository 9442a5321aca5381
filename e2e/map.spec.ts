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
  await expect(page.getByText('6 phản ánh, 1 chưa có vị trí')).toBeVisible()
  await expect(sight(page)).toHaveText('5 trong khung')
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
  await expect(sight(page)).toHaveText('4 trong khung')
  await expect(list(page).getByRole('link')).toHaveCount(4)
  expect(standing(page).zoom).toBeGreaterThan(before + 2)
  // The address stores the position: a shared link shows the same.
  await page.reload()
  await expect(sight(page)).toHaveText('4 trong khung')

  await page.getByRole('main').getByRole('link', { name: 'Danh sách' }).click()
  await expect(page).toHaveURL(/\/reports\?view=my_agency$/)
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '7')
  await page.goto(`/reports/${single.code}`)
  expect(complaints).toEqual([])
})

const hours = (count: number) => new Date(Date.now() + count * 3_600_000)

test('signs, legend, list and the filter of the queue agree on deadlines; an overdue one is chosen on the map', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const [area] = await db.select().from(areas).limit(1)
  const at = (shift: number) => ({ lon: 105.8 + shift * 0.05, lat: 21 + (shift % 2) * 0.05, areaId: area?.id ?? 0 })
  const running = { soonAt: hours(20), dueAt: hours(40) }
  const late = { title: 'Ngập trước cổng chợ', address: '12 Lò Đúc', soonAt: hours(-50), dueAt: hours(-40) }
  const overdue = await buildReportAt(db, office, { ...at(0), ...late })
  await buildReportAt(db, office, { ...at(1), soonAt: hours(-1), dueAt: hours(3) })
  for (const shift of [2, 3, 4]) await buildReportAt(db, office, { ...at(shift), ...running })
  const asked = { state: 'awaiting_citizen', dueAt: null, soonAt: null, pausedAt: hours(-1) } as const
  await buildReportAt(db, office, { ...at(5), ...asked })
  const page = await signedInAs(office.officer.username)
  await see(page, '/map?view=my_agency&at=105.925,21.025,11')
  const legend = page.getByRole('list', { name: 'Chú giải' }).getByRole('listitem')
  const groups = ['Quá hạn 1', 'Sắp đến hạn 1', 'Còn hạn 3', 'Tạm dừng 1']
  await expect(legend).toHaveText([...groups, 'Cụm, vành chia theo thời hạn'])
  await expect(list(page).getByRole('link')).toHaveText([/^quá hạn/, /^còn/, /^còn/, /^còn/, /^còn/, /^tạm dừng/])

  // The head of the drop is above its place.
  const { x, y } = await spotOf(page, at(0))
  const row = list(page).getByRole('link', { name: /quá hạn.*Ngập trước cổng chợ/ })
  const card = page.getByRole('article', { name: 'Phản ánh đang chọn' })
  await expect(async () => {
    await page.mouse.click(x, y - 14)
    await expect(row).toBeFocused({ timeout: 500 })
  }).toPass()
  await expect(card).toContainText(/quá hạn.*1 người báo.*Ngập trước cổng chợ.*12 Lò Đúc/)
  expect(await seriousViolations(page)).toEqual([])

  const place = standing(page)
  await page.getByRole('button', { name: 'Thời hạn tăng dần' }).click()
  await expect(list(page).getByRole('link').last()).toHaveText(/^quá hạn/)
  expect(standing(page)).toEqual(place)
  await page.getByRole('button', { name: 'xem nhanh' }).click()
  await expect(page.getByRole('dialog').getByRole('heading', { name: overdue.title })).toBeVisible()

  for (const [kind, count] of [
    ['overdue', 1],
    ['soon', 1],
    ['in_time', 3],
    ['paused', 1],
  ] as const) {
    await see(page, `/reports?view=my_agency&deadline=${kind}`)
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count + 1))
  }
})

test('the map by keyboard: zoom, step from pin to pin, preview, return, open', async ({ signedInAs, db }) => {
  const { officer } = await buildTown(db)
  const page = await signedInAs(officer.username)
  await see(page, '/map?view=my_agency')
  await expect(sight(page)).toHaveText('5 trong khung')
  const canvas = page.locator('canvas.maplibregl-canvas')
  const card = page.getByRole('article', { name: 'Phản ánh đang chọn' })
  const rows = list(page).getByRole('link')
  for (let presses = 0; presses < 40; presses += 1) {
    if (await canvas.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(canvas).toBeFocused()
  const before = standing(page).zoom
  await page.keyboard.press('-')
  await expect.poll(() => standing(page).zoom).toBeLessThan(before)
  await expect(sight(page)).toHaveText('5 trong khung')

  await page.keyboard.press('j')
  await expect(rows.first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(1)).toBeFocused()
  const title = (await rows.nth(1).locator('[lang="vi"]').textContent()) ?? ''
  await expect(card.getByRole('link', { name: title })).toBeVisible()
  // Out of the map as well: where the list has the focus.
  const farther = standing(page).zoom
  await page.keyboard.press('+')
  await expect.poll(() => standing(page).zoom).toBeGreaterThan(farther)

  await page.keyboard.press('Space')
  const preview = page.getByRole('dialog')
  await expect(preview.getByRole('heading', { name: title })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(preview).toBeHidden()
  await expect(rows.nth(1)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  await expect(canvas).toBeFocused()

  await page.keyboard.press('j')
  await expect(rows.nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
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
  await expect(sight(page)).toHaveText('5 trong khung')
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
  await expect(sight(page)).toHaveText('1 trong khung')

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
  await expect(page.getByText('5 in sight')).toBeVisible()
  const map = await page.locator('canvas.maplibregl-canvas').boundingBox()
  const rows = await page.getByRole('list', { name: 'In sight' }).boundingBox()
  expect((map?.y ?? 0) + (map?.height ?? 0)).toBeLessThanOrEqual(rows?.y ?? 0)
  expect(await overhang(page)).toBe(0)
  expect(await seriousViolations(page)).toEqual([])
  expect(await untranslated(page)).toEqual([])
})
