import { like, or } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { loginLimits } from '#db/schema/index.ts'
import { demoPassword } from '#server/accounts/rules/password.ts'
import { signInLimits } from '#server/platform/rules/limits.ts'
import { expect, test } from './fixtures.ts'
import { askProcedure, callProcedure } from './procedures.ts'
import { holdUp, keepDeaf } from './slow-line.ts'
import { awake, visit } from './visit.ts'

test('a wrong password is refused in general words and the name stays; the right one signs in', async ({ page }) => {
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in\?from=%2Faccount$/)
  await page.getByLabel('Tên đăng nhập').fill(' CanBo.CayXanh ')
  await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('alert')).toHaveText('Tên đăng nhập hoặc mật khẩu không đúng.')
  await expect(page.getByLabel('Tên đăng nhập')).toHaveValue(' CanBo.CayXanh ')
  await page.getByLabel('Mật khẩu', { exact: true }).fill(demoPassword)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/account')
  await expect(page.getByText('Thiết bị này')).toBeVisible()
})

test('a demo account is filled in with one click, and signing out ends the session on the server too', async ({
  page,
}) => {
  await visit(page, '/sign-in?from=/account')
  await page.getByRole('button', { name: /^kiemtra/ }).click()
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await expect(page).toHaveURL('/account')
  await awake(page)
  const cookies = await page.context().cookies()
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
  await expect(page).toHaveURL(/\/sign-in\?ended=signed_out$/)
  await page.context().addCookies(cookies)
  expect(await askProcedure(page, 'me.view')).toMatchObject({ status: 401, refusal: 'session_revoked' })
})

test('signing out in a tab after a colleague has signed in in another leaves that session alone', async ({
  signedInAs,
}) => {
  const page = await signedInAs('kiemtra')
  const colleague = await signedInAs('dieuphoi')
  await keepDeaf(page)
  await visit(page, '/account')
  // Nothing else may notify the page before, including input on the way to the menu.
  await page.route(/\/api\/trpc\/(?!me\.touch)/, (route) => route.abort())
  const letGo = await holdUp(page, /\/api\/trpc\/me\.touch/)
  await page.context().addCookies(await colleague.context().cookies())
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
  letGo()
  const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
  await expect(lock).toContainText('đăng nhập bằng tài khoản khác')
  expect(await askProcedure(colleague, 'me.view')).toMatchObject({ status: 200 })
})

test('a made-up client address reaches neither the counters nor the list of devices', async ({ request, db }) => {
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
  const form = { csrfToken, username: 'khong.co.ai', password: 'sai', json: 'true' }
  const headers = { 'x-forwarded-for': '198.51.100.77', 'x-real-ip': '198.51.100.77' }
  const answer = await request.post('/api/auth/callback/credentials', { form, headers })
  expect(answer.status()).toBe(401)
  expect(await db.$count(loginLimits, like(loginLimits.key, 'account:khong.co.ai'))).toBe(1)
  expect(await db.$count(loginLimits, like(loginLimits.key, '%198.51.100%'))).toBe(0)
})

const foreign = [
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
]

test('a foreign address is neither where sign-in leads, nor where a signed-in user is redirected', async ({
  page,
  baseURL,
  signedInAs,
}) => {
  const home = new URL(baseURL ?? '').origin
  const isHome = ({ origin, pathname }: URL) => origin === home && pathname === '/reports'
  const gone: string[] = []
  const watch = (watched: typeof page) =>
    watched.on('request', (request) => {
      if (request.isNavigationRequest() && new URL(request.url()).origin !== home) gone.push(request.url())
    })
  watch(page)
  for (const from of foreign) {
    await visit(page, `/sign-in?from=${encodeURIComponent(from)}`)
    await page.getByRole('button', { name: /^canbo\.cayxanh/ }).click()
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
    await expect(page, from).toHaveURL(isHome)
    await page.context().clearCookies()
  }
  const own = await signedInAs('canbo.cayxanh')
  watch(own)
  for (const [name, address] of [
    ...foreign.map((each) => ['from', each]),
    ...foreign.map((each) => ['callbackUrl', each]),
  ]) {
    await own.goto(`/sign-in?${new URLSearchParams({ [name as string]: address as string })}`)
    await expect(own, `${name}=${address}`).toHaveURL(isHome)
  }
  await own.goto(`/sign-in?${new URLSearchParams({ callbackUrl: `${home}/account` })}`)
  await expect(own).toHaveURL('/account')
  expect(gone).toEqual([])
})

test('strangers who guess passwords lock out neither the browser of the account nor its work', async ({
  page,
  request,
  db,
}) => {
  const password = 'cầu Long Biên 1902'
  const { username } = await buildAccount(db, { password })
  const enter = async () => {
    await page.goto('/sign-in?from=/account')
    await page.getByLabel('Tên đăng nhập').fill(username)
    await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL('/account')
  }
  await enter()
  const kept = (await page.context().cookies(new URL('/api/auth', page.url()).href)).find(
    ({ name }) => name === 'desk-device',
  )
  expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api' })

  const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
  const guess = async (typed: string) => {
    const form = { csrfToken, username, password: typed, json: 'true' }
    const { url } = await (await request.post('/api/auth/callback/credentials', { form })).json()
    return new URL(url).searchParams.get('error')
  }
  for (let n = 0; n < signInLimits.account.tries; n++) expect(await guess(`sai ${n}`)).toBe('wrong_credentials')
  expect(await guess(password)).toMatch(/^too_many_attempts:/)
  expect(await callProcedure(page, 'me.confirmIdentity', { input: { password } })).toMatchObject({ status: 200 })
  await page.context().clearCookies({ name: 'next-auth.session-token' })
  await enter()
  // All tests share one address.
  await db.delete(loginLimits).where(or(like(loginLimits.key, 'address:%'), like(loginLimits.key, 'network:%')))
})

test('next-auth redirects to no foreign address', async ({ request, baseURL }) => {
  const home = new URL(baseURL ?? '').origin
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
  for (const callbackUrl of foreign) {
    const answer = await request.post('/api/auth/signout', { form: { csrfToken, callbackUrl, json: 'true' } })
    expect([callbackUrl, new URL((await answer.json()).url).origin]).toEqual([callbackUrl, home])
  }
})

test('the sign-in page passes axe: light, dark, in English', async ({ page, seriousViolations }) => {
  await visit(page, '/sign-in')
  expect(await seriousViolations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByRole('button', { name: /English/ }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await page.goto('/set-password/mot-lien-ket-khong-con-dung-duoc')
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
})
