import { expect, type Locator, type Page } from '@playwright/test'
import { asc, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildPlace } from '#db/factories/places.ts'
import { buildReport } from '#db/factories/reports.ts'
import { areas, reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { hoursAgo } from './office.ts'
import { addressOf, buildFields, titleOn } from './triage.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

const letters = () =>
  Math.random()
    .toString(36)
    .replace(/[^a-z]/g, '')
    .slice(0, 8) || 'nghiem'

/** A street that no other test knows, in a commune of the demo, with one house. */
async function buildStreet(db: Database) {
  const [area, other] = await db
    .select({ id: areas.id, name: areas.name, lon: areas.labelLon, lat: areas.labelLat })
    .from(areas)
    .where(eq(areas.kind, 'phuong'))
    .orderBy(asc(areas.id))
    .limit(2)
  if (!area || !other) throw new Error('the demo has communes')
  const word = letters()
  const name = `Phố Kiểm ${word}`
  const house = { lon: area.lon, lat: area.lat, areaId: area.id }
  await buildPlace(db, `95 ${name}`, house)
  await buildPlace(db, name, { ...house, lon: area.lon + 0.001, metres: 300 })
  return { area, other, house, name, word }
}

async function openForm(page: Page): Promise<{ form: Locator; field: Locator }> {
  await visit(page, '/reports?view=open')
  await expect(page.getByRole('grid')).toBeVisible()
  await page.keyboard.press('Shift+N')
  const form = page.getByRole('dialog', { name: 'Ghi nhận phản ánh thay công dân' })
  return { form, field: form.getByRole('combobox', { name: 'Địa chỉ', exact: true }) }
}

/** Fills in the rest, saves, and returns what was stored. */
async function save(page: Page, form: Locator, db: Database, title: string) {
  await form.getByLabel('Tiêu đề').fill(title)
  await form.getByLabel('Nội dung phản ánh').fill('Mong sớm xử lý.')
  await form.getByRole('combobox', { name: 'Lĩnh vực' }).fill('cây')
  await page.getByRole('option').first().click()
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
  const [report] = await db.select().from(reports).where(eq(reports.title, title))
  return report
}

test('an address typed without accents sets point and commune, and the map is not touched', async ({
  signedInAs,
  db,
}) => {
  const { area, house, name, word } = await buildStreet(db)
  const page = await signedInAs('dieuphoi')
  const { form, field } = await openForm(page)
  await field.click()
  await page.keyboard.type(`95 pho kiem ${word}`)
  const option = page.getByRole('option', { name: `95 ${name}` })
  await expect(option).toContainText(`${area.name} · đúng số nhà`)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue(`95 ${name}`)
  await expect(form.getByText(`Điểm ở 95 ${name}, ${area.name} (đúng số nhà).`)).toBeVisible()
  await expect(form.getByRole('combobox', { name: 'Phường, xã' })).toHaveValue(area.name)
  const stored = await save(page, form, db, `Cây gãy ${word}`)
  expect(stored).toMatchObject({ address: `95 ${name}`, lon: house.lon, lat: house.lat, areaId: area.id })
})

test('what is left unchosen is proposed, and what says more than the name of the place is kept', async ({
  signedInAs,
  db,
}) => {
  const { house, name, word } = await buildStreet(db)
  const page = await signedInAs('dieuphoi')
  const { form, field } = await openForm(page)
  const typed = `đối diện 95 ${name}, cổng xanh`
  await field.fill(typed)
  await page.keyboard.press('Tab')
  await form.getByRole('button', { name: 'Đặt điểm ở đây' }).click()
  await expect(field).toHaveValue(typed)
  await expect(form.getByText(/Điểm ở 95 .* \(đúng số nhà\)\./)).toBeVisible()
  const stored = await save(page, form, db, `Đèn hỏng ${word}`)
  expect(stored).toMatchObject({ address: typed, lon: house.lon, lat: house.lat })
})

test('a pin in another commune than the chosen one is said at intake, and on the report until it is settled', async ({
  signedInAs,
  db,
}) => {
  const { area, other, name, word } = await buildStreet(db)
  const page = await signedInAs('dieuphoi')
  const { form, field } = await openForm(page)
  await field.fill(`95 ${name}`)
  await form.getByRole('button', { name: 'Đặt điểm ở đây' }).click()
  const commune = form.getByRole('combobox', { name: 'Phường, xã' })
  await commune.fill(other.name)
  await page.getByRole('option', { name: other.name }).click()
  const warning = `Điểm nằm ở ${area.name}, địa bàn đã ghi là ${other.name}.`
  await expect(form.getByText(warning)).toBeVisible()
  await form.getByRole('button', { name: 'Lấy địa bàn của điểm' }).click()
  await expect(commune).toHaveValue(area.name)
  await expect(form.getByText(warning)).toBeHidden()
  await commune.fill(other.name)
  await page.getByRole('option', { name: other.name }).click()
  await form.getByRole('button', { name: 'Giữ địa bàn đã ghi' }).click()
  await expect(form.getByText(`Giữ ${other.name}, dù điểm nằm ở ${area.name}.`)).toBeVisible()
  const stored = await save(page, form, db, `Hố ga ${word}`)
  expect(stored?.areaId).toBe(other.id)

  await visit(page, `/reports/${stored?.code}`)
  await expect(page.getByText(warning)).toBeVisible()
  await page.getByRole('button', { name: 'Lấy địa bàn của điểm' }).click()
  await expect(page.getByText(warning)).toBeHidden()
  const areaNow = async () =>
    (
      await db
        .select()
        .from(reports)
        .where(eq(reports.title, `Hố ga ${word}`))
    )[0]?.areaId
  await expect.poll(areaNow).toBe(area.id)
})

test('in triage one key sets the point of a report that has only an address', async ({ signedInAs, db }) => {
  const { area, house, name } = await buildStreet(db)
  const fields = await buildFields(db)
  const given = { state: 'awaiting_intake' as const, categoryCode: fields.decided, receivedAt: hoursAgo(1) }
  const report = await buildReport(db, { ...given, title: 'Cây nghiêng', address: `số 95 ${name}` })
  const page = await signedInAs('dieuphoi')
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(report.title)
  await expect(page.getByRole('button', { name: `Đặt điểm ở 95 ${name}, ${area.name}?` })).toBeVisible()
  await page.keyboard.press('m')
  await expect(page.getByRole('button', { name: /^Đặt điểm ở/ })).toBeHidden()
  const place = async () => {
    const [row] = await db.select().from(reports).where(eq(reports.id, report.id))
    return { lon: row?.lon, lat: row?.lat, areaId: row?.areaId }
  }
  await expect.poll(place).toEqual({ lon: house.lon, lat: house.lat, areaId: area.id })
})

test('what a citizen typed in Telex is found by what it says, and the search box leads to the reports around a place', async ({
  signedInAs,
  db,
}) => {
  const { house, name, word } = await buildStreet(db)
  const page = await signedInAs('dieuphoi')
  const { form } = await openForm(page)
  await save(page, form, db, `Caau mawcs ddieenj ${word}`)
  const box = page.getByRole('search').getByRole('combobox')
  await page.keyboard.press('/')
  await box.fill(`câu mắc điện ${word}`)
  await page.keyboard.press('Enter')
  const row = page.getByRole('row').filter({ hasText: `Caau mawcs ddieenj ${word}` })
  await expect(row).toBeVisible()
  await row.getByRole('link', { name: `Caau mawcs ddieenj ${word}` }).click()
  await expect(page.getByText(`Đọc là: Câu mắc điện ${word}`).first()).toBeVisible()
  await page.keyboard.press('/')
  await box.fill(`95 pho kiem ${word}`)
  await page.getByRole('option', { name: `Phản ánh quanh 95 ${name}` }).click()
  await expect(page).toHaveURL(/\/map\?/)
  const [lon, lat] = (new URL(page.url()).searchParams.get('at') ?? '').split(',').map(Number)
  expect([lon?.toFixed(4), lat?.toFixed(4)]).toEqual([house.lon.toFixed(4), house.lat.toFixed(4)])
})
