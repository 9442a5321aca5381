import { expect } from '@playwright/test'
import { buildReportAt } from './office.ts'
import { reportOn, timelineOf } from './report-page.ts'
import { beginNote, expectNoSidewaysScroll, saveNote, test } from './without-line.ts'

test('on a phone a report is named in a note by a tap, and its code leads to it', async ({
  onSite,
  seriousViolations,
  db,
}) => {
  const { office, page } = await onSite()
  const other = await buildReportAt(db, office, { title: 'Hố ga mất nắp ngõ Tràng Tiền' })
  await beginNote(page, 'Đi cùng chuyến với ')
  await page.keyboard.type(`#${other.code.slice(3)}`)
  const option = page.getByRole('listbox', { name: 'Phản ánh' }).getByRole('option', { name: other.code })
  await expect(option).toBeInViewport({ ratio: 1 })
  expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  expect(await seriousViolations(page)).toEqual([])
  await expectNoSidewaysScroll(page)
  await option.click()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue(`Đi cùng chuyến với ${other.code}`)
  await saveNote(page)
  await timelineOf(page).getByRole('link', { name: other.code }).click()
  await expect((await reportOn(page, other.code)).getByRole('heading', { level: 1 })).toHaveText(
    'Hố ga mất nắp ngõ Tràng Tiền',
  )
})
