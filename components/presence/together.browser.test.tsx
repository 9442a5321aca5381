import { expect, onTestFinished, test, vi } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { answerBox, choose, fillAnswer, openReport } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'
import type { Presence } from '#server/presence/rules/presence.ts'
import { presenceTimes } from '#server/presence/rules/presence-times.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')
const { stored } = onServer<typeof import('#app/testing/beside/reports.ts')>('app/testing/beside/reports.ts')

const colleagues = page.getByRole('status', { name: 'Đồng nghiệp đang xem phản ánh này' })

async function openTags(tags: string) {
  await choose('Sửa nhãn')
  const dialog = page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await dialog.getByLabelText(/^Nhãn/).fill(tags)
  return { dialog, save: () => dialog.getByRole('button', { name: /^Sửa nhãn/ }).click() }
}

/** What the colleague's page sends while it has the report open, every ten seconds and with each change. */
function colleagueAt(username: string, reportId: number) {
  const tabId = crypto.randomUUID()
  const send = (open: object | null) => callAs(username, 'presence.heartbeat', { tabId, open, about: [] })
  return {
    views: (more: object = {}) => send({ reportId, doing: 'viewing', isUnsaved: false, isIdle: false, ...more }),
    leaves: () => send(null),
  }
}

/** Whom the server knows to have the report open. */
async function presentAt(username: string, reportId: number) {
  const asked = { tabId: crypto.randomUUID(), open: null, about: [reportId] }
  const known = (await callAs(username, 'presence.heartbeat', asked)) as Presence[]
  return known.find((each) => each.reportId === reportId)?.people ?? []
}

test('two colleagues set different fields and both are kept; of the same field one value is beside the other; z restores a field unless a colleague has set it since; a prompt appears once before a citizen is answered again', {
  timeout: 120_000,
}, async () => {
  const office = await buildOffice()
  const { id, code, version } = await buildReportAt(office)
  const by = office.approver.username
  const now = async () => (await stored([id]))[0]
  await signInAs(office.officer.username)
  const report = await openReport(code)
  const said = page.getByText(`Đã sửa nhãn của ${code}`, { exact: false })

  // Different fields: both are kept, and no one is prompted.
  const tagging = await openTags('cổng trường')
  await callAs(by, 'reports.changeSeverity', { reportId: id, version, severity: 'urgent' })
  await tagging.save()
  await expect.element(tagging.dialog).not.toBeInTheDocument()
  await expect.element(said).toBeVisible()
  await expect.element(report.getByText('cổng trường').first()).toBeVisible()
  await expect.element(report.getByText('Khẩn').first()).toBeVisible()
  expect(await now()).toMatchObject({ tags: ['cổng trường'], severity: 'urgent' })

  await press('z')
  await expect.element(page.getByText(`Đã hoàn tác trên ${code}`, { exact: false })).toBeVisible()
  await expect.element(report.getByText('cổng trường')).not.toBeInTheDocument()
  expect(await now()).toMatchObject({ tags: [], severity: 'urgent' })
  await (await openTags('cổng trường')).save()
  await expect.element(said).toBeVisible()
  const theirs = { reportId: id, version: (await now())?.version, tags: ['cây nghiêng'] }
  await callAs(by, 'reports.changeTags', theirs)
  await press('z')
  await expect.element(page.getByText(/Không hoàn tác được: Nguyễn Thị Hoa vừa thay đổi nhãn/)).toBeVisible()
  expect((await now())?.tags).toEqual(['cây nghiêng'])

  // The same field: both have loaded the same version before either saves.
  await expect.element(report.getByText('cây nghiêng').first()).toBeVisible()
  const mine = await openTags('cổng chùa')
  await callAs(by, 'reports.changeTags', { reportId: id, version: (await now())?.version, tags: ['cây đổ'] })
  await mine.save()
  const other = mine.dialog.getByRole('region', { name: /^Đang lưu: Nguyễn Thị Hoa vừa đổi/ })
  await expect.element(other).toContainText('cây đổ')
  await expect.element(mine.dialog.getByText('cổng chùa')).toBeVisible()
  await mine.dialog.getByRole('button', { name: /^Dùng giá trị của bạn/ }).click()
  await expect.element(mine.dialog).not.toBeInTheDocument()
  await expect.element(report.getByText('cổng chùa').first()).toBeVisible()

  // A colleague answered while an answer was written.
  await press('r')
  await fillAnswer({ what: 'Đã cắt cành khô phía đường.', where: 'Trước cổng trường', when: 'Chiều qua' })
  const answer = {
    what: 'Đã chằng chống cây nghiêng.',
    where: 'Trước cổng trường',
    when: 'Chiều qua',
    outcome: 'fixed',
  }
  await callAs(by, 'reports.submitAnswer', { reportId: id, version: (await now())?.version, ...answer })
  // Whether the page has learned of it by now or learns it when sending.
  const notice = answerBox.getByRole('alert')
  await press('Control+Enter')
  await expect.element(notice).toContainText('Nguyễn Thị Hoa đã trình trả lời')
  await expect.element(notice).toContainText('Nội dung bạn soạn vẫn còn trong bản nháp')
  await notice.getByRole('button', { name: 'Đọc trả lời' }).click()
  await expect.element(notice).toContainText('Đã chằng chống cây nghiêng.')
  await expect.element(answerBox.getByLabelText(/^Kết quả xử lý/)).toHaveValue('Đã cắt cành khô phía đường.')
})

