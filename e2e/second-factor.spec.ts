import type { BrowserContext, Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildTotp } from '#db/factories/second-factors.ts'
import { sessions, settings } from '#db/schema/index.ts'
import { roles } from '#server/accounts/rules/actor.ts'
import { demoTotpSecret } from '#server/accounts/rules/demo-accounts.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { askProcedure, callProcedure } from './procedures.ts'
import { openReport, timelineOf } from './report-page.ts'
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

/** The same without a browser that draws it. */
async function sendPassword({ request }: BrowserContext, username: string): Promise<void> {
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
  const form = { csrfToken, username, password, json: 'true' }
  expect((await request.post('/api/auth/callback/credentials', { form })).status()).toBe(200)
}

const mark = (page: Page) => page.getByRole('region', { name: 'Xác thực hai lớp' })

test('an authenticator app is set up with its first code, and from then on required after the password', async ({
  db,
  browser,
  signedInAs,
  seriousViolations,
}) => {
  const { username } = await buildAccount(db, { password })
  const page = await signedInAs(username)
  await visit(page, '/account')
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
  await elsewhere.goto('/account?tab=1')
  await expect(elsewhere).toHaveURL(/\/sign-in\?from=%2Faccount%3Ftab%3D1/)
  await elsewhere.getByLabel('Mã 6 số').fill(codeOf(secret, 1))
  await elsewhere.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(elsewhere).toHaveURL('/account?tab=1')

  // The app is lost.
  await elsewhere.context().clearCookies()
  await sendPassword(elsewhere.context(), username)
  await visit(elsewhere, '/sign-in?from=/account')
  await elsewhere.getByRole('button', { name: 'Mã dự phòng' }).click()
  await elsewhere.getByLabel('Mã dự phòng').fill(recoveryCode)
  await elsewhere.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(elsewhere).toHaveURL('/account')
  await expect(mark(elsewhere)).toContainText('Còn 9 trong 10 mã')
  await elsewhere.context().close()
})

test('a passkey is created, signs in, and is removed after a confirmation with it', async ({ signedInAs, db }) => {
  const { username, id } = await buildAccount(db, { password })
  const page = await signedInAs(username)
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
  await visit(page, '/account')
  await mark(page).getByRole('button', { name: 'Thêm khóa truy cập' }).click()
  const naming = page.getByRole('dialog', { name: 'Thêm khóa truy cập' })
  await naming.getByLabel('Tên khóa').fill('Máy tính cơ quan')
  await naming.getByRole('button', { name: 'Thêm khóa truy cập' }).click()
  await page.getByRole('dialog', { name: 'Mã dự phòng' }).getByRole('button', { name: 'Tôi đã cất mã' }).click()
  await expect(mark(page).getByText('Máy tính cơ quan')).toBeVisible()

  await page.context().clearCookies()
  await sendPassword(page.context(), username)
  await visit(page, '/sign-in?from=/account')
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
  await page.context().clearCookies()
  await sendPassword(page.context(), username)
  expect(await askProcedure(page, 'me.view')).toMatchObject({ status: 200 })
})

test('a session that is ended elsewhere while a note is written is renewed in place with password and code; the note is still there, and is saved', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { username } = await buildAccount(db, { agency: office.agency, password })
  await buildTotp(db, username)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(username)
  await openReport(page, code)
  await page.keyboard.press('e')
  const note = page.getByLabel('Nội dung ghi chú')
  await expect(note).toBeFocused()
  await page.keyboard.type('da goi ba to truong')
  await expect(note).toHaveValue('da goi ba to truong')

  const { data: devices } = await askProcedure<{ id: string; isCurrent: boolean }[]>(page, 'me.devices')
  const current = devices.find(({ isCurrent }) => isCurrent)
  const elsewhere = await signedInAs(username)
  const { origin } = new URL(page.url())
  const ended = await callProcedure(elsewhere, 'me.revokeDevice', { input: { sessionId: current?.id }, origin })
  expect(ended.status).toBe(200)
  const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
  // What is typed is saved on the server every other second: the page learns of it without a key press.
  await expect(lock).toBeVisible({ timeout: 8000 })
  await lock.getByLabel('Mật khẩu').fill(password)
  await lock.getByRole('button', { name: 'Mở khóa' }).click()
  await lock.getByLabel('Mã 6 số').fill(codeOf(demoTotpSecret))
  await lock.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(lock).toHaveCount(0)
  await expect(note).toHaveValue('da goi ba to truong')
  await page.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect(timelineOf(page).getByText('da goi ba to truong')).toBeVisible()
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
  const page = await (await browser.newContext()).newPage()
  for (const [ways, asks] of [
    ['pwd', true],
    ['pwd otp', false],
  ] as const) {
    const { username } = await buildAccount(db)
    await buildTotp(db, username)
    await page.context().clearCookies()
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
  }
  await page.context().close()
})

test('an administrator resets it with a reason, and every device is signed out', async ({ signedInAs, db }) => {
  const { username, name } = await buildAccount(db, { password, name: 'Đặng Thị Mất Máy' })
  await buildTotp(db, username)
  const theirs = await signedInAs(username)
  const page = await signedInAs('quantri')
  await visit(page, `/admin/accounts?search=${username}`)
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
  // The server's answer, without a browser that draws it: the layout redirects before any page begins.
  for (const path of new Set(routes.map(([, address]) => address))) {
    const answer = await page.request.get(path, { headers: { accept: 'text/html' }, maxRedirects: 0 })
    expect.soft([path, answer.status()]).toEqual([path, 307])
    expect.soft(answer.headers().location, path).toMatch(/^(?:https?:\/\/[^/]+)?\/sign-in\?/)
  }
  await page.goto('/screen')
  await expect(page).toHaveURL(/\/sign-in\?/)
  await expect(page.getByRole('heading', { name: 'Xác thực lớp hai' })).toBeVisible()
})
