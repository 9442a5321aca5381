import type { APIRequestContext } from '@playwright/test'
import { like, or } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { loginLimits } from '#db/schema/index.ts'
import { demoPassword } from '#server/accounts/rules/password.ts'
import { signInLimits } from '#server/platform/rules/limits.ts'
import { expect, test } from './fixtures.ts'
import { askProcedure, callProcedure } from './procedures.ts'
import { ofColours } from './routes.ts'
import { holdUp, keepDeaf } from './slow-line.ts'
import { awake, visit } from './visit.ts'

test('a wrong password is refused in general words and the name stays; the right one signs in, signing out ends the session on the server too, and a demo account is filled in with one click, and its second factor asked for', async ({
  page,
}) => {
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

  await awake(page)
  const cookies = await page.context().cookies()
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
  await expect(page).toHaveURL(/\/sign-in\?ended=signed_out$/)
  await awake(page)
  await page.context().addCookies(cookies)
  expect(await askProcedure(page, 'me.view')).toMatchObject({ status: 401, refusal: 'session_revoked' })
  await page.context().clearCookies()

  await page.getByRole('button', { name: /^hailop/ }).click()
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Xác thực lớp hai' })).toBeVisible()
  await expect(page.getByText(/Bản dùng thử: mã lúc này là \d{6}/)).toBeVisible()
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
  page.on('request', (request) => {
    if (request.isNavigationRequest() && new URL(request.url()).origin !== home) gone.push(request.url())
  })
  // One stands for all: the form has the address that the page has made of it, as the redirects below have.
  await visit(page, `/sign-in?from=${encodeURIComponent('//evil.example')}`)
  await page.getByRole('button', { name: /^canbo\.cayxanh/ }).click()
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await expect(page).toHaveURL(isHome)
  expect(gone).toEqual([])

  const { request } = (await signedInAs('canbo.cayxanh')).context()
  const redirect = async (name: 'from' | 'callbackUrl', address: string) => {
    const asked = `/sign-in?${new URLSearchParams({ [name]: address })}`
    const answer = await request.get(asked, { headers: { accept: 'text/html' }, maxRedirects: 0 })
    return [name, address, answer.status(), answer.headers().location]
  }
  for (const name of ['from', 'callbackUrl'] as const) {
    for (const address of foreign) expect.soft(await redirect(name, address)).toEqual([name, address, 307, '/'])
    const own = `${home}/account`
    expect.soft(await redirect(name, own)).toEqual([name, own, 307, '/account'])
  }
})

test('strangers who guess passwords lock out neither the browser of the account nor its work', async ({
  page,
  request,
  baseURL,
  db,
}) => {
  const password = 'cầu Long Biên 1902'
  const { username } = await buildAccount(db, { password })
  const send = async (from: APIRequestContext, typed: string) => {
    const { csrfToken } = await (await from.get('/api/auth/csrf')).json()
    const form = { csrfToken, username, password: typed, json: 'true' }
    const { url } = await (await from.post('/api/auth/callback/credentials', { form })).json()
    return new URL(url).searchParams.get('error')
  }
  const enter = async () => {
    expect(await send(page.request, password)).toBeNull()
    expect(await askProcedure(page, 'me.view')).toMatchObject({ status: 200 })
  }
  await enter()
  const kept = (await page.context().cookies(new URL('/api/auth', baseURL).href)).find(
    ({ name }) => name === 'desk-device',
  )
  expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api' })

  const guess = (typed: string) => send(request, typed)
  for (let n = 0; n < signInLimits.account.tries; n++) expect(await guess(`sai ${n}`)).toBe('wrong_credentials')
  expect(await guess(password)).toMatch(/^too_many_attempts:/)
  const { origin } = new URL(baseURL ?? '')
  expect(await callProcedure(page, 'me.confirmIdentity', { input: { password }, origin })).toMatchObject({
    status: 200,
  })
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
  expect(await seriousViolations(page, undefined, ofColours)).toEqual([])
  await page.goto('/set-password/mot-lien-ket-khong-con-dung-duoc')
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
})
