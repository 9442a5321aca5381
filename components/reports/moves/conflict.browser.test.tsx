import { expect, test } from 'vitest'
import { signInAs } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { keepDeaf } from '#app/testing/line.ts'
import { answerBox, choose, fillAnswer, openReport, timeline } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildAccount } = onServer<typeof import('#db/factories/accounts.ts')>('db/factories/accounts.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')
const { closeMeanwhile } = onServer<typeof import('./conflict.scene.ts')>('components/reports/moves/conflict.scene.ts')

test('two colleagues return one report: the second sees who was first and what they changed, and keeps their own text', async () => {
  const office = await buildOffice()
  const colleague = await buildAccount({ agency: office.agency, name: 'Phạm Minh Tuấn' })
  const { id, code, version } = await buildReportAt(office)
  await signInAs(office.officer.username)
  keepDeaf()
  await openReport(code)
  await choose('Đề nghị bổ sung')
  const asking = page.getByRole('dialog', { name: /^Đề nghị bổ sung/ })
  const question = asking.getByLabelText(/^Nội dung đề nghị bổ sung/)
  await question.fill('Cây nghiêng ở trước số nhà bao nhiêu ạ?')

  const tags = ['cây nghiêng', 'cổng trường']
  await callAs(colleague.username, 'reports.changeTags', { reportId: id, version, tags })

  await asking.getByRole('button', { name: /^Đề nghị bổ sung/ }).click()
  const notice = asking.getByRole('alert')
  await expect.element(notice).toContainText('Phản ánh vừa được thay đổi')
  await expect.element(notice).toContainText('Phạm Minh Tuấn')
  await expect.element(notice).toContainText('cây nghiêng, cổng trường')
  await expect.element(question).toHaveValue('Cây nghiêng ở trước số nhà bao nhiêu ạ?')
  await expect
    .element(timeline.getByText('Đề nghị công dân bổ sung, tạm dừng thời hạn', { exact: false }))
    .not.toBeInTheDocument()

  await asking.getByRole('button', { name: /^Áp dụng trên bản mới nhất/ }).click()
  await expect.element(asking).not.toBeInTheDocument()
  await expect.element(timeline.getByText('Cây nghiêng ở trước số nhà bao nhiêu ạ?', { exact: false })).toBeVisible()
})

test('an answer written meanwhile is not lost: it is sent on top of the colleague’s change', async () => {
  const office = await buildOffice()
  const { id, code, version } = await buildReportAt(office)
  await signInAs(office.officer.username)
  keepDeaf()
  await openReport(code)
  await press('r')
  const what = 'Đã chằng chống cây nghiêng, cắt cành khô phía đường.'
  await fillAnswer({ what, where: 'Trước cổng trường', when: 'Chiều qua' })

  await callAs(office.approver.username, 'reports.changeSeverity', { reportId: id, version, severity: 'urgent' })

  await answerBox.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect.element(answerBox.getByRole('alert')).toContainText('Nguyễn Thị Hoa')
  await expect.element(answerBox.getByRole('alert')).toContainText('Bình thường → Khẩn')
  await expect.element(answerBox.getByLabelText(/^Kết quả xử lý/)).toHaveValue(what)
  await answerBox.getByRole('button', { name: /^Vẫn gửi trả lời này/ }).click()
  await expect.element(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`, { exact: false })).toBeVisible()
  const card = page.getByRole('region', { name: 'Dự thảo chờ phê duyệt' })
  await expect.element(card.getByText('Đã chằng chống cây nghiêng', { exact: false })).toBeVisible()
})

test('what cannot be done any more says so, and the text stays', async () => {
  const office = await buildOffice()
  const { id, code, version } = await buildReportAt(office, { state: 'awaiting_acceptance' })
  await signInAs(office.officer.username)
  keepDeaf()
  await openReport(code)
  await choose('Trả lại điều phối')
  const returning = page.getByRole('dialog', { name: /^Trả lại/ })
  const reason = returning.getByLabelText(/^Lý do/)
  await reason.fill('Cây thuộc khuôn viên trường, do nhà trường quản lý')

  await callAs(office.approver.username, 'reports.return', { reportId: id, version, reason: 'Ngoài địa bàn' })

  await returning.getByRole('button', { name: /^Trả lại/ }).click()
  await expect.element(returning.getByRole('alert')).toMatchTextContent(/Nguyễn Thị Hoa .* trả lại/)
  await expect.element(reason).toHaveValue('Cây thuộc khuôn viên trường, do nhà trường quản lý')
  const again = returning.getByRole('button', { name: /^Áp dụng trên bản mới nhất/ })
  await expect.element(again).toHaveAttribute('aria-disabled', 'true')
})

test('a report that a colleague closed meanwhile keeps its labels, and the choice is still there', async () => {
  const office = await buildOffice()
  const { id, code } = await buildReportAt(office, { state: 'answered' })
  await signInAs(office.officer.username)
  keepDeaf()
  await openReport(code)
  await choose('Sửa nhãn')
  const tagging = page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await tagging.getByLabelText(/^Nhãn/).fill('cây nghiêng')
  await closeMeanwhile(id)
  await tagging.getByRole('button', { name: /^Sửa nhãn/ }).click()
  await expect
    .element(tagging.getByRole('alert'))
    .toContainText('Phản ánh đã kết thúc nên lĩnh vực, mức độ, địa điểm và nhãn')
  await expect.element(tagging).toContainText('cây nghiêng')
  await expect.element(tagging.getByRole('button', { name: /^Sửa nhãn/ })).toHaveAttribute('aria-disabled', 'true')
})
