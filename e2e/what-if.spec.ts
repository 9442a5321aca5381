import { expect, type Page } from '@playwright/test'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildAgencyLog } from '#db/factories/agency-log.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { unique } from '#db/factories/unique.ts'
import { areas } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { overhang, see, untranslated } from './routes.ts'

/** A department whose log covers so many days, and its head. */
async function buildDepartment(db: Database, days: number) {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId, name: `Sở Thủy lợi ${unique('so')}` })
  const head = await buildAccount(db, { agency, roles: ['approver'] })
  const staff = [await buildAccount(db, { agency }), await buildAccount(db, { agency })]
  const { code: categoryCode } = await buildCategory(db)
  const [area] = await db.select().from(areas).limit(1)
  if (!area) throw new Error('the city has no commune')
  await buildAgencyLog(db, { agencyId: agency.id, categoryCode, areaId: area.id, staff, days })
  return { agency, head }
}

const headline = (page: Page) => page.getByRole('main').getByRole('status').first()
const people = (page: Page) => page.getByRole('slider', { name: 'Số người có mặt' })

test('the head of an agency sees what more people and longer limits would change, and shares it', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { agency, head } = await buildDepartment(db, 133)
  const page = await signedInAs(head.username)
  await see(page, '/insights')
  await page.getByRole('button', { name: 'Thiết lập bảng thống kê' }).click()
  await page.getByRole('menuitem', { name: 'Thử thay đổi' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Thử thay đổi' })).toContainText(agency.name)
  await expect(headline(page)).toContainText('Giữ nguyên như hiện nay, trong 13 tuần tới khoảng')
  await expect(
    page.getByText(
      /Mô phỏng khớp quý vừa qua: dự đoán \d+ % \(\d+–\d+ %\), thực tế \d+ % \(\d+\/\d+ phản ánh đến hạn\)/,
    ),
  ).toBeVisible()
  // Its reports take their time whatever there is to do, and the page says that people change little.
  await expect(page.getByText('Thêm người hoặc thêm giờ thay đổi rất ít.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])

  await people(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect(people(page)).toHaveAttribute('aria-valuetext', '3 người')
  await expect(headline(page)).toContainText('Với 3 người thay vì 2')
  const limits = page.getByRole('slider', { name: 'Thời hạn' })
  await limits.focus()
  await page.keyboard.press('End')
  await expect(headline(page)).toContainText('Với 3 người thay vì 2, thời hạn bằng 200 % hiện nay')
  await page.getByRole('switch', { name: 'Làm sáng thứ Bảy' }).press('Space')
  await expect(page).toHaveURL(/people=3&limits=200&saturdays=yes$/)
  const said = (await headline(page).textContent()) ?? ''

  const shared = await signedInAs(head.username, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await see(shared, new URL(page.url()).pathname + new URL(page.url()).search)
  await expect(headline(shared)).toHaveText(said)
  expect(await overhang(shared)).toBeLessThanOrEqual(0)
  expect(await seriousViolations(shared)).toEqual([])

  await page.getByRole('button', { name: 'Về hiện nay' }).click()
  await expect(page).toHaveURL(/\/insights\/what-if$/)
  await expect(headline(page)).toContainText('Giữ nguyên như hiện nay')
})

test('a manager of the city chooses an agency; one with a short log has no simulation', async ({ signedInAs, db }) => {
  const { agency } = await buildDepartment(db, 12)
  const page = await signedInAs('lanhdao.tp')
  await see(page, '/insights/what-if')
  await expect(page.getByRole('heading', { name: 'Chọn một đơn vị' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Đơn vị' }).fill(agency.name)
  await page.getByRole('option', { name: agency.name }).click()
  await expect(page).toHaveURL(`/insights/what-if?agency=${agency.id}`)
  await expect(page.getByRole('heading', { name: 'Chưa đủ 120 ngày' })).toBeVisible()

  const english = await signedInAs('lanhdao.tp', { language: 'en' })
  await see(english, `/insights/what-if?agency=${agency.id}`)
  await expect(english.getByRole('heading', { name: 'Fewer than 120 days' })).toBeVisible()
  expect(await untranslated(english)).toEqual([])
})
