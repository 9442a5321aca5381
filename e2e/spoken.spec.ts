import { expect } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { test } from './fixtures.ts'
import { Speech } from './spoken.ts'
import { visit } from './visit.ts'

test.use({ bypassCSP: true, viewport: { width: 1366, height: 768 } })

test('signing in: a wrong password is said as an error, and the name is still there', async ({ page, db }) => {
  const password = 'cầu Long Biên 1902'
  const { username } = await buildAccount(db, { password })
  await visit(page, '/sign-in?from=/account')
  await page.getByLabel('Tên đăng nhập').fill(username)
  const speech = await Speech.of(page)
  await page.keyboard.press('Tab')
  await speech.says(/Mật khẩu/)
  await page.keyboard.type('không phải')
  await page.keyboard.press('Enter')
  await speech.says(/^assertive: Tên đăng nhập hoặc mật khẩu không đúng/)
  await page.keyboard.press('Shift+Tab')
  await speech.says(new RegExp(`^textbox, Tên đăng nhập, ${username}`))
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/account')
})
