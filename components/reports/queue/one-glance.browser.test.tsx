import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, textsOf } from '#app/testing/hands.ts'
import { appRouter } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'
import { hoursAgo } from '#app/testing/times.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildIncident } = onServer<typeof import('#db/factories/incidents.ts')>('db/factories/incidents.ts')
const { calmDown } = onServer<typeof import('#app/testing/beside/incidents.ts')>('app/testing/beside/incidents.ts')

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
const measured = () => {
  const grid = page.getByRole('grid').element()
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
}

test('on an office monitor every title of the queue is readable, and the search keeps its space in a storm', async () => {
  const office = await buildOffice({ shortName: 'P. Khương Đình' })
  for (const [i, title] of titles.entries()) {
    await buildReportAt(office, {
      title,
      severity: i % 3 === 0 ? 'urgent' : 'normal',
      assigneeId: i % 2 === 0 ? office.officer.id : null,
      dueAt: hoursAgo(24 * 40 - i * 90),
      soonAt: null,
    })
  }
  const names = ['Mưa lớn, ngập úng', 'Bão số 3 và hoàn lưu sau bão']
  const ids: string[] = []
  for (const name of names) ids.push((await buildIncident({ name, stormMode: true, startsAt: hoursAgo(3) })).id)
  try {
    await signInAs(office.officer.username, { width: 1366, height: 768 })
    await visit('/reports?view=my_agency')
    await expect.element(page.getByRole('complementary', { name: /Xem nhanh/ })).toBeVisible()
    for (const [width, agency] of [
      [1280, undefined],
      [1366, 112],
      [1440, 112],
    ] as const) {
      await page.viewport(width, 768)
      await expect.poll(() => measured().widths.agency).toBe(agency)
      const list = measured()
      expect(list).toMatchObject({ rows: titles.length, cut: [], datesCut: 0, deadlineCut: 0, sideways: false })
      expect(list.lines).toBeLessThanOrEqual(2)
      expect(list.whole).toBeGreaterThanOrEqual(10)
      expect(list.widths).toMatchObject({ select: 54, deadline: 124, state: 112, received: 52 })
      const bar = page.getByRole('banner')
      expect(bar.css('search').element().getBoundingClientRect().width).toBeGreaterThanOrEqual(width < 1366 ? 220 : 300)
      expect(bar.element().getBoundingClientRect().height).toBe(48)
    }
    // Overdue work is counted on one calendar: the days fall with the order, and say what they are.
    const days = textsOf(page.css('tbody [data-column="deadline"]'))
    const counted = days.filter((text) => /ngày làm việc$/.test(text)).map((text) => Number(/\d+/.exec(text)?.[0]))
    expect(counted.length).toBeGreaterThan(5)
    expect(counted).toEqual(counted.toSorted((a, b) => b - a))
    // Without the preview nothing scrolls sideways, and a view of one state needs no column for it.
    await press('Space')
    await expect.element(page.getByRole('columnheader', { name: /Lĩnh vực/ })).toBeVisible()
    const ofState = page.getByRole('columnheader', { name: /Trạng thái/ })
    await expect.element(ofState).toBeVisible()
    expect(measured().sideways).toBe(false)
    appRouter.push('/reports?view=my_agency&state=in_progress')
    await expect.element(ofState).not.toBeInTheDocument()
  } finally {
    await calmDown(ids)
  }
})
