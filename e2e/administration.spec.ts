import type { Page } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { expect, test } from './fixtures.ts'
import { visit } from './visit.ts'

const drawer = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

/** A day of the year after next: no other test has deadlines there. */
const _farYear = new Date().getFullYear() + 2

test('an admin changes a limit; a colleague who began earlier sees who did, and keeps what they typed', async ({
  signedInAs,
  db,
}) => {
  const { code, name } = await buildCategory(db, {
    name: 'Cây che biển báo',
    nameEn: 'Hidden sign',
    normalMinutes: 480,
  })
  const second = await buildAccount(db, { agencyId: (await buildCity(db)).id, name: 'Trần Văn Đức', roles: ['admin'] })
  const [one, other] = [await signedInAs('quantri'), await signedInAs(second.username)]
  for (const page of [one, other]) {
    await visit(page, '/admin/categories')
    await page.getByRole('searchbox', { name: 'Tìm lĩnh vực' }).fill(`${code} cay che`)
    await page
      .getByRole('row', { name: new RegExp(code) })
      .getByRole('button', { name: `Sửa ${name}` })
      .click()
  }
  await drawer(other, `Lĩnh vực ${code}`).getByLabel('Bình thường').fill('12,5')
  await other.getByRole('button', { name: 'Lưu' }).click()
  await expect(other.getByText(`Đã lưu ${name}.`)).toBeVisible()
  await expect(other.getByRole('row', { name: new RegExp(code) })).toContainText('12 giờ 30 phút')

  const form = drawer(one, `Lĩnh vực ${code}`)
  await form.getByLabel('Tên tiếng Anh').fill('Sign behind leaves')
  await form.getByRole('button', { name: 'Lưu' }).click()
  const conflict = form.getByRole('alert')
  await expect(conflict).toContainText('Trần Văn Đức vừa lưu trước bạn')
  await expect(conflict).toContainText('Thời hạn bình thường: 8 giờ → 12 giờ 30 phút')
  await expect(form.getByLabel('Tên tiếng Anh')).toHaveValue('Sign behind leaves')
  await form.getByRole('button', { name: 'Giữ nội dung của tôi, lưu đè' }).click()
  await form.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(one.getByText(`Đã lưu ${name}.`)).toBeVisible()

  await one.goto(`/admin/events?subject=${code}`)
  const log = one.getByRole('table', { name: 'Nhật ký' })
  await expect(log.getByRole('row')).toHaveCount(3)
  await expect(log).toContainText('Trần Văn Đức')
  await expect(log).toContainText('Sign behind leaves')
})
