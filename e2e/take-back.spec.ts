import { expect } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from './fixtures.ts'
import { buildOfCity } from './office.ts'
import { reportOn, timelineOf } from './report-page.ts'
import { addressOf, buildFields, buildMixed, counter, decide, stateOf, titleOn } from './triage.ts'
import { visit } from './visit.ts'

const viewport = { width: 1366, height: 768 }

test('key 1 is taken back by z before the agency sees anything; left alone, the agency sees the report in a while', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first, second] = await buildMixed(db, fields, 2)
  const own = { state: 'in_progress' as const, agencyId: fields.agency.id, heldBy: [fields.agency.id] }
  const { title: known } = await buildReport(db, { ...own, title: 'Cành khô trước chợ', categoryCode: fields.decided })
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const { username } = await buildAccount(db, { agency: fields.agency, name: 'Trần Văn Hùng' })

  const officer = await signedInAs(username, { viewport })
  await visit(officer, '/reports?view=my_agency')
  await expect(officer.getByText('Cập nhật trực tiếp')).toBeVisible()
  const row = officer.getByRole('row', { name: new RegExp(first?.title ?? '') })
  const news = officer.getByRole('button', { name: /phản ánh mới/ })

  const page = await signedInAs(dispatcher.username, { viewport })
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await decide(page, 'rule', '')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await expect.poll(() => stateOf(db, first)).toBe('awaiting_acceptance')
  await visit(officer, `/reports/${first?.code}`)
  await expect(officer.getByRole('heading', { name: 'Không tìm thấy phản ánh này' })).toBeVisible()
  await visit(officer, '/reports?view=my_agency')
  await expect(officer.getByRole('row', { name: new RegExp(known) })).toBeVisible()
  await expect(row).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await expect(page.getByText(`Đã hoàn tác trên ${first?.code}`)).toBeVisible()
  await expect(counter(page)).toHaveText(/^Còn 2/)
  await expect.poll(() => stateOf(db, first)).toBe('awaiting_intake')
  await page.keyboard.press('Enter')
  await reportOn(page, first?.code ?? '')
  await expect(timelineOf(page).getByText('Hoàn tác việc phân công')).toBeVisible()

  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await decide(page, 'rule', '')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await expect.poll(() => stateOf(db, first)).toBe('awaiting_acceptance')
  await expect(news).toHaveCount(0)
  await expect(news).toBeVisible({ timeout: 40_000 })
  await officer.keyboard.press('u')
  await expect(row).toBeVisible()
})
