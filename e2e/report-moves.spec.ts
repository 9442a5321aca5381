import { expect } from '@playwright/test'
import { buildRequest } from '#db/factories/requests.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { choose, openReport, reportOn, timelineOf } from './report-page.ts'
import { visit } from './visit.ts'

test('a report returned for the third time goes back to the dispatcher, with its reason, and into the referee view', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_acceptance', returnCount: 2 })
  const officer = await signedInAs(office.officer.username)
  await openReport(officer, code)
  await choose(officer, 'Trả lại điều phối')
  const dialog = officer.getByRole('dialog', { name: /^Trả lại/ })
  await dialog.getByRole('button', { name: /^Trả lại/ }).click()
  await expect(dialog.getByText('Cần điền mục này')).toBeVisible()
  await expect(dialog.getByLabel('Lý do')).toBeFocused()
  await dialog.getByLabel('Lý do').fill('Cây trong khuôn viên nhà máy, do chủ đất quản lý')
  await dialog.getByRole('button', { name: /^Trả lại/ }).click()
  await expect(officer.getByText(`Đã trả lại ${code} cho bộ phận điều phối`)).toBeVisible()

  const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
  const dispatcher = await signedInAs(lan.username)
  await visit(dispatcher, '/reports?view=referee&sort=received')
  const row = dispatcher.getByRole('row', { name: code })
  await expect(row).toContainText('Chờ tiếp nhận')
  await openReport(dispatcher, code)
  await expect(timelineOf(dispatcher).getByText('Cây trong khuôn viên nhà máy')).toBeVisible()
  await expect(dispatcher.getByText(/3 lần trả lại/)).toBeVisible()
  await expect(dispatcher.getByRole('article').getByRole('button', { name: /^Tiếp nhận và phân công/ })).toBeVisible()
})

test('asking the citizen stops the clock; the reply, entered by staff, starts it again', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const officer = await signedInAs(office.officer.username)
  const report = await openReport(officer, code)
  await choose(officer, 'Đề nghị bổ sung')
  const asking = officer.getByRole('dialog', { name: /^Đề nghị bổ sung/ })
  await asking.getByLabel('Nội dung đề nghị bổ sung').fill('Cây ở trước số nhà bao nhiêu ạ?')
  await officer.keyboard.press('Control+Enter')
  await expect(report.getByText('Chờ bổ sung').first()).toBeVisible()
  await expect(report.getByRole('button', { name: /tạm dừng/ })).toBeVisible()
  await officer.getByRole('button', { name: 'Bản công dân nhận', exact: true }).click()
  await expect(officer.getByText('Đang chờ bạn bổ sung thông tin.')).toBeVisible()
  await officer.getByRole('button', { name: 'Diễn biến' }).click()

  await choose(officer, 'Ghi nhận công dân bổ sung')
  const reply = officer.getByRole('dialog', { name: /^Ghi nhận công dân bổ sung/ })
  await reply.getByLabel('Nội dung công dân bổ sung').fill('Trước số 20, cạnh cột đèn.')
  await reply.getByRole('button', { name: /^Ghi nhận công dân bổ sung/ }).click()
  await expect(report.getByText('Đang xử lý').first()).toBeVisible()
  await expect(report.getByRole('button', { name: /tạm dừng/ })).toHaveCount(0)
  await expect(timelineOf(officer).getByText('Trước số 20, cạnh cột đèn.')).toBeVisible()
  await visit(officer, '/reports?view=citizen_replied')
  await expect(officer.getByText(code).first()).toBeVisible()
})

test('an officer requests more time, the approver grants it, and the deadline has moved', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  const report = await openReport(officer, code)
  await officer.keyboard.press('d')
  const clocks = report.getByRole('region', { name: 'Thời hạn' })
  const due = async () => (await clocks.getByText(/^\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}$/).allTextContents()).join(' ')
  const before = await due()
  await clocks.getByRole('button', { name: 'Đề nghị gia hạn' }).click()
  const asking = officer.getByRole('dialog', { name: /^Đề nghị gia hạn/ })
  await asking.getByRole('radio', { name: '2 ngày làm việc' }).check()
  await asking.getByLabel('Lý do').fill('Phải thuê xe cẩu từ đơn vị khác')
  await asking.getByRole('button', { name: /^Đề nghị gia hạn/ }).click()
  await expect(officer.getByText(`Đã đề nghị gia hạn ${code}`)).toBeVisible()
  await expect(report.getByRole('region', { name: 'Đề nghị chờ duyệt' })).toContainText(
    'Chờ người phê duyệt của đơn vị.',
  )

  const theirs = await openReport(approver, code)
  const card = theirs.getByRole('region', { name: 'Đề nghị chờ duyệt' })
  await expect(card).toContainText('Phải thuê xe cẩu từ đơn vị khác')
  await card.getByRole('button', { name: 'Đồng ý', exact: true }).click()
  await expect(card).toBeHidden()
  await expect(timelineOf(approver).getByText(/^Đồng ý gia hạn/)).toBeVisible()

  await openReport(officer, code)
  await officer.keyboard.press('d')
  await expect(clocks.getByText(/duyệt .*: Phải thuê xe cẩu/)).toBeVisible()
  await expect(clocks.getByText('Hạn ban đầu')).toBeVisible()
  expect(await due()).not.toBe(before)
})

