import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { sessions } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { awake, visit } from './visit.ts'

async function vouchFor(page: Page, username: string): Promise<void> {
  await page.getByLabel('Tài khoản công vụ').fill(username)
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
}

test('a user who can only sign in through the city unlocks the desk that way, and finds the page and what was typed', async ({
  page,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db)
  const { username, id } = office.officer
  const { code } = await buildReportAt(db, office)
  const address = `/reports/${code}?view=my_agency&sort=code&dir=asc`
  await visit(page, `/sign-in?from=${encodeURIComponent(address)}`)
  await page.getByRole('button', { name: 'Đăng nhập bằng Cổng thành phố' }).click()
  await vouchFor(page, username)
  await expect(page).toHaveURL(new RegExp(`${code}\\?view=my_agency&sort=code&dir=asc$`))
  await awake(page)

  await page.keyboard.press('e')
  await page.keyboard.type('da goi ba to truong')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('da goi ba to truong')
  await page.getByRole('button', { name: 'Đề nghị bổ sung' }).click()
  const asking = page.getByRole('dialog', { name: /^Đề nghị bổ sung/ })
  await asking.getByLabel('Nội dung đề nghị bổ sung').fill('Cây ở trước số nhà bao nhiêu ạ?')
  await db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.accountId, id))

  // Nothing is pressed: the page learns of it by itself.
  const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
  await expect(lock.getByText('bạn sẽ quay về đúng trang này')).toBeVisible({ timeout: 40_000 })
  await expect(lock.getByLabel('Mật khẩu')).toHaveCount(0)
  expect(await seriousViolations(page, 'dialog[open]')).toEqual([])
  await lock.getByRole('button', { name: 'Đăng nhập lại qua Cổng thành phố' }).click()
  await expect(page).toHaveURL(/prompt=login/)
  await vouchFor(page, username)
  await expect(page).toHaveURL(new RegExp(`${code}\\?view=my_agency&sort=code&dir=asc$`))
  await awake(page)
  await page.keyboard.press('e')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('da goi ba to truong')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Đề nghị bổ sung' }).click()
  await expect(asking.getByLabel('Nội dung đề nghị bổ sung')).toHaveValue('Cây ở trước số nhà bao nhiêu ạ?')
})
