import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { focus, movePointer, page, pointerDown, pointerUp, press, tabTo } from '#app/testing/hands.ts'
import { holdUp } from '#app/testing/line.ts'
import { onServer } from '#app/testing/server.ts'
import { overhang, see, untranslated } from '#app/testing/sight.ts'

const scene = onServer<typeof import('./map.scene.ts')>('components/reports/map/page/map.scene.ts')

type Place = { lon: number; lat: number }
type Point = { x: number; y: number }

const rows = page.getByRole('list', { name: 'Trong khung bản đồ' }).getByRole('link')
const sight = page.getByRole('status').filter({ hasText: 'trong khung' })
const canvas = page.css('canvas.maplibregl-canvas')
const card = page.getByRole('article', { name: 'Phản ánh đang chọn' })
const heading = page.getByRole('heading', { level: 1 })

/** The position of the map in the address. */
function standing() {
  const at = new URLSearchParams(window.location.search).get('at') ?? ''
  const [lon = 0, lat = 0, zoom = 0] = at.split(',').map(Number)
  return { lon, lat, zoom }
}

/** The pixel of a place on the map, by the Web Mercator projection. */
function spotOf(place: Place): Point {
  const frame = canvas.element().getBoundingClientRect()
  const { lon, lat, zoom } = standing()
  const world = 512 * 2 ** zoom
  const north = (degrees: number) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI)
  return {
    x: frame.x + frame.width / 2 + ((place.lon - lon) / 360) * world,
    y: frame.y + frame.height / 2 - (north(place.lat) - north(lat)) * world,
  }
}

async function clickAt(point: Point): Promise<void> {
  await movePointer(point)
  await pointerDown()
  await pointerUp()
}

test('map, list and queue agree; a cluster zooms to its reports, and what is under the pointer is highlighted; without a pointer: keys move through the list, communes are in a table and narrow the map', {
  timeout: 90_000,
}, async () => {
  const { officer, cluster, far, near, other, single } = await scene.buildTown()
  await signInAs(officer.username)
  await see('/map?view=my_agency')
  await expect.element(heading).toContainText('6 phản ánh')
  await expect.element(page.getByText('6 phản ánh, 1 chưa có vị trí')).toBeVisible()
  await expect.element(sight).toHaveTextContent('5 trong khung')
  await expect.element(rows).toHaveLength(5)

  const alone = spotOf(far)
  const row = rows.filter({ hasText: 'Cây đổ ngoài đê' })
  // Until the map has drawn its reports the pointer finds none.
  const isPointedAt = async () => {
    await movePointer({ x: alone.x + 40, y: alone.y + 40 })
    await movePointer(alone)
    return row.element().hasAttribute('data-pointed')
  }
  await expect.poll(isPointedAt).toBe(true)
  await clickAt(alone)
  await expect.element(row).toHaveFocus()

  const before = standing().zoom
  await clickAt(spotOf({ lon: cluster.lon + 0.0003, lat: cluster.lat }))
  await expect.element(sight).toHaveTextContent('4 trong khung')
  await expect.element(rows).toHaveLength(4)
  expect(standing().zoom).toBeGreaterThan(before + 2)
  // The address stores the position: a shared link shows the same.
  await visit(`${window.location.pathname}${window.location.search}`)
  await expect.element(sight).toHaveTextContent('4 trong khung')

  await page.getByRole('main').getByRole('link', { name: 'Danh sách' }).click()
  await expect.poll(() => window.location.pathname + window.location.search).toBe('/reports?view=my_agency')
  await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '7')

  // Without a pointer, from the queue.
  await press('g', 'p')
  await expect.poll(() => window.location.pathname).toBe('/map')
  await expect.element(sight).toHaveTextContent('5 trong khung')
  await press('j')
  await expect.element(rows.first()).toHaveFocus()
  await press('ArrowDown')
  await expect.element(rows.nth(1)).toHaveFocus()

  const tab = page.getByRole('tab', { name: 'Trong khung bản đồ' })
  await focus(tab)
  await press('ArrowRight')
  const table = page.getByRole('table', { name: 'Phường, xã' })
  const countOf = (name: string) =>
    table
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name }) })
      .getByRole('cell')
      .first()
  await expect.element(countOf(near.shortName)).toHaveTextContent('5')
  await expect.element(countOf(other.shortName)).toHaveTextContent('1')
  await focus(table.getByRole('button', { name: other.shortName }))
  await press('Enter')
  await expect.poll(() => window.location.search).toContain(`area=${other.id}`)
  await expect.element(heading).toContainText('1 phản ánh')
  await expect.element(sight).toHaveTextContent('1 trong khung')

  await tab.click()
  await press('j', 'Enter')
  await expect.poll(() => window.location.pathname).toBe(`/reports/${single.code}`)
})

