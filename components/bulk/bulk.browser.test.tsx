import { afterEach, expect, test, vi } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'
import type { BuiltReport } from '#db/factories/reports.ts'

const { buildOfCity, buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildReport } = onServer<typeof import('#db/factories/reports.ts')>('db/factories/reports.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')
const { stored } = onServer<typeof import('#app/testing/beside/reports.ts')>('app/testing/beside/reports.ts')

const monitor = { width: 1366, height: 768 }

const bar = page.getByRole('region', { name: /Các phản ánh đã chọn/ })
const tagsOf = async (ids: number[]) => (await stored(ids)).map(({ tags }) => tags.join())

afterEach(() => vi.useRealTimers())

test('labels are changed in a row and on its page by the same key; a change of several is undone as a whole, is confirmed by keys, shows in the rows at once, and is undone by z in its sheet and on another page', async () => {
  const office = await buildOffice()
  const ids: number[] = []
  for (const title of ['Ổ gà', 'Rác thải', 'Cây đổ']) ids.push((await buildReportAt(office, { title })).id)
  await signInAs(office.approver.username, monitor)
  await visit('/reports?view=open')
  const add = async (label: string) => {
    await press('l')
    const field = page.getByRole('dialog').getByRole('combobox')
    await expect.element(field).toHaveFocus()
    await type(label)
    await press('Enter')
    await press('Control+Enter')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  }
  await page.css('tr').filter({ hasText: 'Ổ gà' }).click()
  await add('ngập')
  await expect.poll(() => tagsOf(ids)).toEqual(['ngập', '', ''])
  await press('Enter')
  await expect.poll(hereNow).toMatch(/^\/reports\/HN-/)
  await expect.element(page.getByRole('heading', { level: 1, name: 'Ổ gà' })).toBeVisible()
  await add('trường học')
  await expect.poll(() => tagsOf(ids)).toEqual(['ngập,trường học', '', ''])
  await press('Escape')
  await expect.element(page.getByRole('grid')).toHaveFocus()

  await press('Control+a')
  await expect.element(bar.getByRole('status')).toHaveTextContent('Đã chọn 3 phản ánh')
  await press('l')
  const tagging = page.getByRole('dialog', { name: /Gắn nhãn: 3 phản ánh/ })
  await tagging.getByLabelText(/Thêm nhãn/).fill('khẩn trương')
  await press('Enter')
  await tagging.getByRole('button', { name: /Thực hiện với 3 phản ánh/ }).click()
  await expect.element(tagging.getByText(/3 đã thay đổi/)).toBeVisible()
  expect(await tagsOf(ids)).toEqual(['ngập,trường học,khẩn trương', 'khẩn trương', 'khẩn trương'])
  await tagging.getByRole('button', { name: /^Hoàn tác/ }).click()
  await expect.element(tagging.getByText(/3 đã hoàn tác/)).toBeVisible()
  expect(await tagsOf(ids)).toEqual(['ngập,trường học', '', ''])
  await press('Escape')
  await expect.element(tagging).not.toBeInTheDocument()

  const urgent = page.css('tr').filter({ hasText: 'Ổ gà' }).getByText(/Khẩn/)
  const severities = async () => (await stored(ids)).map(({ severity }) => severity)
  const makeUrgent = async () => {
    await press('Control+a')
    await expect.element(bar.getByRole('status')).toHaveTextContent('Đã chọn 3 phản ánh')
    await press('p')
    const sheet = page.getByRole('dialog', { name: /Đổi mức độ: 3 phản ánh/ })
    await expect.element(sheet.getByRole('radio').first()).toHaveFocus()
    await press('1')
    // At once, before the forecast has come: as that leaves nothing out, it is done.
    await press('Control+Enter')
    await expect.element(sheet.getByText(/3 đã thay đổi/)).toBeVisible()
    return sheet
  }
  const sheet = await makeUrgent()
  await expect.element(urgent).toBeInTheDocument()
  expect(await severities()).toEqual(['urgent', 'urgent', 'urgent'])
  expect(await seriousViolations('[role=dialog]')).toEqual([])
  await press('z')
  await expect.element(sheet.getByText(/3 đã hoàn tác/)).toBeVisible()
  await expect.element(urgent).not.toBeInTheDocument()
  expect(await severities()).toEqual(['normal', 'normal', 'normal'])
  await press('Enter')
  await expect.element(sheet).not.toBeInTheDocument()

  await makeUrgent()
  await press('Escape')
  await expect.element(sheet).not.toBeInTheDocument()
  const told = page.getByText('Đổi mức độ: Khẩn: 3 đã thay đổi', { exact: true })
  await expect.element(told).toBeVisible()
  await press('g')
  await press('p')
  await expect.poll(hereNow).toMatch(/^\/map/)
  await expect.element(told).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Hoàn tác/ })).toBeVisible()
  await press('z')
  await expect.element(page.getByText(/Đổi mức độ: Khẩn: 3 đã hoàn tác/)).toBeVisible()
  expect(await severities()).toEqual(['normal', 'normal', 'normal'])
})

