import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

test('the pin of a row shows its place on a small map, from which Esc leads back to the list', async () => {
  const office = await buildOffice()
  const place = { address: '12 phố Hàng Bài', lon: 105.8521, lat: 21.0217 }
  const there = await buildReportAt(office, { ...place, title: 'Cây nghiêng phố Hàng Bài' })
  const nowhere = await buildReportAt(office, { title: 'Cây nghiêng không rõ ở đâu', lon: null, lat: null })
  await signInAs(office.officer.username)
  await visit('/reports?view=open')
  const row = (title: string) => page.getByRole('row', { name: new RegExp(title) })
  const pinOf = (code: string) => page.getByRole('button', { name: `Xem vị trí ${code} trên bản đồ`, exact: false })
  await expect.element(row(nowhere.title)).toBeVisible()
  await expect.element(pinOf(nowhere.code)).not.toBeInTheDocument()

  await pinOf(there.code).click()
  const map = page.getByRole('dialog', { name: `Địa điểm ${there.code}`, exact: false })
  await expect.element(map.getByRole('img', { name: /Vị trí phản ánh/ })).toBeVisible()
  await expect.element(map).toContainText('12 phố Hàng Bài, tọa độ 21.02170, 105.85210')
  await expect
    .element(map.getByRole('link', { name: /Chỉ đường/ }))
    .toHaveAttribute('href', expect.stringContaining('21.021700,105.852100'))
  expect(await seriousViolations('[role="dialog"]')).toEqual([])
  await press('Escape')
  await expect.element(map).not.toBeInTheDocument()

  // Without the preview the place has its own column.
  await press('Space')
  await page
    .getByRole('gridcell', { name: /Hàng Bài/ })
    .getByRole('button', { name: there.code, exact: false })
    .click()
  await expect.element(map).toBeVisible()
  await press('Escape')
  await expect.element(map).not.toBeInTheDocument()
  await expect.poll(hereNow).toMatch(/\/reports\?view=open$/)
  await press('j')
  await expect.element(page.css('tr[data-focused]')).toHaveLength(1)
})