test('no one grants their own request', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office)
  await buildRequest(db, report, 'extension', { askedById: office.approver.id, askedAt: hoursAgo(1) })
  const approver = await signedInAs(office.approver.username)
  const page = await openReport(approver, report.code)
  const grant = page
    .getByRole('region', { name: 'Đề nghị chờ duyệt' })
    .getByRole('button', { name: 'Đồng ý', exact: true })
  await expect(grant).toHaveAttribute('aria-disabled', 'true')
  await grant.hover()
  await expect(approver.getByText('Đề nghị này do bạn lập nên phải do người khác quyết định.')).toBeVisible()
})

test.describe('on an office monitor', () => {
  test.use({ viewport: { width: 1366, height: 768 } })

  test('intake staff record that a citizen is not satisfied, and reopen the report from there; who answered may not', async ({
    signedInAs,
    seriousViolations,
    db,
  }) => {
    const office = await buildOffice(db)
    const received = { channel: 'hotline' as const, receivedAt: hoursAgo(30) }
    const { code } = await buildReportAt(db, office, { state: 'answered', ...received })
    const officer = await signedInAs(office.officer.username)
    await openReport(officer, code)
    await officer.getByRole('article').getByRole('button', { name: 'Thao tác khác' }).click()
    const barred = officer.getByRole('menuitem', { name: /^Ghi nhận đánh giá/ })
    await expect(barred).toHaveAttribute('aria-disabled', 'true')
    await expect(barred).toContainText('Bạn là người soạn nội dung trả lời này')

    const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
    const dispatcher = await signedInAs(lan.username)
    const report = await openReport(dispatcher, code)
    await dispatcher.keyboard.press('Shift+C')
    const rating = dispatcher.getByRole('dialog', { name: /^Ghi nhận đánh giá/ })
    await rating.getByRole('radio', { name: 'Không hài lòng' }).check()
    await rating.getByLabel('Ý kiến kèm theo').fill('Gốc cây vẫn còn nằm trên vỉa hè')
    await dispatcher.keyboard.press('Control+Enter')
    await expect(rating.getByText('Chọn một mục')).toBeVisible()
    await rating.getByRole('radio', { name: 'Tổng đài 1022' }).check()
    expect(await seriousViolations(dispatcher, '[role=dialog]')).toEqual([])
    await dispatcher.keyboard.press('Control+Enter')
    await expect(report.getByText('Đã đóng').first()).toBeVisible()
    const said = timelineOf(dispatcher).getByText('Công dân đánh giá: không hài lòng (qua Tổng đài 1022)')
    await expect(said).toBeVisible()

    await dispatcher.getByRole('button', { name: 'Mở lại phản ánh' }).click()
    const reopening = dispatcher.getByRole('dialog', { name: /^Mở lại/ })
    await expect(reopening.getByLabel('Lý do công dân đề nghị mở lại')).toHaveValue('Gốc cây vẫn còn nằm trên vỉa hè')
    await expect(reopening.getByLabel('Lý do công dân đề nghị mở lại')).toBeFocused()
    await dispatcher.keyboard.press('Control+Enter')
    await expect(report.getByText('Đang xử lý').first()).toBeVisible()
    await expect(timelineOf(dispatcher).getByText('Mở lại theo yêu cầu của công dân')).toBeVisible()
    await dispatcher.keyboard.press('d')
    await expect(report.getByRole('heading', { name: 'Xử lý, lần mở lại thứ 1' })).toBeVisible()
    // The agency has it once the time has passed in which reopening can be taken back.
    await expect(async () => {
      await visit(officer, '/reports?view=reopened')
      await expect(officer.getByText(code).first()).toBeVisible({ timeout: 2000 })
    }).toPass({ timeout: 40_000 })
  })
})

test('after a rating the undo ends at its time, and the offer to reopen at a later one', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'answered', receivedAt: hoursAgo(30) })
  const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
  const page = await signedInAs(lan.username)
  await page.clock.install()
  const report = await openReport(page, code)
  await page.keyboard.press('Shift+C')
  const rating = page.getByRole('dialog', { name: /^Ghi nhận đánh giá/ })
  await rating.getByRole('radio', { name: 'Không hài lòng' }).check()
  await rating.getByRole('radio', { name: 'Tổng đài 1022' }).check()
  await page.keyboard.press('Control+Enter')
  await expect(report.getByText('Đã đóng').first()).toBeVisible()
  const undo = page.getByRole('button', { name: /^Hoàn tác/ })
  const reopen = page.getByRole('button', { name: 'Mở lại phản ánh' })
  await expect(undo).toBeVisible()
  await expect(reopen).toBeVisible()
  await page.clock.fastForward('00:15')
  await expect(undo).toBeHidden()
  await expect(reopen).toBeVisible()
  await page.clock.fastForward('00:15')
  await expect(reopen).toBeHidden()
})