test('closed as soon as it was confirmed, a change keeps its undo in sight for the whole time', async () => {
  const office = await buildOffice()
  const { id } = await buildReportAt(office, { title: 'Nắp cống vỡ' })
  await signInAs(office.approver.username, monitor)
  vi.useFakeTimers({ toFake: ['Date'] })
  await visit('/reports?view=open')
  await press('Control+a')
  await press('p')
  const sheet = page.getByRole('dialog', { name: /Đổi mức độ: 1 phản ánh/ })
  await expect.element(sheet.getByRole('radio').first()).toHaveFocus()
  await press('1')
  await press('Control+Enter')
  await expect
    .poll(async () => {
      await press('Escape')
      return sheet.query()
    })
    .toBe(null)
  const undo = page.getByRole('button', { name: /^Hoàn tác/ })
  await expect.element(page.getByText('Đổi mức độ: Khẩn: 1 đã thay đổi', { exact: true })).toBeVisible()
  await expect.element(undo).toBeVisible()
  vi.setSystemTime(Date.now() + 10_000)
  await expect.element(undo).toBeVisible()
  vi.setSystemTime(Date.now() + 5_000)
  await expect.element(undo).not.toBeInTheDocument()
  expect((await stored([id]))[0]?.severity).toBe('urgent')
})

test('an assignment of several to an agency is taken back by z', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory({})
  const built: BuiltReport[] = []
  for (const title of ['Đèn hỏng', 'Cống tắc']) {
    built.push(await buildReport({ state: 'awaiting_intake', title, categoryCode }))
  }
  const stateNow = async () => {
    const ids = built.map(({ id }) => id)
    return (await stored(ids)).map(({ state, agencyId }) => [state, agencyId])
  }
  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  await signInAs(lan.username, monitor)
  await visit(`/reports?view=open&category=${categoryCode}`)
  await expect.element(page.css('tr').filter({ hasText: /Đèn hỏng|Cống tắc/ })).toHaveLength(2)
  await press('Control+a')
  await expect.element(bar.getByRole('status')).toHaveTextContent('Đã chọn 2 phản ánh')
  await press('a')
  const sheet = page.getByRole('dialog', { name: /Phân công: 2 phản ánh/ })
  await sheet.getByRole('combobox', { name: /Đơn vị/ }).fill(office.agency.name)
  await expect.element(page.getByRole('option')).toHaveLength(1)
  await press('Tab')
  await expect.element(sheet.getByText('Hoàn tác được trong 15 giây', { exact: false })).toBeVisible()
  await press('Control+Enter')
  await expect.element(sheet.getByText(/2 đã thay đổi/)).toBeVisible()
  expect(await stateNow()).toEqual(built.map(() => ['awaiting_acceptance', office.agency.id]))
  await press('z')
  await expect.element(sheet.getByText(/2 đã hoàn tác/)).toBeVisible()
  expect(await stateNow()).toEqual(built.map(() => ['awaiting_intake', null]))
})
