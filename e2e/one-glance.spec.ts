import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { holdUp } from './slow-line.ts'
import { awake, visit } from './visit.ts'

test('a reload keeps the rows, the scroll position, the focused row and its preview; on another way to the queue it begins at the top', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  for (let i = 0; i < 70; i++) {
    await buildReportAt(db, office, {
      title: `Việc thứ ${i + 1}`,
      dueAt: new Date(Date.now() + (i + 1) * 3_600_000),
      soonAt: null,
    })
  }
  const page = await signedInAs(office.officer.username, { viewport: { width: 1366, height: 768 } })
  await visit(page, '/reports?view=my_agency')
  const scrolled = () => page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTop)

  // Without a focused row.
  await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo(0, 500))
  await page.reload()
  await awake(page)
  await expect.poll(scrolled).toBe(500)

  const doors = page.getByRole('navigation', { name: 'Điều hướng chính' })
  await doors.getByRole('link', { name: 'Sự kiện' }).click()
  await expect(page).toHaveURL(/\/incidents/)
  await page.reload()
  await awake(page)
  await doors.getByRole('link', { name: 'Phản ánh' }).click()
  await expect(page.getByRole('grid')).toBeVisible()
  await awake(page)
  expect(await scrolled()).toBe(0)

  await visit(page, '/reports?view=my_agency')
  for (let i = 0; i < 61; i++) await page.keyboard.press('j')
  await expect(page.locator('tr[data-focused]')).toContainText('Việc thứ 62')
  const preview = page.getByRole('complementary', { name: 'Xem nhanh' })
  await expect(preview).toContainText('Việc thứ 62')
  const before = await scrolled()
  await page.reload()
  await expect(page.locator('tr[data-focused]')).toContainText('Việc thứ 62')
  await expect(preview).toContainText('Việc thứ 62')
  await expect(page.getByRole('grid')).toBeFocused()
  expect(await scrolled()).toBe(before)
  await page.keyboard.press('j')
  await expect(page.locator('tr[data-focused]')).toContainText('Việc thứ 63')

  // What the user does before the rows have come again is not undone.
  const nextPage = /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z])/
  const letGo = await holdUp(page, nextPage)
  await page.reload()
  await awake(page)
  await page.keyboard.press('j')
  await expect(page.locator('tr[data-focused]')).toContainText('Việc thứ 2')
  letGo()
  await page.keyboard.press('j')
  await awake(page)
  await expect(page.locator('tr[data-focused]')).toContainText('Việc thứ 3')
})
