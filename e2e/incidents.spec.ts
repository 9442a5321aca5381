import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { expect, test } from './fixtures.ts'
import { hearHere, ofColours, paintHere } from './routes.ts'

const hour = 3_600_000

test('a dispatcher opens an incident, links nothing yet, and edits it', async ({ signedInAs }) => {
  const page = await signedInAs('dieuphoi')
  const name = `Ngập phía tây ${Date.now().toString(36)}`
  await page.goto('/incidents')
  await page.getByRole('button', { name: 'Thêm sự kiện' }).click()
  const form = page.getByRole('dialog', { name: 'Thêm sự kiện' })
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await expect(form.getByText('Không được để trống.')).toBeVisible()
  await form.getByLabel('Tên').fill(name)
  await form.getByLabel('Loại').selectOption('flood')
  await form.getByLabel('Địa bàn').fill('tay mo')
  await page.getByRole('option', { name: 'Phường Tây Mỗ' }).click()
  await form.getByLabel('Đơn vị chủ trì').fill('thoat nuoc')
  await page.getByRole('option', { name: /Thoát nước/ }).click()
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
  await expect(page.getByRole('heading', { name: 'Chưa có phản ánh nào thuộc sự kiện này' })).toBeVisible()
  await expect(page.getByText('Phường Tây Mỗ')).toBeVisible()
  await page.getByRole('button', { name: 'Sửa sự kiện' }).click()
  await page.getByLabel('Ghi chú').fill('Trực bơm Yên Nghĩa')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await expect(page.getByText('Trực bơm Yên Nghĩa')).toBeVisible()
})

test('emergency mode lets urgent deadlines run through the night, and the counts link to the reports', async ({
  signedInAs,
  db,
}) => {
  const storm = await buildIncident(db, {
    name: `Bão ${Date.now().toString(36)}`,
    startsAt: new Date(Date.now() - hour),
  })
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId })
  const category = await buildCategory(db, { urgentMinutes: 20 * 60 })
  const receivedAt = new Date(Date.now() - hour)
  const report = await buildReport(db, {
    agencyId: agency.id,
    incidentId: storm.id,
    categoryCode: category.code,
    severity: 'urgent',
    state: 'in_progress',
    receivedAt,
    assignedAt: receivedAt,
  })
  const page = await signedInAs('dieuphoi')
  await page.goto(`/incidents/${storm.id}`)
  await page.getByRole('button', { name: 'Bật chế độ ứng phó' }).click()
  const question = page.getByRole('dialog', { name: /^Bật chế độ ứng phó cho/ })
  await expect(question).toContainText('1 phản ánh khẩn đang mở')
  await question.getByRole('button', { name: 'Bật chế độ ứng phó' }).click()
  await expect(page.getByText('Đang ở chế độ ứng phó')).toBeVisible()
  const dueAt = async () => (await storyOf(db, report.id)).report.dueAt
  await expect.poll(async () => ((await dueAt())?.getTime() ?? 0) < (report.dueAt?.getTime() ?? 0)).toBe(true)

  await page.getByRole('button', { name: 'Tắt chế độ ứng phó' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Tắt chế độ ứng phó' }).click()
  await expect(page.getByText('Đang diễn ra')).toBeVisible()
  await page.getByRole('link', { name: /^Khẩn đang mở/ }).click()
  await expect(page).toHaveURL(new RegExp(`view=all&state=[a-z_,]+&severity=urgent&incident=${storm.id}`))
})

test('the list is filtered by state, kind and words of incidents, and the address stores it', async ({
  signedInAs,
  db,
}) => {
  const word = `Hồ${Date.now().toString(36)}`
  const span = { startsAt: new Date(Date.now() - 9 * hour), endsAt: new Date(Date.now() - hour) }
  await buildIncident(db, { ...span, name: `Ngập ${word}`, kind: 'flood', closedAt: new Date() })
  await buildIncident(db, { ...span, name: `Cháy ${word}`, kind: 'fire' })
  const page = await signedInAs('dieuphoi')
  await page.goto(`/incidents?kind=nothing&q=${word}`)
  const rows = page.getByRole('table').getByRole('link')
  await expect(rows).toHaveText([`Cháy ${word}`, `Ngập ${word}`])
  await page.getByRole('button', { name: /^Lọc/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Lọc sự kiện' })
  await sheet.getByText('Đã đóng').click()
  await sheet.getByRole('button', { name: 'Xem kết quả' }).click()
  await expect(rows).toHaveText([`Ngập ${word}`])
  await expect(page).toHaveURL(/\/incidents\?q=[^&]+&state=closed$/)
  await page.reload()
  await expect(rows).toHaveText([`Ngập ${word}`])
  await page.getByRole('button', { name: /^Bỏ lọc Tình trạng/ }).click()
  await expect(rows).toHaveCount(2)
  await page.getByRole('searchbox').fill(`${word} khong co`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Không có sự kiện nào khớp bộ lọc' })).toBeVisible()
  await page.getByRole('button', { name: 'Bỏ lọc', exact: true }).click()
  await expect(page).toHaveURL(/\/incidents$/)
  await expect(page.getByRole('row').getByRole('link', { name: 'Mưa lớn' })).toBeVisible()
})

test('an officer reads incidents but edits none', async ({ signedInAs, db }) => {
  const officer = await buildAccount(db)
  const page = await signedInAs(officer.username)
  await page.goto('/incidents')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Sự kiện')
  await expect(page.getByRole('button', { name: 'Thêm sự kiện' })).toBeHidden()
})

test('an incident and its form break no accessibility rule, by day, by night and in either language', async ({
  signedInAs,
  seriousViolations,
}) => {
  const page = await signedInAs('dieuphoi', { language: 'en', colorScheme: 'dark' })
  await page.goto('/incidents')
  await page.getByRole('row').getByRole('link', { name: 'Mưa lớn' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Mưa lớn')
  await page.waitForLoadState('networkidle')
  expect(await seriousViolations(page, undefined, ofColours)).toEqual([])
  await paintHere(page, 'light')
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Edit the incident' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.waitForLoadState('networkidle')
  await paintHere(page, 'dark')
  expect(await seriousViolations(page, undefined, ofColours)).toEqual([])
  await paintHere(page, 'light')
  await hearHere(page, 'vi')
  expect(await seriousViolations(page)).toEqual([])
})
