import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildTotp } from '#db/factories/second-factors.ts'
import { sessions } from '#db/schema/index.ts'
import { demoTotpSecret } from '#server/accounts/rules/demo-accounts.ts'
import { expect, test } from './fixtures.ts'
import { holdUp } from './slow-line.ts'
import { codeOf } from './totp-codes.ts'

const password = 'cầu Long Biên 1902'

/** A page as the server rendered it, while all of its code is still loading. */
async function seeAsleep(page: Page, address: string): Promise<() => void> {
  const letGo = await holdUp(page, /\/_next\/static\/chunks\/.*\.js/)
  await page.goto(address, { waitUntil: 'commit' })
  return letGo
}

test('a button pressed before the code of the page has loaded acts once when it has', async ({ signedInAs }) => {
  const page = await signedInAs('kiemtra')
  const letGo = await seeAsleep(page, '/account')
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  letGo()
  await expect(page.getByRole('menuitem', { name: 'Đăng xuất' })).toBeVisible()
})

test('a user who signs in before the code of the page has loaded is signed in when it has, and no address contains the password', async ({
  page,
  db,
}) => {
  const { username } = await buildAccount(db, { password })
  const addresses: string[] = []
  page.on('request', (request) => request.isNavigationRequest() && addresses.push(request.url()))
  const letGo = await seeAsleep(page, '/sign-in?from=/account')
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  letGo()
  await expect(page).toHaveURL('/account')
  expect(addresses.map((address) => new URL(address).pathname + new URL(address).search)).toEqual([
    '/sign-in?from=/account',
    '/account',
  ])
})

test('a code typed before the page’s script has loaded is the code that is sent', async ({ signedInAs, db }) => {
  const { username, id } = await buildAccount(db)
  await buildTotp(db, username)
  const page = await signedInAs(username)
  await db.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.accountId, id))
  const letGo = await seeAsleep(page, '/sign-in?from=/account')
  await page.getByLabel('Mã 6 số').fill(codeOf(demoTotpSecret))
  letGo()
  await page.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(page).toHaveURL('/account')
})