test('a rejection needs its reason and its answer; undone in time, the text is there again', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_intake', receivedAt: hoursAgo(1) })
  const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
  const dispatcher = await signedInAs(lan.username)
  const report = await openReport(dispatcher, code)
  await choose(dispatcher, 'Từ chối')
  const dialog = dispatcher.getByRole('dialog', { name: /^Từ chối/ })
  await dialog.getByRole('radio', { name: 'Tin rác' }).check()
  await expect(dialog.getByLabel('Trả lời công dân')).toHaveCount(0)
  const complaint = dialog.getByRole('radio', { name: 'Khiếu nại, tố cáo (giải quyết theo luật riêng)' })
  await complaint.check()
  // Its standard text is there; without any text it is not sent.
  await expect(dialog.getByLabel('Trả lời công dân')).toHaveValue(/Luật Khiếu nại/)
  await dialog.getByLabel('Trả lời công dân').fill('')
  await dialog.getByRole('button', { name: /^Từ chối/ }).click()
  await expect(dialog.getByText('Cần điền mục này')).toBeVisible()
  const words = 'Nội dung này là khiếu nại, xin gửi Ban Tiếp công dân thành phố.'
  await dialog.getByLabel('Trả lời công dân').fill(words)
  await dialog.getByRole('button', { name: /^Từ chối/ }).click()
  await expect(dispatcher.getByText(`Đã từ chối ${code}`)).toBeVisible()

  await dispatcher.keyboard.press('z')
  await expect(dispatcher.getByText(`Đã hoàn tác trên ${code}`)).toBeVisible()
  await expect(report.getByText('Chờ tiếp nhận').first()).toBeVisible()
  await expect(timelineOf(dispatcher).getByText('Thu hồi trả lời trước khi gửi')).toBeVisible()
  await choose(dispatcher, 'Từ chối')
  await expect(dialog.getByLabel('Trả lời công dân')).toHaveValue(words)
  await expect(complaint).toBeChecked()
})

test('revealing who sent a report requires a reason, and the auditor reads of it', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const reporter = { name: 'Đặng Văn Hải', phone: '0912345678' }
  const { code } = await buildReportAt(db, office, { reporter })
  const officer = await signedInAs(office.officer.username)
  const report = await openReport(officer, code)
  await expect(report.getByText('Đặng Văn Hải')).toHaveCount(0)
  await expect(report.getByText('0912345678')).toHaveCount(0)
  await report.getByRole('button', { name: 'Xem danh tính (nêu lý do)' }).click()
  const asking = officer.getByRole('dialog', { name: 'Xem danh tính người phản ánh' })
  await asking.getByRole('button', { name: 'Xem danh tính' }).click()
  await expect(asking.getByText('Ghi rõ lý do, ít nhất 10 ký tự.')).toBeVisible()
  await asking.getByRole('button', { name: 'Gọi điện xác minh hiện trường' }).click()
  await asking.getByRole('button', { name: 'Xem danh tính' }).click()
  await expect(report.getByText('Đặng Văn Hải')).toBeVisible()
  await expect(report.getByRole('link', { name: '0912345678' })).toBeVisible()
  await report.getByRole('button', { name: 'Ẩn lại' }).click()
  await expect(report.getByText('Đặng Văn Hải')).toHaveCount(0)

  const auditor = await signedInAs('kiemtra')
  await visit(auditor, `/admin/events?subject=${code}`)
  const entry = auditor.getByRole('row', { name: /Xem danh tính người phản ánh/ })
  await expect(entry).toContainText('Trần Văn Hùng')
  await expect(entry).toContainText('Gọi điện xác minh hiện trường')
  await expect(auditor.getByText('Đặng Văn Hải')).toHaveCount(0)
})

test('an answer sent back continues from its text, with the approver’s remarks', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_approval' })
  const approver = await signedInAs(office.approver.username)
  await openReport(approver, code)
  await choose(approver, 'Trả lại để hoàn thiện')
  const dialog = approver.getByRole('dialog', { name: /^Trả lại để hoàn thiện/ })
  await dialog.getByLabel('Ý kiến').fill('Nêu rõ bao giờ trồng lại cây.')
  await dialog.getByRole('button', { name: /^Trả lại để hoàn thiện/ }).click()
  await expect(approver.getByText(`Đã trả lại dự thảo trả lời ${code} để hoàn thiện`)).toBeVisible()

  const officer = await signedInAs(office.officer.username)
  await openReport(officer, code)
  const page = await reportOn(officer, code)
  await expect(page.getByText('Nêu rõ bao giờ trồng lại cây.').filter({ visible: true }).first()).toBeVisible()
  await officer.keyboard.press('r')
  await expect(page.getByLabel('Kết quả xử lý')).toHaveValue('Đã cắt dọn cây đổ, thông đường.')
})
