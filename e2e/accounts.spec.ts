import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { accounts, sessions } from '#db/schema/index.ts'
import { demoPassword } from '#server/accounts/rules/password.ts'
import { expect, test } from './fixtures.ts'
import { askProcedure, callProcedure } from './procedures.ts'
import { visit } from './visit.ts'

const newUsername = () => `thu.${randomUUID().slice(0, 8)}`

test('an admin creates an account; its owner sets a password with the link, once, and signs in', async ({
  signedInAs,
  browser,
}) => {
  const admin = await signedInAs('quantri')
  const username = newUsername()
  await visit(admin, '/admin/accounts')
  await admin.getByRole('button', { name: 'Thêm tài khoản' }).click()
  const form = admin.getByRole('dialog', { name: 'Thêm tài khoản' })
  await form.getByLabel('Tên đăng nhập').fill(username)
  await form.getByLabel('Họ và tên').fill('Đinh Thị Thử')
  await form.getByLabel('Đơn vị công tác').fill('hoan kiem')
  await admin.getByRole('option').first().click()
  await form.getByRole('button', { name: 'Thêm vai trò' }).click()
  await form.getByRole('button', { name: 'Thêm tài khoản' }).click()
  const dialog = admin.getByRole('dialog', { name: 'Liên kết đặt mật khẩu' })
  const link = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Xong' }).click()

  const owner = await (await browser.newContext()).newPage()
  await owner.goto(link)
  await owner.getByLabel('Mật khẩu mới', { exact: true }).fill('một câu dễ nhớ')
  await owner.getByLabel('Nhập lại mật khẩu mới').fill('một câu dễ nhớ')
  await owner.getByRole('button', { name: 'Đặt mật khẩu' }).click()
  await expect(owner.getByText('Đã đặt mật khẩu. Hãy đăng nhập.')).toBeVisible()
  await owner.goto(link)
  await expect(owner.getByRole('heading', { name: 'Liên kết không còn dùng được' })).toBeVisible()
  await owner.goto('/sign-in?from=/account')
  await owner.getByLabel('Tên đăng nhập').fill(username)
  await owner.getByLabel('Mật khẩu', { exact: true }).fill('một câu dễ nhớ')
  await owner.keyboard.press('Enter')
  await expect(owner.getByRole('heading', { name: 'Đinh Thị Thử' })).toBeVisible()

  await admin.getByRole('searchbox', { name: /^Tìm theo tên/ }).fill('dinh thi thu')
  await admin.getByRole('button', { name: 'Thao tác với tài khoản Đinh Thị Thử' }).first().click()
  await admin.getByRole('menuitem', { name: 'Khóa tài khoản' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Khóa tài khoản' }).click()
  await expect(admin.getByText(/^Đã khóa tài khoản/)).toBeVisible()
  await expect.poll(async () => (await owner.request.get('/api/trpc/me.view')).status()).toBe(401)
  await owner.context().close()
})

test('a session ended from elsewhere locks the page in place, and what was typed is still there', async ({
  signedInAs,
  db,
}) => {
  const page = await signedInAs('quantri')
  const username = newUsername()
  // It locks on the request: the stream would announce it before (e2e/live.spec.ts).
  await page.route(/\/api\/trpc\/live\.stream/, (route) => route.abort())
  await visit(page, '/admin/accounts')
  await page.getByRole('button', { name: 'Thêm tài khoản' }).click()
  const form = page.getByRole('dialog', { name: 'Thêm tài khoản' })
  await form.getByLabel('Tên đăng nhập').fill(username)
  await form.getByLabel('Họ và tên').fill('Người Gõ Dở')
  await form.getByLabel('Đơn vị công tác').fill('hoan kiem')
  await page.getByRole('option').first().click()

  const { data: devices } = await askProcedure<{ id: string; isCurrent: boolean }[]>(page, 'me.devices')
  const current = devices.find(({ isCurrent }) => isCurrent)
  const elsewhere = await signedInAs('quantri')
  const { origin } = new URL(page.url())
  const revoked = await callProcedure(elsewhere, 'me.revokeDevice', { input: { sessionId: current?.id }, origin })
  expect(revoked.status).toBe(200)
  // If another request of the page comes first, it has locked by then and the button can no longer be reached.
  await form
    .getByRole('button', { name: 'Thêm tài khoản' })
    .click({ timeout: 5000 })
    .catch(() => undefined)
  const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
  await lock.getByLabel('Mật khẩu').fill('không phải')
  await lock.getByRole('button', { name: 'Mở khóa' }).click()
  await expect(lock.getByText('Tên đăng nhập hoặc mật khẩu không đúng.')).toBeVisible()
  await lock.getByLabel('Mật khẩu').fill(demoPassword)
  await lock.getByRole('button', { name: 'Mở khóa' }).click()
  await expect(lock).toBeHidden()
  await expect(form.getByLabel('Họ và tên')).toHaveValue('Người Gõ Dở')
  await form.getByRole('button', { name: 'Thêm tài khoản' }).click()
  await expect(page.getByRole('dialog', { name: 'Liên kết đặt mật khẩu' })).toBeVisible()
  expect(await db.$count(accounts, eq(accounts.username, username))).toBe(1)
  const [before] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.id, current?.id ?? ''))
  expect(before?.revokeReason).toBe('revoked_by_owner')
})
