import { expect, onTestFinished, test, vi } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { type Locator, page, press, textsOf } from '#app/testing/hands.ts'
import { answerBox, choose, fillAnswer, openReport, timeline } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'
import { hoursAgo } from '#app/testing/times.ts'
import { type Queue, queueOf } from '#server/reports/rules/queue.ts'

const { buildOfCity, buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')
const { buildRequest } = onServer<typeof import('#db/factories/requests.ts')>('db/factories/requests.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')
const { buildReportNote } = onServer<typeof import('#db/factories/report-parts.ts')>('db/factories/report-parts.ts')
const { buildVersions, letUndoPass } = onServer<typeof import('./report.scene.ts')>(
  'components/reports/report/report.scene.ts',
)

const screen = { width: 1366, height: 768 }

/** The codes at the beginning of a list, as this account gets them. */
async function codesIn(username: string, queue: Queue): Promise<string[]> {
  const { rows } = (await callAs(username, 'reports.queue', { queue })) as { rows: { code: string }[] }
  return rows.map(({ code }) => code)
}

test('a report returned for the third time goes back to the dispatcher, with its reason, and into the referee view', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { state: 'awaiting_acceptance', returnCount: 2 })
  await signInAs(office.officer.username)
  await openReport(code)
  await choose('Trả lại điều phối')
  const dialog = page.getByRole('dialog', { name: /^Trả lại/ })
  await dialog.getByRole('button', { name: /^Trả lại/ }).click()
  await expect.element(dialog.getByText('Cần điền mục này', { exact: false })).toBeVisible()
  await expect.element(dialog.getByLabelText(/^Lý do/)).toHaveFocus()
  await dialog.getByLabelText(/^Lý do/).fill('Cây trong khuôn viên nhà máy, do chủ đất quản lý')
  await dialog.getByRole('button', { name: /^Trả lại/ }).click()
  await expect.element(page.getByText(`Đã trả lại ${code} cho bộ phận điều phối`, { exact: false })).toBeVisible()

  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  await signInAs(lan.username)
  expect(await codesIn(lan.username, { ...queueOf('referee'), sort: 'received' })).toContain(code)
  const report = await openReport(code)
  await expect.element(report.getByText('Chờ tiếp nhận', { exact: false }).first()).toBeVisible()
  await expect.element(timeline.getByText('Cây trong khuôn viên nhà máy', { exact: false })).toBeVisible()
  await expect.element(page.getByText(/3 lần trả lại/)).toBeVisible()
  await expect.element(page.getByRole('article').getByRole('button', { name: /^Tiếp nhận và phân công/ })).toBeVisible()
})

