import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { answerInstead, refuseLine } from '#app/testing/line.ts'
import { onServer } from '#app/testing/server.ts'

const scene = onServer<typeof import('./accounts.scene.ts')>('components/accounts/accounts.scene.ts')

test('the list of accounts keeps its filter in the address', async () => {
  await signInAs('quantri')
  await visit('/admin/accounts')
  await page.getByRole('combobox', { name: 'Vai trò' }).selectOptions('Quản trị viên')
  await expect.poll(() => window.location.search).toContain('role=admin')
  await visit(`/admin/accounts${window.location.search}`)
  await expect.element(page.getByRole('combobox', { name: 'Vai trò' })).toHaveValue('admin')
  await expect.element(page.getByRole('row', { name: /quantri/ })).toBeVisible()
})

test('a network with too many failed sign-ins is shown to city administrators, and unlocked', async () => {
  const place = '198.51.100.77'
  await scene.lockNetwork(place)
  await signInAs('quantri')
  await visit('/admin/accounts')
  const locked = page.getByRole('region', { name: 'Địa chỉ đang bị khóa đăng nhập' })
  await expect.element(locked.getByRole('listitem').filter({ hasText: place })).toContainText('24 lần sai')
  expect(await seriousViolations()).toEqual([])
  await locked.getByRole('button', { name: `Mở khóa ${place}` }).click()
  await expect.element(page.getByText(`Đã mở khóa ${place}.`).first()).toBeVisible()
  await expect.element(page.getByRole('button', { name: `Mở khóa ${place}` })).not.toBeInTheDocument()
  expect(await scene.locksOf(place)).toBe(0)
})

test('a list that fails to load says whether the connection or the server is at fault, and loads on retry', async () => {
  const accountsList = /\/api\/trpc\/[^?]*accounts\.list/
  const told = page.getByRole('main').getByRole('alert')
  const gateway = { status: 503, headers: { 'content-type': 'text/html' } }
  await signInAs('quantri')
  for (const [stand, words] of [
    [() => refuseLine(accountsList), 'Không kết nối được máy chủ'],
    [
      () => answerInstead(accountsList, () => new Response('<h1>Bad gateway</h1>', gateway)),
      'Hệ thống tạm thời chưa phục vụ được',
    ],
  ] as const) {
    const mend = stand()
    await visit('/admin/accounts')
    await expect.element(told.getByRole('heading', { name: words })).toBeVisible()
    mend()
    await told.getByRole('button', { name: 'Thử lại' }).click()
    await expect.element(page.getByRole('row').nth(3)).toBeVisible()
    await expect.element(told).not.toBeInTheDocument()
  }
})
