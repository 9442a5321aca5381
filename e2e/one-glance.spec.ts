import type { Page } from '@playwright/test'
import { inArray } from 'drizzle-orm'
import { buildIncident } from '#db/factories/incidents.ts'
import { incidents } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { holdUp } from './slow-line.ts'
import { awake, visit } from './visit.ts'

const titles = [
  'Ngập nửa bánh xe trước số 131 Thái Hà, nắp cống bật, trẻ em suýt sụt chân',
  'Đường Hồ Tùng Mậu ngập, xe chết máy hàng loạt từ ngã tư đến hết bến xe',
  'Cây xà cừ đổ chắn ngang phố Lò Đúc, đè hai ô tô, chưa có người đến dọn',
  'Dây điện đứt rơi xuống lòng đường trước số nhà 18 ngõ 4 Phương Mai',
  'Ngập sâu trước cổng bệnh viện, xe cấp cứu không vào được từ 5 giờ sáng',
  'mai ton bay sang nha ben canh, khong ai nhan la cua minh',
  'Đèn tín hiệu ngã tư Kim Mã – Nguyễn Chí Thanh tắt hoàn toàn, giờ cao điểm hỗn loạn',
  'Rác sau mưa chất đống đầu ngõ 72 Nguyễn Trãi, nước bẩn chảy tràn ra lối đi chung',
  'Biển quảng cáo sắp đổ trên đường Nguyễn Trãi',
  'Mất nắp hố ga trước cổng trường tiểu học, học sinh đi qua rất nguy hiểm',
  'Nước sạch có mùi lạ cả tòa nhà, đã báo hai lần nhưng chưa thấy ai kiểm tra',
  'Vỉa hè bị đào lên rồi bỏ đó ba tuần, người đi xe lăn không qua được',
]

/**
 * What the list looks like: cut titles, widths of its columns, whole rows in sight, and whether it scrolls sideways.
 */
const measured = (page: Page) =>
  page.getByRole('grid').evaluate((grid) => {
    const frame = grid.parentElement as HTMLElement
    const inSight = frame.getBoundingClientRect()
    const rows = [...grid.querySelectorAll<HTMLElement>('tbody tr')]
    const isCut = (element: Element) =>
      element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth
    return {
      rows: rows.length,
      whole: rows.filter((row) => row.getBoundingClientRect().bottom <= inSight.bottom).length,
      cut: rows
        .map((row) => row.querySelector('[data-column="report"] a')?.parentElement)
        .filter((title) => !title || isCut(title))
        .map((title) => title?.textContent),
      lines: Math.max(
        ...rows.map((row) => (row.querySelector('[data-column="report"] a') as HTMLElement).getClientRects().length),
      ),
      datesCut: [...grid.querySelectorAll('tbody [data-column="received"]')].filter(isCut).length,
      deadlineCut: [...grid.querySelectorAll('[data-column="deadline"] button span')].filter(isCut).length,
      widths: Object.fromEntries(
        [...grid.querySelectorAll<HTMLElement>('thead th')].map((th) => [th.dataset.column, th.offsetWidth]),
      ),
      sideways: frame.scrollWidth > frame.clientWidth || document.documentElement.scrollWidth > window.innerWidth,
    }
  })

test('on an office monitor every title of the queue is readable, and the search keeps its space in a storm', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db, { shortName: 'P. Khương Đình' })
  for (const [i, title] of titles.entries()) {
    await buildReportAt(db, office, {
      title,
      severity: i % 3 === 0 ? 'urgent' : 'normal',
      assigneeId: i % 2 === 0 ? office.officer.id : null,
      dueAt: hoursAgo(24 * 40 - i * 90),
      soonAt: null,
    })
  }
  const names = ['Mưa lớn, ngập úng', 'Bão số 3 và hoàn lưu sau bão']
  const ids: string[] = []
  for (const name of names) ids.push((await buildIncident(db, { name, stormMode: true, startsAt: hoursAgo(3) })).id)
  try {
    const page = await signedInAs(office.officer.username, { viewport: { width: 1366, height: 768 } })
    await visit(page, '/reports?view=my_agency')
    await expect(page.getByRole('complementary', { name: 'Xem nhanh' })).toBeVisible()
    for (const [width, agency] of [
      [1280, undefined],
      [1366, 112],
      [1440, 112],
    ] as const) {
      await page.setViewportSize({ width, height: 768 })
      await expect.poll(async () => (await measured(page)).widths.agency).toBe(agency)
      const list = await measured(page)
      expect(list).toMatchObject({ rows: titles.length, cut: [], datesCut: 0, deadlineCut: 0, sideways: false })
      expect(list.lines).toBeLessThanOrEqual(2)
      expect(list.whole).toBeGreaterThanOrEqual(10)
      expect(list.widths).toMatchObject({ select: 54, deadline: 124, state: 112, received: 52 })
      const search = await page.getByRole('banner').getByRole('search').boundingBox()
      expect(search?.width).toBeGreaterThanOrEqual(width < 1366 ? 220 : 300)
      expect((await page.getByRole('banner').boundingBox())?.height).toBe(48)
    }
    // Overdue work is counted on one calendar: the days fall with the order, and say what they are.
    const days = await page.locator('tbody [data-column="deadline"]').allTextContents()
    const counted = days.filter((text) => /ngày làm việc$/.test(text)).map((text) => Number(/\d+/.exec(text)?.[0]))
    expect(counted.length).toBeGreaterThan(5)
    expect(counted).toEqual(counted.toSorted((a, b) => b - a))
    // A view of one state needs no column for it, and without the preview nothing scrolls sideways.
    await visit(page, '/reports?view=my_agency&state=in_progress')
    await expect(page.getByRole('columnheader', { name: 'Trạng thái' })).toHaveCount(0)
    await visit(page, '/reports?view=my_agency')
    await page.keyboard.press('Space')
    await expect(page.getByRole('columnheader', { name: 'Lĩnh vực' })).toBeVisible()
    expect((await measured(page)).sideways).toBe(false)
  } finally {
    await db.update(incidents).set({ stormMode: false }).where(inArray(incidents.id, ids))
  }
})

test('a reload keeps the rows, the scroll position, the focused row and its preview', async ({ signedInAs, db }) => {
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
  for (let i = 0; i < 61; i++) await page.keyboard.press('j')
  await expect(page.locator('tr[data-focused]')).toContainText('Việc thứ 62')
  const preview = page.getByRole('complementary', { name: 'Xem nhanh' })
  await expect(preview).toContainText('Việc thứ 62')
  const scrolled = () => page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTop)
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

test('without a focused row a reload keeps the scroll position; on another way to the queue it begins at the top', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  for (let i = 0; i < 40; i++) await buildReportAt(db, office, { title: `Việc thứ ${i + 1}` })
  const page = await signedInAs(office.officer.username, { viewport: { width: 1366, height: 768 } })
  await visit(page, '/reports?view=my_agency')
  const scrolled = () => page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTop)
  await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo(0, 500))
  await page.reload()
  await awake(page)
  await expect.poll(scrolled).toBe(500)

  await visit(page, '/incidents')
  await page.reload()
  await awake(page)
  await page.getByRole('navigation', { name: 'Điều hướng chính' }).getByRole('link', { name: 'Phản ánh' }).click()
  await expect(page.getByRole('grid')).toBeVisible()
  await awake(page)
  expect(await scrolled()).toBe(0)
})
