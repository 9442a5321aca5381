import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'

const scene = onServer<typeof import('./places.scene.ts')>('components/reports/place/places.scene.ts')

const form = page.getByRole('dialog', { name: 'Ghi nhận phản ánh thay công dân' })
const field = form.getByRole('combobox', { name: 'Địa chỉ' })
const commune = form.getByRole('combobox', { name: 'Phường, xã', exact: false })

async function openForm(): Promise<void> {
  await signInAs('dieuphoi', { width: 1366, height: 768 })
  await visit('/reports?view=open')
  await expect.element(page.getByRole('grid')).toBeVisible()
  await press('Shift+N')
  await expect.element(form).toBeVisible()
}

/** Fills in the rest, saves, and returns what was stored. */
async function save(title: string) {
  await form.getByLabelText('Tiêu đề', { exact: false }).fill(title)
  await form.getByLabelText('Nội dung phản ánh', { exact: false }).fill('Mong sớm xử lý.')
  await form.getByRole('combobox', { name: 'Lĩnh vực', exact: false }).fill('cây')
  await page.getByRole('option').first().click()
  await press('Control+Enter')
  await expect.element(form).not.toBeInTheDocument()
  return scene.placeOf(title)
}

test('an address typed without accents sets point and commune, and the map is not touched', async () => {
  const { area, house, name, word } = await scene.buildStreet()
  await openForm()
  await field.click()
  await type(`95 pho kiem ${word}`)
  await expect
    .element(page.getByRole('option', { name: `95 ${name}`, exact: false }))
    .toContainText(`${area.name} · đúng số nhà`)
  await press('ArrowDown', 'Enter')
  await expect.element(field).toHaveValue(`95 ${name}`)
  await expect.element(form.getByText(`Điểm ở 95 ${name}, ${area.name} (đúng số nhà).`)).toBeVisible()
  await expect.element(commune).toHaveValue(area.name)
  expect(await save(`Cây gãy ${word}`)).toMatchObject({ address: `95 ${name}`, ...house })
})

test('what is left unchosen is proposed, and what says more than the name of the place is kept', async () => {
  const { house, name, word } = await scene.buildStreet()
  await openForm()
  const typed = `đối diện 95 ${name}, cổng xanh`
  await field.fill(typed)
  await press('Tab')
  await form.getByRole('button', { name: 'Đặt điểm ở đây', exact: false }).click()
  await expect.element(field).toHaveValue(typed)
  await expect.element(form.getByText(/Điểm ở 95 .* \(đúng số nhà\)\./)).toBeVisible()
  expect(await save(`Đèn hỏng ${word}`)).toMatchObject({ address: typed, lon: house.lon, lat: house.lat })
})

test('a pin in another commune than the chosen one is said at intake, and on the report until it is settled', async () => {
  const { area, other, name, word } = await scene.buildStreet()
  await openForm()
  await field.fill(`95 ${name}`)
  await press('Tab')
  await form.getByRole('button', { name: 'Đặt điểm ở đây', exact: false }).click()
  await commune.fill(other.name)
  await page.getByRole('option', { name: other.name, exact: false }).click()
  const warning = page.getByText(`Điểm nằm ở ${area.name}, địa bàn đã ghi là ${other.name}.`, { exact: false })
  await expect.element(warning).toBeVisible()
  await form.getByRole('button', { name: 'Lấy địa bàn của điểm' }).click()
  await expect.element(commune).toHaveValue(area.name)
  await expect.element(warning).not.toBeInTheDocument()
  await commune.fill(other.name)
  await page.getByRole('option', { name: other.name, exact: false }).click()
  await form.getByRole('button', { name: 'Giữ địa bàn đã ghi' }).click()
  await expect.element(form.getByText(`Giữ ${other.name}, dù điểm nằm ở ${area.name}.`, { exact: false })).toBeVisible()
  const stored = await save(`Hố ga ${word}`)
  expect(stored?.areaId).toBe(other.id)

  await visit(`/reports/${stored?.code}`)
  await expect.element(warning).toBeVisible()
  await page.getByRole('button', { name: 'Lấy địa bàn của điểm' }).click()
  await expect.element(warning).not.toBeInTheDocument()
  await expect.poll(async () => (await scene.placeOf(`Hố ga ${word}`))?.areaId).toBe(area.id)
})

test('in triage one key sets the point of a report that has only an address', async () => {
  const { area, house, name } = await scene.buildStreet()
  const { report, queue } = await scene.buildAddressed(`số 95 ${name}`)
  await signInAs('dieuphoi', { width: 1366, height: 768 })
  await visit(queue)
  const title = page.getByRole('article', { name: /^HN-/ }).getByRole('heading', { level: 2 })
  await expect.element(title).toHaveTextContent(report.title)
  await expect
    .element(page.getByRole('button', { name: `Đặt điểm ở 95 ${name}, ${area.name}?`, exact: false }))
    .toBeVisible()
  await press('m')
  await expect.element(page.getByRole('button', { name: /^Đặt điểm ở/ })).not.toBeInTheDocument()
  await expect.poll(() => scene.placeOfReport(report.id)).toEqual(house)
})

test('what a citizen typed in Telex is found by what it says, and the search box leads to the reports around a place', async () => {
  const { house, name, word } = await scene.buildStreet()
  await openForm()
  const written = `Caau mawcs ddieenj ${word}`
  await save(written)
  const box = page.getByRole('search').getByRole('combobox')
  await press('/')
  await box.fill(`câu mắc điện ${word}`)
  await press('Enter')
  const row = page.getByRole('row').filter({ hasText: written })
  await expect.element(row).toBeVisible()
  await row.getByRole('link', { name: written, exact: false }).click()
  await expect.element(page.getByText(`Đọc là: Câu mắc điện ${word}`, { exact: false }).first()).toBeVisible()
  await press('/')
  await box.fill(`95 pho kiem ${word}`)
  await page.getByRole('option', { name: `Phản ánh quanh 95 ${name}`, exact: false }).click()
  await expect.poll(() => window.location.pathname).toBe('/map')
  const [lon, lat] = (new URLSearchParams(window.location.search).get('at') ?? '').split(',').map(Number)
  expect([lon?.toFixed(4), lat?.toFixed(4)]).toEqual([house.lon.toFixed(4), house.lat.toFixed(4)])
})
