import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'
import { see, settled } from '#app/testing/sight.ts'

const scene = onServer<typeof import('./incidents.scene.ts')>('components/incidents/incidents.scene.ts')
const accounts = onServer<typeof import('#db/factories/accounts.ts')>('db/factories/accounts.ts')

const address = () => `${window.location.pathname}${window.location.search}`
const unique = () => Date.now().toString(36)

test('the list is filtered by state, kind and words of incidents, and the address stores it; a dispatcher opens an incident, links nothing yet, and edits it', async () => {
  const word = `Hồ${unique()}`
  await scene.buildTwo(word)
  await signInAs('dieuphoi')
  await visit(`/incidents?kind=nothing&q=${word}`)
  const rows = page.getByRole('table').getByRole('link')
  const names = () => rows.elements().map(({ textContent }) => textContent)
  await expect.poll(names).toEqual([`Cháy ${word}`, `Ngập ${word}`])
  await page.getByRole('button', { name: /^Lọc/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Lọc sự kiện' })
  await sheet.getByText('Đã đóng').click()
  await sheet.getByRole('button', { name: 'Xem kết quả' }).click()
  await expect.poll(names).toEqual([`Ngập ${word}`])
  await expect.poll(address).toMatch(/\/incidents\?q=[^&]+&state=closed$/)
  await visit(address())
  await expect.poll(names).toEqual([`Ngập ${word}`])
  await page.getByRole('button', { name: /^Bỏ lọc Tình trạng/ }).click()
  await expect.element(rows).toHaveLength(2)
  await page.getByRole('searchbox').fill(`${word} khong co`)
  await press('Enter')
  await expect.element(page.getByRole('heading', { name: 'Không có sự kiện nào khớp bộ lọc' })).toBeVisible()
  await page.getByRole('button', { name: 'Bỏ lọc' }).click()
  await expect.poll(address).toBe('/incidents')
  await expect
    .element(
      page
        .getByRole('row')
        .getByRole('link', { name: /Mưa lớn/ })
        .first(),
    )
    .toBeVisible()

  const name = `Ngập phía tây ${unique()}`
  await page.getByRole('button', { name: 'Thêm sự kiện' }).click()
  const form = page.getByRole('dialog', { name: 'Thêm sự kiện' })
  await form.getByRole('button', { name: 'Thêm' }).click()
  await expect.element(form.getByText('Không được để trống.')).toBeVisible()
  await form.getByLabelText(/^Tên(?! tiếng Anh)/).fill(name)
  const nameEn = `Flooding in the west ${unique()}`
  await form.getByLabelText(/^Tên tiếng Anh/).fill(nameEn)
  await form.getByLabelText(/^Loại/).first().selectOptions('flood')
  await form.getByLabelText(/^Địa bàn/).fill('tay mo')
  await page.getByRole('option', { name: 'Phường Tây Mỗ' }).click()
  await form.getByLabelText(/^Đơn vị chủ trì/).fill('thoat nuoc')
  await page.getByRole('option', { name: /Thoát nước/ }).click()
  await form.getByRole('button', { name: 'Thêm' }).click()
  await page.getByRole('link', { name, exact: false }).click()
  await expect.element(page.getByRole('heading', { level: 1 })).toContainText(name)
  await expect.element(page.getByRole('heading', { name: 'Chưa có phản ánh nào thuộc sự kiện này' })).toBeVisible()
  await expect.element(page.getByText(/Phường Tây Mỗ/)).toBeVisible()
  await page.getByRole('button', { name: 'Sửa sự kiện' }).click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await settled()
  expect(await seriousViolations()).toEqual([])
  await page.getByLabelText(/Ghi chú/).fill('Trực bơm Yên Nghĩa')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await expect.element(page.getByText(/Trực bơm Yên Nghĩa/)).toBeVisible()
  await signInAs('dieuphoi', { language: 'en' })
  await see(address())
  await expect.element(page.getByRole('heading', { level: 1 })).toContainText(nameEn)
}, 120_000)

test('emergency mode lets urgent deadlines run through the night, and the counts link to the reports', async () => {
  const { storm, report } = await scene.buildUrgent()
  await signInAs('dieuphoi', { colorScheme: 'dark' })
  await see(`/incidents/${storm.id}`)
  expect(await seriousViolations('#main')).toEqual([])
  await page.getByRole('button', { name: 'Bật chế độ ứng phó' }).click()
  const question = page.getByRole('dialog', { name: /^Bật chế độ ứng phó cho/ })
  await expect.element(question).toContainText('1 phản ánh khẩn đang mở')
  expect(await seriousViolations()).toEqual([])
  await question.getByRole('button', { name: 'Bật chế độ ứng phó' }).click()
  await expect.element(page.getByText(/Đang ở chế độ ứng phó/)).toBeVisible()
  const before = report.dueAt?.getTime() ?? 0
  await expect.poll(async () => (await scene.dueAtOf(report.id))?.getTime()).toBeLessThan(before)

  await page.getByRole('button', { name: 'Tắt chế độ ứng phó' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Tắt chế độ ứng phó' }).click()
  await expect.element(page.getByText(/Đang diễn ra/)).toBeVisible()
  await page.getByRole('link', { name: /^Khẩn đang mở/ }).click()
  await expect
    .poll(() => decodeURIComponent(window.location.search))
    .toMatch(new RegExp(`view=all&state=[a-z_,]+&severity=urgent&incident=${storm.id}`))
})

test('an officer reads incidents but edits none', async () => {
  const { username } = await accounts.buildAccount()
  await signInAs(username)
  await see('/incidents')
  await expect.element(page.getByRole('heading', { level: 1 })).toContainText('Sự kiện')
  await expect.element(page.getByRole('button', { name: 'Thêm sự kiện' })).not.toBeInTheDocument()
})