test('signs, legend, list and the filter of the queue agree on deadlines; an overdue one is chosen on the map', async () => {
  const { officer, overdue, place } = await scene.buildDeadlines()
  await signInAs(officer.username)
  await see('/map?view=my_agency&at=105.925,21.025,11')
  const texts = (of: typeof rows) => of.elements().map(({ textContent }) => textContent?.replaceAll(/\s+/g, ' ').trim())
  const legend = page.getByRole('list', { name: 'Chú giải' }).getByRole('listitem')
  const groups = ['Quá hạn 1', 'Sắp đến hạn 1', 'Còn hạn 3', 'Tạm dừng 1']
  await expect.poll(() => texts(legend)).toEqual([...groups, 'Cụm, vành chia theo thời hạn'])
  await expect
    .poll(() => texts(rows).map((text) => /^(quá hạn|còn|tạm dừng)/.exec(text ?? '')?.[0]))
    .toEqual(['quá hạn', 'còn', 'còn', 'còn', 'còn', 'tạm dừng'])

  // The head of the drop is above its place.
  const { x, y } = spotOf(place)
  const row = rows.filter({ hasText: 'Ngập trước cổng chợ' })
  const isChosen = async () => {
    await clickAt({ x, y: y - 14 })
    return document.activeElement === row.query()
  }
  await expect.poll(isChosen, { interval: 300 }).toBe(true)
  await expect.element(card).toMatchTextContent(/quá hạn.*1 người báo.*Ngập trước cổng chợ.*12 Lò Đúc/)
  expect(await seriousViolations()).toEqual([])

  const at = standing()
  await page.getByRole('button', { name: 'Thời hạn tăng dần' }).click()
  await expect.element(rows.last()).toMatchTextContent(/^quá hạn/)
  expect(standing()).toEqual(at)
  await page.getByRole('button', { name: 'xem nhanh', exact: false }).click()
  await expect
    .element(page.getByRole('dialog').getByRole('heading', { name: overdue.title, exact: false }))
    .toBeVisible()

  for (const [kind, count] of [
    ['overdue', 1],
    ['soon', 1],
    ['in_time', 3],
    ['paused', 1],
  ] as const) {
    await see(`/reports?view=my_agency&deadline=${kind}`)
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count + 1))
  }
})

test('the map by keyboard: zoom, step from pin to pin, preview, return, open', async () => {
  const { officer } = await scene.buildTown()
  await signInAs(officer.username)
  await see('/map?view=my_agency')
  await expect.element(sight).toHaveTextContent('5 trong khung')
  await tabTo(canvas)
  const before = standing().zoom
  await press('-')
  await expect.poll(() => standing().zoom).toBeLessThan(before)
  await expect.element(sight).toHaveTextContent('5 trong khung')

  await press('j')
  await expect.element(rows.first()).toHaveFocus()
  await press('ArrowDown')
  await expect.element(rows.nth(1)).toHaveFocus()
  const title = rows.nth(1).css('[lang="vi"]').element().textContent ?? ''
  await expect.element(card.getByRole('link', { name: title, exact: false })).toBeVisible()
  // Out of the map as well: where the list has the focus.
  const farther = standing().zoom
  await press('+')
  await expect.poll(() => standing().zoom).toBeGreaterThan(farther)

  await press('Space')
  const preview = page.getByRole('dialog')
  await expect.element(preview.getByRole('heading', { name: title, exact: false })).toBeVisible()
  await press('Escape')
  await expect.element(preview).not.toBeInTheDocument()
  await expect.element(rows.nth(1)).toHaveFocus()
  await press('Escape')
  await expect.element(card).not.toBeInTheDocument()
  await expect.element(canvas).toHaveFocus()

  await press('j')
  await expect.element(rows.nth(1)).toHaveFocus()
  await press('Enter')
  await expect.element(page.getByRole('heading', { name: title, exact: false })).toBeVisible()
})

test('steps through the list that come before its rows are taken once they are loaded', async () => {
  const { officer } = await scene.buildTown()
  await signInAs(officer.username)
  const letGo = holdUp(/reports\.mapList/)
  await visit('/map?view=my_agency')
  await press('j', 'j')
  letGo()
  await expect.element(rows.nth(1)).toHaveFocus()
})

test('on a phone the map is above its list, in dark mode as well', async () => {
  const { officer } = await scene.buildTown()
  await signInAs(officer.username, { width: 390, height: 844, colorScheme: 'dark', language: 'en' })
  await see('/map?view=my_agency')
  await expect.element(page.getByText('5 in sight')).toBeVisible()
  const list = page.getByRole('list', { name: 'In sight' })
  expect(canvas.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(
    list.element().getBoundingClientRect().top,
  )
  expect(overhang()).toBe(0)
  expect(await seriousViolations('main')).toEqual([])
  expect(untranslated()).toEqual([])
})
