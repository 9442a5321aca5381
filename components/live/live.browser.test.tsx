import { expect, onTestFinished, test, vi } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, textsOf } from '#app/testing/hands.ts'
import { keepDeaf } from '#app/testing/line.ts'
import { reportOn } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'
import type { BuiltReport } from '#db/factories/reports.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')

const told = page.getByText('Cập nhật trực tiếp', { exact: false })
const rows = () => textsOf(page.css('tbody tr')).map((text) => text.match(/Cây đổ chắn ngõ \d/)?.[0])

async function officeWithThree() {
  const office = await buildOffice()
  const built: BuiltReport[] = []
  for (let n = 1; n <= 3; n++) {
    const dueAt = new Date(Date.now() + n * 3_600_000)
    built.push(await buildReportAt(office, { title: `Cây đổ chắn ngõ ${n}`, dueAt, soonAt: null }))
  }
  return { office, built }
}

test('a colleague’s changes show without a reload: the row stays and says why it left, new reports wait to be loaded, and an open report says what was done and keeps what is being typed', {
  timeout: 90_000,
}, async () => {
  const { office, built } = await officeWithThree()
  await signInAs(office.officer.username)
  await visit('/reports?view=unassigned')
  await expect.element(told).toBeVisible()
  const before = ['Cây đổ chắn ngõ 1', 'Cây đổ chắn ngõ 2', 'Cây đổ chắn ngõ 3']
  expect(rows()).toEqual(before)
  // With a preview beside it the first row has the focus already.
  await press('j', 'j')

  const accountId = office.approver.id
  const taken = { reportId: built[1]?.id, version: built[1]?.version, accountId }
  await callAs(office.approver.username, 'reports.assignPerson', taken)
  await expect.element(page.getByRole('row', { name: /Nguyễn Thị Hoa vừa sửa/ })).toContainText('Cây đổ chắn ngõ 2')
  for (const n of [4, 5]) await buildReportAt(office, { title: `Cây đổ chắn ngõ ${n}`, receivedAt: new Date() })
  await expect.element(page.getByRole('button', { name: /2 phản ánh mới · 1 thay đổi/ })).toBeVisible()
  expect(rows()).toEqual(before)
  await expect.element(page.css('tr[data-focused]')).toContainText('Cây đổ chắn ngõ 3')

  await press('u')
  await expect.poll(() => rows().toSorted()).toEqual([1, 3, 4, 5].map((n) => `Cây đổ chắn ngõ ${n}`))
  await expect.element(page.getByRole('link', { name: /Chưa giao cán bộ/ })).toContainText('4')

  await page
    .getByRole('row', { name: /Cây đổ chắn ngõ 3/ })
    .getByRole('link')
    .first()
    .click()
  await reportOn(built[2]?.code ?? '')
  await press('e')
  const note = page.getByRole('textbox', { name: 'Nội dung ghi chú' })
  await note.fill('Đã gọi cho tổ trưởng dân phố')
  const { id: reportId, version } = built[2] as BuiltReport
  await callAs(office.approver.username, 'reports.assignPerson', { reportId, version, accountId })
  await expect.element(page.getByText(/^Nguyễn Thị Hoa vừa thao tác: /)).toBeVisible()
  await expect.element(note).toHaveValue('Đã gọi cho tổ trưởng dân phố')
})

test('without a stream the list polls', async () => {
  const { office } = await officeWithThree()
  await signInAs(office.officer.username)
  keepDeaf()
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    shouldAdvanceTime: true,
  })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  await visit('/reports?view=my_agency')
  vi.advanceTimersByTime(5000)
  await expect.element(page.getByText(/^Cập nhật lúc /)).toBeVisible()
  await buildReportAt(office, { title: 'Cây đổ chắn ngõ 4', receivedAt: new Date() })
  vi.advanceTimersByTime(31_000)
  await expect.element(page.getByRole('button', { name: /1 phản ánh mới/ })).toBeVisible()
  await expect.element(told).not.toBeInTheDocument()
})
