import { expect } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOfCity, hoursAgo } from './office.ts'
import { overhang } from './routes.ts'
import { addressOf, buildFields, buildMixed } from './triage.ts'
import { visit } from './visit.ts'

test('on a phone a report is assigned with one tap, and nothing exceeds the edge', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const agency = await buildAgency(db, { calendarId: (await buildCity(db)).calendarId })
  const { code: categoryCode } = await buildCategory(db, {
    leadAgencyId: agency.id,
    name: 'Hư hỏng kết cấu công trình hạ tầng kỹ thuật dùng chung tại khu đô thị mới chưa bàn giao',
  })
  const first = await buildReport(db, { categoryCode, title: 'Cây nghiêng ngõ một', receivedAt: hoursAgo(2) })
  await buildReport(db, { categoryCode, title: 'Cây nghiêng ngõ hai', receivedAt: hoursAgo(1) })
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await visit(page, `/triage?category=${categoryCode}&sort=received&dir=asc`)
  const title = page.getByRole('article', { name: /^HN-/ }).getByRole('heading', { level: 2 })
  await expect(title).toHaveText('Cây nghiêng ngõ một')
  expect(await overhang(page)).toBe(0)
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: /^Tiếp nhận →/ }).tap()
  await expect(title).toHaveText('Cây nghiêng ngõ hai')
  await expect
    .poll(async () => (await db.select().from(reports).where(eq(reports.id, first.id)))[0]?.agencyId)
    .toBe(agency.id)
})

test('on a phone a duplicate is chosen by touch, and no text mentions keys', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const fields = await buildFields(db)
  const [, , third] = await buildMixed(db, fields, 3)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await visit(page, `${addressOf(fields)}&at=${third?.code}`)
  await page.getByRole('button', { name: /^Trùng… \(1\)/ }).tap()
  const sheet = page.getByRole('dialog', { name: 'Trùng với phản ánh nào?' })
  await expect(sheet.getByRole('option', { name: third?.title ?? '' })).toHaveAttribute('aria-selected', 'true')
  await expect(sheet.getByText('Enter', { exact: true })).toBeHidden()
  expect(await overhang(page)).toBe(0)
  expect(await seriousViolations(page)).toEqual([])
  await sheet.getByRole('button', { name: /^Gộp vào số 1/ }).tap()
  await expect(page.getByText(`Đã gộp ${third?.code} vào HN-`)).toBeVisible()
})
