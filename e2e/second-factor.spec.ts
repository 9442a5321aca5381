import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildTotp } from '#db/factories/second-factors.ts'
import { sessions, settings } from '#db/schema/index.ts'
import { roles } from '#server/accounts/rules/actor.ts'
import { demoTotpSecret } from '#server/accounts/rules/demo-accounts.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { askProcedure } from './procedures.ts'
import { routes } from './routes.ts'
import { codeOf } from './totp-codes.ts'
import { awake, visit } from './visit.ts'

const password = 'cầu Long Biên 1902'

async function signIn(page: Page, username: string, from = '/account'): Promise<void> {
  await page.goto(`/sign-in?from=${from}`)
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
  const landed = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await landed
  await awake(page)
}

const mark = (page: Page) => page.getByRole('region', { name: 'Xác thực hai lớp' })

test('an authenticator app is set up with its first code, and from then on required after the password', async ({
  page,
  db,
  browser,
  seriousViolations,
}) => {
  const { username } = await buildAccount(db, { password })
  await signIn(page, username)
  await mark(page).getByRole('button', { name: 'Thiết lập' }).click()
  const setUp = page.getByRole('dialog', { name: 'Thiết lập ứng dụng xác thực' })
  const secret = ((await setUp.getByRole('code').textContent()) ?? '').replaceAll(' ', '')
  expect(await seriousViolations(page, '[role="dialog"]')).toEqual([])
  await setUp.getByLabel('Mã 6 số').fill('000000')
  await setUp.getByRole('button', { name: 'Xác nhận và bật' }).click()
  await expect(setUp.getByText('Mã không đúng hoặc đã được dùng.')).toBeVisible()
  await setUp.getByLabel('Mã 6 số').fill(codeOf(secret))
  await setUp.getByRole('button', { name: 'Xác nhận và bật' }).click()
  const paper = page.getByRole('dialog', { name: 'Mã dự phòng' })
  await expect(paper.getByRole('listitem')).toHaveCount(10)
  const recoveryCode = (await paper.getByRole('listitem').first().textContent()) ?? ''
  await paper.getByRole('button', { name: 'Tôi đã cất mã' }).click()
  await expect(mark(page).getByText('Đang bật')).toBeVisible()
  await expect(mark(page)).toContainText('Còn 10 trong 10 mã')

  const elsewhere = await (await browser.newContext()).newPage()
  await signIn(elsewhere, username)
  await expect(elsewhere.getByRole('heading', { name: 'Xác thực lớp hai' })).toBeVisible()
  expect(await seriousViolations(elsewhere)).toEqual([])
  // The password alone opens nothing, by any route.
  expect(await askProcedure(elsewhere, 'me.view')).toMatchObject({ status: 401, refusal: 'second_factor_needed' })
  await elsewhere.goto('/reports')
  await expect(elsewhere).toHaveURL(/\/sign-in\?from=%2Freports/)
  await elsewhere.getByLabel('Mã 6 số').fill(codeOf(secret, 1))
  await elsewhere.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(elsewhere).toHaveURL(/\/reports/)
  await elsewhere.context().close()

  const lost = await (await browser.newContext()).newPage()
  await signIn(lost, username)
  await lost.getByRole('button', { name: 'Mã dự phòng' }).click()
  await lost.getByLabel('Mã dự phòng').fill(recoveryCode)
  await lost.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(lost).toHaveURL('/account')
  await expect(mark(lost)).toContainText('Còn 9 trong 10 mã')
  await lost.context().close()
})

