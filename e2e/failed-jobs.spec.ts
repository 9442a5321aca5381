import { buildFailedJob } from '#db/factories/failed-jobs.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './visit.ts'

test('an administrator sees what failed permanently and why, and retries it; the log says who did', async ({
  db,
  signedInAs,
  seriousViolations,
}) => {
  const page = await signedInAs('quantri')
  // Nothing left to delete: running it again completes.
  await buildFailedJob(db, { job: 'forget_old_drafts', lastError: 'mail_login ABCDE23456' })
  await buildFailedJob(db, { job: 'close_reports' })
  await visit(page, '/admin/jobs')
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  const drafts = row('Xóa bản nháp đã cũ')
  await expect(drafts).toContainText('Máy chủ thư không nhận tài khoản gửi thư.')
  await expect(drafts).toContainText('Mã lỗi: ABCDE23456')
  await expect(row('Đóng phản ánh hết hạn đánh giá')).toContainText('đã dừng giữa chừng')
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Thử lại: Xóa bản nháp đã cũ' }).click()
  await expect(page.getByText('Đã xếp lại 1 việc')).toBeVisible()
  await expect(drafts).toHaveCount(0)
  await page.getByRole('button', { name: 'Thử lại: Đóng phản ánh hết hạn đánh giá' }).click()
  await expect(row('Đóng phản ánh hết hạn đánh giá')).toHaveCount(0)
  await visit(page, '/admin/events?event=job.retried')
  const told = page.getByRole('row', { name: /Cho chạy lại việc bị lỗi/ })
  await expect(told.filter({ hasText: 'Xóa bản nháp đã cũ' })).toHaveCount(1)
})

test('no other account can open it', async ({ signedInAs }) => {
  for (const account of ['lanhdao.tp', 'kiemtra', 'dieuphoi']) {
    const page = await signedInAs(account)
    await visit(page, '/admin/jobs')
    await expect(page.getByRole('heading', { name: 'Tài khoản không có quyền xem trang này' })).toBeVisible()
  }
})