test('a colleague who views or writes is shown, on the report and in the queue, and gone when they leave', async () => {
  const office = await buildOffice()
  const { id, code } = await buildReportAt(office, { title: 'Cây nghiêng cổng chùa' })
  const hoa = colleagueAt(office.approver.username, id)
  await signInAs(office.officer.username)
  await openReport(code)
  await hoa.views()
  await expect.element(colleagues.getByRole('img', { name: 'Hoa đang xem' })).toBeVisible()
  await hoa.views({ doing: 'writing' })
  await expect.element(colleagues.getByText('Hoa đang soạn trả lời', { exact: false })).toBeVisible()
  await hoa.views({ doing: 'writing', isUnsaved: true })
  const unsaved = 'Hoa đang soạn trả lời, có nội dung chưa gửi'
  await expect.element(colleagues.getByRole('img', { name: unsaved })).toBeVisible()

  await visit('/reports?view=my_agency')
  const row = page.getByRole('row', { name: /Cây nghiêng cổng chùa/ })
  await expect.element(row.getByText(unsaved, { exact: false })).toBeInTheDocument()
  await hoa.leaves()
  await expect.element(row.getByText(/^Hoa đang/)).not.toBeInTheDocument()

  // The colleague's own page sends all of this.
  await signInAs(office.approver.username)
  await openReport(code)
  const seen = () => presentAt(office.officer.username, id)
  await expect.poll(seen).toMatchObject([{ name: 'Nguyễn Thị Hoa', doing: 'viewing', isUnsaved: false }])
  await press('r')
  await expect.poll(seen).toMatchObject([{ doing: 'writing', isUnsaved: false }])
  await answerBox.getByLabelText(/^Kết quả xử lý/).fill('Đã cắt cành khô')
  await expect.poll(seen).toMatchObject([{ doing: 'writing', isUnsaved: true }])
  // As the browser tells a page that is left.
  window.dispatchEvent(new PageTransitionEvent('pagehide'))
  await expect.poll(seen).toEqual([])
})

test('a colleague without input for five minutes is shown as away, and as present again with the next key', async () => {
  const office = await buildOffice()
  const { id, code } = await buildReportAt(office)
  const hoa = colleagueAt(office.approver.username, id)
  await signInAs(office.officer.username)
  await openReport(code)
  await hoa.views()
  await expect.element(colleagues.getByRole('img', { name: 'Hoa đang xem' })).toBeVisible()
  await hoa.views({ isIdle: true })
  await expect.element(colleagues.getByRole('img', { name: 'Hoa để mở, không thao tác' })).toBeVisible()
  await hoa.views()
  await expect.element(colleagues.getByRole('img', { name: 'Hoa đang xem' })).toBeVisible()
  await hoa.leaves()

  // When the colleague's own page sends the one and the other.
  await signInAs(office.approver.username)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], shouldAdvanceTime: true })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  await openReport(code)
  await press('n')
  const seen = () => presentAt(office.officer.username, id)
  vi.advanceTimersByTime(presenceTimes.heartbeatMs)
  await expect.poll(seen).toMatchObject([{ isIdle: false }])
  vi.setSystemTime(Date.now() + presenceTimes.idleMs)
  vi.advanceTimersByTime(presenceTimes.heartbeatMs)
  await expect.poll(seen).toMatchObject([{ isIdle: true }])
  await press('n')
  vi.advanceTimersByTime(presenceTimes.heartbeatMs)
  await expect.poll(seen).toMatchObject([{ isIdle: false }])
})
