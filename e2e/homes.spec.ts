import { demoUsernames } from '#server/accounts/rules/demo-accounts.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './visit.ts'

/** The home page of each demo account; of what follows from roles `home.test.ts` has the table. */
const homes: Record<(typeof demoUsernames)[number], string> = {
  dieuphoi: '/reports',
  'canbo.hoankiem': '/reports',
  'lanhdao.hoankiem': '/today',
  'canbo.cayxanh': '/reports',
  'lanhdao.tp': '/today',
  bientap: '/bulletins',
  tongbientap: '/bulletins',
  quantri: '/admin',
  kiemtra: '/reports',
}

test('the start page leads each account to its home page, which it may see', async ({ signedInAs }) => {
  for (const username of demoUsernames) {
    const { request } = (await signedInAs(username)).context()
    const home = new RegExp(`${homes[username]}(?:[?]|$)`)
    const started = await request.get('/', { headers: { accept: 'text/html' }, maxRedirects: 0 })
    expect.soft([username, started.status()]).toEqual([username, 307])
    expect.soft(started.headers().location, username).toMatch(home)
    const landed = await request.get('/', { headers: { accept: 'text/html' } })
    expect.soft([username, landed.status()]).toEqual([username, 200])
  }
})

test('the sign-in leads to the home page, and so do the logo, the sign-in page of who is signed in, and a missing page', async ({
  page,
}) => {
  // All of these lead to the start page, which knows each account (above): one whose home is not the first page stands
  // for all.
  const home = /\/today(?:[?]|$)/
  await visit(page, '/')
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.getByRole('button', { name: /^lanhdao\.tp/ }).click()
  const landed = page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() === 200)
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  expect((await landed).ok()).toBe(true)
  await expect(page).toHaveURL(home)
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
  await expect(page.getByText(/Không tìm thấy trang|không có quyền xem trang/)).toHaveCount(0)

  await visit(page, '/account')
  await page.getByRole('link', { name: 'Về trang bắt đầu' }).click()
  await expect(page).toHaveURL(home)
  const again = await page.request.get('/sign-in', { headers: { accept: 'text/html' }, maxRedirects: 0 })
  expect([again.status(), again.headers().location]).toEqual([307, '/'])
  await page.goto('/khong-co-trang-nay')
  await page.getByRole('main').getByRole('link', { name: 'Về trang bắt đầu' }).click()
  await expect(page).toHaveURL(home)
})