test('a passkey is created, signs in, and is removed after a confirmation with it', async ({ page, db, browser }) => {
  const { username, id } = await buildAccount(db, { password })
  const devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const
  await devices.send('WebAuthn.addVirtualAuthenticator', { options })
  await signIn(page, username)
  await mark(page).getByRole('button', { name: 'Thêm khóa truy cập' }).click()
  const naming = page.getByRole('dialog', { name: 'Thêm khóa truy cập' })
  await naming.getByLabel('Tên khóa').fill('Máy tính cơ quan')
  await naming.getByRole('button', { name: 'Thêm khóa truy cập' }).click()
  await page.getByRole('dialog', { name: 'Mã dự phòng' }).getByRole('button', { name: 'Tôi đã cất mã' }).click()
  await expect(mark(page).getByText('Máy tính cơ quan')).toBeVisible()

  await page.context().clearCookies()
  await signIn(page, username)
  await page.getByRole('button', { name: 'Dùng khóa truy cập' }).click()
  await expect(page).toHaveURL('/account')
  await awake(page)

  // Ten minutes later the identity must be confirmed again, by the passkey and not by the password.
  const longAgo = new Date(Date.now() - 11 * 60_000)
  await db.update(sessions).set({ createdAt: longAgo, confirmedAt: longAgo }).where(eq(sessions.accountId, id))
  await mark(page).getByRole('button', { name: 'Bỏ khóa Máy tính cơ quan' }).click()
  await page.getByRole('dialog', { name: 'Bỏ khóa truy cập' }).getByRole('button', { name: 'Bỏ' }).click()
  const asking = page.getByRole('dialog', { name: 'Xác nhận lại danh tính' })
  await expect(asking.getByLabel('Mật khẩu')).toHaveCount(0)
  await asking.getByRole('button', { name: 'Dùng khóa truy cập' }).click()
  await expect(mark(page).getByText('Chưa bật')).toBeVisible()
  const plain = await (await browser.newContext()).newPage()
  await signIn(plain, username)
  await expect(plain).toHaveURL('/account')
  await plain.context().close()
})

test('under the lock the code is requested in place, and what was typed is still there', async ({ page, db }) => {
  const office = await buildOffice(db)
  const { username, id } = await buildAccount(db, { agency: office.agency, password })
  await buildTotp(db, username)
  const { code } = await buildReportAt(db, office)
  await signIn(page, username, `/reports/${code}`)
  await page.getByLabel('Mã 6 số').fill(codeOf(demoTotpSecret))
  await page.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(page).toHaveURL(new RegExp(`/reports/${code}`))
  await awake(page)
  await page.keyboard.press('e')
  const note = page.getByLabel('Nội dung ghi chú')
  await expect(note).toBeFocused()
  await page.keyboard.type('da goi ba to truong')
  await expect(note).toHaveValue('da goi ba to truong')
  await db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.accountId, id))
  const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
  await lock.getByLabel('Mật khẩu').fill(password, { timeout: 40_000 })
  await lock.getByRole('button', { name: 'Mở khóa' }).click()
  await lock.getByLabel('Mã 6 số').fill(codeOf(demoTotpSecret, 1))
  await lock.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(lock).toHaveCount(0)
  await expect(note).toHaveValue('da goi ba to truong')
})

test('an account whose role requires it sets one up before anything else, however long that takes', async ({
  page,
  db,
  seriousViolations,
}) => {
  const { username, id } = await buildAccount(db, {
    agency: await buildCity(db),
    roles: ['urgent_publisher'],
    password,
  })
  await db
    .insert(settings)
    .values({ key: 'secondFactorRoles', value: ['urgent_publisher'] })
    .onConflictDoNothing()
  try {
    await signIn(page, username)
    await expect(page.getByRole('heading', { name: 'Thiết lập xác thực hai lớp' })).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    await page.goto('/account')
    await expect(page).toHaveURL(/\/sign-in/)
    // A user who returns to it much later proves once more that they know the password.
    await db
      .update(sessions)
      .set({ createdAt: new Date(Date.now() - 11 * 60_000) })
      .where(eq(sessions.accountId, id))
    await page.getByRole('button', { name: 'Ứng dụng xác thực' }).click()
    const asking = page.getByRole('dialog', { name: 'Xác nhận lại danh tính' })
    await asking.getByLabel('Mật khẩu').fill(password)
    await asking.getByRole('button', { name: 'Xác nhận' }).click()
    const setUp = page.getByRole('dialog', { name: 'Thiết lập ứng dụng xác thực' })
    const secret = ((await setUp.getByRole('code').textContent()) ?? '').replaceAll(' ', '')
    await setUp.getByLabel('Mã 6 số').fill(codeOf(secret))
    await setUp.getByRole('button', { name: 'Xác nhận và bật' }).click()
    await page.getByRole('dialog', { name: 'Mã dự phòng' }).getByRole('button', { name: 'Tôi đã cất mã' }).click()
    await expect(page).toHaveURL('/account')
  } finally {
    await db.delete(settings).where(eq(settings.key, 'secondFactorRoles'))
  }
})