test('an officer takes back an acceptance and a submission, whose text is in its box again; asking the citizen stops the clock and the reply starts it; revealing who sent it requires a reason, of which the auditor reads', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory()
  const reporter = { name: 'Đặng Văn Hải', phone: '0912345678' }
  const { code } = await buildReportAt(office, { state: 'awaiting_acceptance', categoryCode, reporter })
  await signInAs(office.officer.username, screen)
  const report = await openReport(code)
  const isStated = (state: string) => expect.element(report.getByText(state, { exact: false }).first()).toBeVisible()
  await report.getByRole('button', { name: 'Nhận xử lý' }).first().click()
  await isStated('Đang xử lý')
  await press('z')
  await expect.element(page.getByText(`Đã hoàn tác trên ${code}`, { exact: false })).toBeVisible()
  await isStated('Chờ xử lý')
  await expect.element(timeline.getByText('Hoàn tác việc nhận xử lý', { exact: false })).toBeVisible()
  await report.getByRole('button', { name: 'Nhận xử lý' }).first().click()
  await isStated('Đang xử lý')

  await expect.element(report.getByText('Đặng Văn Hải', { exact: false })).not.toBeInTheDocument()
  await expect.element(report.getByText('0912345678', { exact: false })).not.toBeInTheDocument()
  await report.getByRole('button', { name: 'Xem danh tính (nêu lý do)' }).click()
  const revealing = page.getByRole('dialog', { name: 'Xem danh tính người phản ánh' })
  await revealing.getByRole('button', { name: 'Xem danh tính' }).click()
  await expect.element(revealing.getByText('Ghi rõ lý do, ít nhất 10 ký tự.', { exact: false })).toBeVisible()
  await revealing.getByRole('button', { name: 'Gọi điện xác minh hiện trường' }).click()
  await revealing.getByRole('button', { name: 'Xem danh tính' }).click()
  await expect.element(report.getByText('Đặng Văn Hải', { exact: false })).toBeVisible()
  await expect.element(report.getByRole('link', { name: '0912345678' })).toBeVisible()
  await report.getByRole('button', { name: 'Ẩn lại' }).click()
  await expect.element(report.getByText('Đặng Văn Hải', { exact: false })).not.toBeInTheDocument()

  await choose('Đề nghị bổ sung')
  const asking = page.getByRole('dialog', { name: /^Đề nghị bổ sung/ })
  await asking.getByLabelText(/^Nội dung đề nghị bổ sung/).fill('Cây ở trước số nhà bao nhiêu ạ?')
  await press('Control+Enter')
  await isStated('Chờ bổ sung')
  await expect.element(report.getByRole('button', { name: /tạm dừng/ })).toBeVisible()
  await page.getByRole('button', { name: 'Bản công dân nhận' }).click()
  await expect.element(page.getByText('Đang chờ bạn bổ sung thông tin.', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Diễn biến' }).click()

  await choose('Ghi nhận công dân bổ sung')
  const reply = page.getByRole('dialog', { name: /^Ghi nhận công dân bổ sung/ })
  await reply.getByLabelText(/^Nội dung công dân bổ sung/).fill('Trước số 20, cạnh cột đèn.')
  await reply.getByRole('button', { name: /^Ghi nhận công dân bổ sung/ }).click()
  await isStated('Đang xử lý')
  await expect.element(report.getByRole('button', { name: /tạm dừng/ })).not.toBeInTheDocument()
  await expect.element(timeline.getByText('Trước số 20, cạnh cột đèn.', { exact: false })).toBeVisible()
  expect(await codesIn(office.officer.username, queueOf('citizen_replied'))).toContain(code)

  const answer = 'Đã cắt cành gãy, dọn sạch lòng đường.'
  await press('r')
  await fillAnswer({ what: answer })
  await answerBox.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect.element(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`, { exact: false })).toBeVisible()
  await page.getByRole('button', { name: /^Hoàn tác/ }).click()
  await isStated('Đang xử lý')
  await expect.element(answerBox.getByLabelText(/^Kết quả xử lý/)).toHaveValue(answer)

  await signInAs('kiemtra')
  await visit(`/admin/events?subject=${code}`)
  const entry = page.getByRole('row', { name: /Xem danh tính người phản ánh/ })
  await expect.element(entry).toContainText('Trần Văn Hùng')
  await expect.element(entry).toContainText('Gọi điện xác minh hiện trường')
  await expect.element(page.getByText('Đặng Văn Hải', { exact: false })).not.toBeInTheDocument()
})

test('an officer requests more time, the approver grants it, and the deadline has moved', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username)
  const report = await openReport(code)
  await press('d')
  const clocks = report.getByRole('region', { name: 'Thời hạn' })
  const due = () => textsOf(clocks.getByText(/^\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}$/)).join(' ')
  await expect.element(clocks).toBeVisible()
  const before = due()
  await clocks.getByRole('button', { name: 'Đề nghị gia hạn' }).click()
  const asking = page.getByRole('dialog', { name: /^Đề nghị gia hạn/ })
  await asking.getByRole('radio', { name: '2 ngày làm việc' }).click()
  await asking.getByLabelText(/^Lý do/).fill('Phải thuê xe cẩu từ đơn vị khác')
  await asking.getByRole('button', { name: /^Đề nghị gia hạn/ }).click()
  await expect.element(page.getByText(`Đã đề nghị gia hạn ${code}`, { exact: false })).toBeVisible()
  await expect
    .element(report.getByRole('region', { name: 'Đề nghị chờ duyệt' }))
    .toContainText('Chờ người phê duyệt của đơn vị.')

  await signInAs(office.approver.username)
  const theirs = await openReport(code)
  const card = theirs.getByRole('region', { name: 'Đề nghị chờ duyệt' })
  await expect.element(card).toContainText('Phải thuê xe cẩu từ đơn vị khác')
  await card.getByRole('button', { name: 'Đồng ý' }).click()
  await expect.element(card).not.toBeInTheDocument()
  await expect.element(timeline.getByText(/^Đồng ý gia hạn/)).toBeVisible()
  await press('d')
  await expect.element(clocks.getByText(/duyệt .*: Phải thuê xe cẩu/)).toBeVisible()
  await expect.element(clocks.getByText('Hạn ban đầu', { exact: false })).toBeVisible()
  expect(due()).not.toBe(before)
})

test('intake staff record that a citizen is not satisfied, and reopen the report from there; who answered may not', async () => {
  const office = await buildOffice()
  const received = { channel: 'hotline' as const, receivedAt: hoursAgo(30) }
  const { id, code } = await buildReportAt(office, { state: 'answered', ...received })
  await signInAs(office.officer.username)
  await openReport(code)
  await page.getByRole('article').getByRole('button', { name: 'Thao tác khác' }).click()
  const barred = page.getByRole('menuitem', { name: /^Ghi nhận đánh giá/ })
  await expect.element(barred).toHaveAttribute('aria-disabled', 'true')
  await expect.element(barred).toContainText('Bạn là người soạn nội dung trả lời này')

  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  await signInAs(lan.username, screen)
  const report = await openReport(code)
  await press('Shift+C')
  const rating = page.getByRole('dialog', { name: /^Ghi nhận đánh giá/ })
  await rating.getByRole('radio', { name: 'Không hài lòng' }).click()
  await rating.getByLabelText(/^Ý kiến kèm theo/).fill('Gốc cây vẫn còn nằm trên vỉa hè')
  await press('Control+Enter')
  await expect.element(rating.getByText('Chọn một mục', { exact: false })).toBeVisible()
  await rating.getByRole('radio', { name: 'Tổng đài 1022' }).click()
  expect(await seriousViolations('[role=dialog]')).toEqual([])
  await press('Control+Enter')
  await expect.element(report.getByText('Đã đóng', { exact: false }).first()).toBeVisible()
  const said = timeline.getByText('Công dân đánh giá: không hài lòng (qua Tổng đài 1022)', { exact: false })
  await expect.element(said).toBeVisible()

  await page.getByRole('button', { name: 'Mở lại phản ánh' }).click()
  const reopening = page.getByRole('dialog', { name: /^Mở lại/ })
  await expect
    .element(reopening.getByLabelText(/^Lý do công dân đề nghị mở lại/))
    .toHaveValue('Gốc cây vẫn còn nằm trên vỉa hè')
  await expect.element(reopening.getByLabelText(/^Lý do công dân đề nghị mở lại/)).toHaveFocus()
  await press('Control+Enter')
  await expect.element(report.getByText('Đang xử lý', { exact: false }).first()).toBeVisible()
  await expect.element(timeline.getByText('Mở lại theo yêu cầu của công dân', { exact: false })).toBeVisible()
  await press('d')
  await expect.element(report.getByRole('heading', { name: 'Xử lý, lần mở lại thứ 1' })).toBeVisible()
  // The agency has it once the time has passed in which reopening can be taken back.
  await letUndoPass(id)
  expect(await codesIn(office.officer.username, queueOf('reopened'))).toContain(code)
})

test('after a rating the undo ends at its time, and the offer to reopen at a later one', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { state: 'answered', receivedAt: hoursAgo(30) })
  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  await signInAs(lan.username)
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    shouldAdvanceTime: true,
  })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const report = await openReport(code)
  await press('Shift+C')
  const rating = page.getByRole('dialog', { name: /^Ghi nhận đánh giá/ })
  await rating.getByRole('radio', { name: 'Không hài lòng' }).click()
  await rating.getByRole('radio', { name: 'Tổng đài 1022' }).click()
  await press('Control+Enter')
  await expect.element(report.getByText('Đã đóng', { exact: false }).first()).toBeVisible()
  const undo = page.getByRole('button', { name: /^Hoàn tác/ })
  const reopen = page.getByRole('button', { name: 'Mở lại phản ánh' })
  await expect.element(undo).toBeVisible()
  await expect.element(reopen).toBeVisible()
  vi.advanceTimersByTime(15_000)
  await expect.element(undo).not.toBeInTheDocument()
  await expect.element(reopen).toBeVisible()
  vi.advanceTimersByTime(15_000)
  await expect.element(reopen).not.toBeInTheDocument()
})

test('a rejection needs its reason and its answer; undone in time, the text is there again', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { state: 'awaiting_intake', receivedAt: hoursAgo(1) })
  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  await signInAs(lan.username)
  const report = await openReport(code)
  await choose('Từ chối')
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await dialog.getByRole('radio', { name: 'Tin rác' }).click()
  await expect.element(dialog.getByLabelText(/^Trả lời công dân/)).not.toBeInTheDocument()
  const complaint = dialog.getByRole('radio', { name: 'Khiếu nại, tố cáo (giải quyết theo luật riêng)' })
  await complaint.click()
  // Its standard text is there; without any text it is not sent.
  await expect.element(dialog.getByLabelText(/^Trả lời công dân/)).toHaveValue(expect.stringMatching(/Luật Khiếu nại/))
  await dialog.getByLabelText(/^Trả lời công dân/).fill('')
  await dialog.getByRole('button', { name: /^Từ chối/ }).click()
  await expect.element(dialog.getByText('Cần điền mục này', { exact: false })).toBeVisible()
  const words = 'Nội dung này là khiếu nại, xin gửi Ban Tiếp công dân thành phố.'
  await dialog.getByLabelText(/^Trả lời công dân/).fill(words)
  await dialog.getByRole('button', { name: /^Từ chối/ }).click()
  await expect.element(page.getByText(`Đã từ chối ${code}`, { exact: false })).toBeVisible()

  await press('z')
  await expect.element(page.getByText(`Đã hoàn tác trên ${code}`, { exact: false })).toBeVisible()
  await expect.element(report.getByText('Chờ tiếp nhận', { exact: false }).first()).toBeVisible()
  await expect.element(timeline.getByText('Thu hồi trả lời trước khi gửi', { exact: false })).toBeVisible()
  await choose('Từ chối')
  await expect.element(dialog.getByLabelText(/^Trả lời công dân/)).toHaveValue(words)
  await expect.element(complaint).toBeChecked()
})

test('each version of an answer shows its own photos; a long note is folded, and unfolds by a key and where the focus goes to a word in its hidden part', async () => {
  const office = await buildOffice()
  const report = await buildReportAt(office, { state: 'awaiting_approval', answerStatus: 'withdrawn' })
  const other = await buildReportAt(office)
  const [sentBack, waiting] = ['Đã cử tổ xuống kiểm tra', 'Đã dọn xong cành gãy']
  const [first, second] = await buildVersions(report, office.officer.id, sentBack, waiting)
  const lines = Array.from({ length: 14 }, (_, i) => `Dòng ${i + 1} của biên bản làm việc tại hiện trường.`)
  const body = [...lines, `Xem ${other.code}.`].join('\n')
  await buildReportNote({ report, authorId: office.officer.id, body })
  await buildReportNote({ report, authorId: office.officer.id, body: 'Ngắn gọn.' })

  await signInAs(office.approver.username, screen)
  await openReport(report.code)
  const photosIn = (place: Locator) =>
    place
      .getByRole('button', { name: /^Xem ảnh/ })
      .css('img')
      .elements()
      .map((image) => new URL((image as HTMLImageElement).src).pathname.split('/')[3])
  const review = page.getByRole('region', { name: 'Dự thảo chờ phê duyệt' })
  await expect.element(review.getByText(waiting)).toBeVisible()
  expect(photosIn(review)).toEqual([second])
  const entry = timeline.getByRole('listitem').filter({ hasText: sentBack })
  expect(photosIn(entry.last())).toEqual([first])

  const notes = timeline.getByRole('listitem')
  const long = notes.filter({ hasText: 'Dòng 14' })
  const text = long.getByText('Dòng 14', { exact: false })
  const heightOf = () => text.element().getBoundingClientRect().height
  const more = long.getByRole('button', { name: 'Xem thêm' })
  await expect.element(more).toHaveAttribute('aria-expanded', 'false')
  await expect.element(notes.filter({ hasText: 'Ngắn gọn.' }).getByRole('button')).not.toBeInTheDocument()
  const folded = heightOf()
  more.element().focus()
  await press('Enter')
  const less = long.getByRole('button', { name: 'Thu gọn' })
  await expect.element(less).toHaveFocus()
  expect(heightOf()).toBeGreaterThan(folded * 2)
  await press('Enter')
  await expect.element(more).toBeVisible()
  long
    .getByRole('link', { name: new RegExp(other.code) })
    .element()
    .focus()
  await expect.element(less).toBeVisible()
  expect(heightOf()).toBeGreaterThan(folded * 2)
})

test('no one grants their own request', async () => {
  const office = await buildOffice()
  const report = await buildReportAt(office)
  await buildRequest(report, 'extension', { askedById: office.approver.id, askedAt: hoursAgo(1) })
  await signInAs(office.approver.username)
  const article = await openReport(report.code)
  const grant = article.getByRole('region', { name: 'Đề nghị chờ duyệt' }).getByRole('button', { name: 'Đồng ý' })
  await expect.element(grant).toHaveAttribute('aria-disabled', 'true')
  await grant.hover()
  await expect
    .element(page.getByText('Đề nghị này do bạn lập nên phải do người khác quyết định.', { exact: false }))
    .toBeVisible()
})

test('an answer sent back continues from its text, with the approver’s remarks', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { state: 'awaiting_approval' })
  await signInAs(office.approver.username)
  await openReport(code)
  await choose('Trả lại để hoàn thiện')
  const dialog = page.getByRole('dialog', { name: /^Trả lại để hoàn thiện/ })
  await dialog.getByLabelText(/^Ý kiến/).fill('Nêu rõ bao giờ trồng lại cây.')
  await dialog.getByRole('button', { name: /^Trả lại để hoàn thiện/ }).click()
  await expect
    .element(page.getByText(`Đã trả lại dự thảo trả lời ${code} để hoàn thiện`, { exact: false }))
    .toBeVisible()

  await signInAs(office.officer.username)
  const article = await openReport(code)
  const remarks = article.getByText('Nêu rõ bao giờ trồng lại cây.', { exact: false })
  await expect.poll(() => remarks.elements().some((element) => element.checkVisibility())).toBe(true)
  await press('r')
  await expect.element(article.getByLabelText(/^Kết quả xử lý/)).toHaveValue('Đã cắt dọn cây đổ, thông đường.')
})
