import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'

const { buildFailedJob } = onServer<typeof import('#db/factories/failed-jobs.ts')>('db/factories/failed-jobs.ts')

test('an administrator sees what failed permanently and why, and retries it; the log says who did', async () => {
  // Nothing left to delete: running it again completes.
  await buildFailedJob({ job: 'forget_old_drafts', lastError: 'mail_login ABCDE23456' })
  await buildFailedJob({ job: 'close_reports' })
  await signInAs('quantri')
  await visit('/admin/jobs')
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  const drafts = row('Xóa bản nháp đã cũ')
  await expect.element(drafts).toContainText('Máy chủ thư không nhận tài khoản gửi thư.')
  await expect.element(drafts).toContainText('Mã lỗi: ABCDE23456')
  await expect.element(row('Đóng phản ánh hết hạn đánh giá')).toContainText('đã dừng giữa chừng')
  expect(await seriousViolations()).toEqual([])
  await page.getByRole('button', { name: 'Thử lại: Xóa bản nháp đã cũ' }).click()
  await expect.element(page.getByText('Đã xếp lại 1 việc').first()).toBeVisible()
  await expect.element(drafts).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Thử lại: Đóng phản ánh hết hạn đánh giá' }).click()
  await expect.element(row('Đóng phản ánh hết hạn đánh giá')).not.toBeInTheDocument()
  await visit('/admin/events?event=job.retried')
  const told = page.getByRole('row', { name: /Cho chạy lại việc bị lỗi/ })
  await expect.poll(() => told.filter({ hasText: 'Xóa bản nháp đã cũ' }).elements().length).toBe(1)
})