test('the city’s own sign-in does not bypass it, and counts where it verified a second factor itself', async ({
  browser,
  db,
}) => {
  for (const [ways, asks] of [
    ['pwd', true],
    ['pwd otp', false],
  ] as const) {
    const { username } = await buildAccount(db)
    await buildTotp(db, username)
    const page = await (await browser.newContext()).newPage()
    await visit(page, '/sign-in?from=/account')
    await page.getByRole('button', { name: 'Đăng nhập bằng Cổng thành phố' }).click()
    await page.getByLabel('Tài khoản công vụ').fill(username)
    await page.getByLabel('Cách đăng nhập').fill(ways)
    await page.getByRole('button', { name: 'Tiếp tục' }).click()
    if (asks) {
      await expect(page.getByRole('heading', { name: 'Xác thực lớp hai' })).toBeVisible()
      await page.getByLabel('Mã 6 số').fill(codeOf(demoTotpSecret))
      await page.getByRole('button', { name: 'Xác nhận' }).click()
    }
    await expect(page).toHaveURL('/account')
    await page.context().close()
  }
})

test('the demo account shows the step, with its code beside it', async ({ page }) => {
  await visit(page, '/sign-in?from=/account')
  await page.getByRole('button', { name: /^hailop/ }).click()
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Xác thực lớp hai' })).toBeVisible()
  await expect(page.getByText(/Bản dùng thử: mã lúc này là \d{6}/)).toBeVisible()
})

test('an administrator resets it with a reason, and every device is signed out', async ({ signedInAs, db }) => {
  const { username, name } = await buildAccount(db, { password, name: 'Đặng Thị Mất Máy' })
  await buildTotp(db, username)
  const theirs = await signedInAs(username)
  await visit(theirs, '/account')
  const page = await signedInAs('quantri')
  await visit(page, `/admin/accounts?search=${username}`)
  await awake(page)
  const row = page.getByRole('row', { name: new RegExp(name) })
  await expect(row.getByText('Hai lớp')).toBeVisible()
  await row.getByRole('button', { name: /^Thao tác/ }).click()
  await page.getByRole('menuitem', { name: 'Đặt lại xác thực hai lớp' }).click()
  const dialog = page.getByRole('dialog', { name: 'Đặt lại xác thực hai lớp' })
  await dialog.getByLabel('Lý do').fill('mất máy')
  await dialog.getByRole('button', { name: 'Đặt lại xác thực hai lớp' }).click()
  await expect(dialog.getByText('Lý do cần ít nhất 10 ký tự.')).toBeVisible()
  await dialog.getByLabel('Lý do').fill('Mất điện thoại, đã gặp trực tiếp')
  await dialog.getByRole('button', { name: 'Đặt lại xác thực hai lớp' }).click()
  await expect(row.getByText('Hai lớp')).toHaveCount(0)
  // Each process learns of it within a second.
  await expect.poll(() => askProcedure(theirs, 'me.view')).toMatchObject({ status: 401, refusal: 'session_revoked' })
})

test('a session without its second factor is redirected from every page to that step', async ({ signedInAs, db }) => {
  const { username, id } = await buildAccount(db, { agency: await buildCity(db), roles: [...roles] })
  await buildTotp(db, username)
  const page = await signedInAs(username)
  await db.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.accountId, id))
  for (const path of new Set(routes.map(([, address]) => address))) {
    await page.goto(path)
    await expect(page).toHaveURL(/\/sign-in\?/)
    await expect(page.getByRole('heading', { name: 'Xác thực lớp hai' })).toBeVisible()
  }
})
