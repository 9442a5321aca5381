import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import readWorkbook from 'read-excel-file/node'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAssignment } from '#db/factories/lived-reports.ts'
import { accountRoles, events } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo, type Office } from './office.ts'
import { visit } from './visit.ts'

const tableIn = async (download: Download) =>
  parse(await readFile(await download.path()), { bom: true }) as readonly (readonly string[])[]

async function takenBy(page: Page, take: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), take()])
  return download
}

/**
 * Three reports of this week: two open, one answered, one of them with a name that a spreadsheet would execute as a
 * formula.
 */
async function buildWeek(db: Parameters<typeof buildOffice>[0]): Promise<Office> {
  const office = await buildOffice(db)
  const buildOwn = async (wanted: Parameters<typeof buildReportAt>[2]) =>
    buildAssignment(db, await buildReportAt(db, office, wanted), office.agency.id)
  await buildOwn({ title: '=2+5', reporter: { name: 'Lê Thị Bưởi', phone: '+84987654321' } })
  await buildOwn({ title: 'Cây đổ chắn ngang phố', channel: 'hotline' })
  await buildOwn({
    title: 'Cành gãy trước cổng trường',
    state: 'answered',
    receivedAt: hoursAgo(20),
    answeredAt: hoursAgo(2),
  })
  return office
}

test('a manager downloads a card as CSV and the board as a workbook', async ({ signedInAs, db }) => {
  const { agency } = await buildWeek(db)
  const leader = await buildAccount(db, { agency, name: 'Phạm Thị Mận', roles: ['manager'] })
  const page = await signedInAs(leader.username)
  await visit(page, '/insights?period=7d')

  await page.getByRole('button', { name: 'Tải về: Theo kênh tiếp nhận' }).click()
  const card = await takenBy(page, () => page.getByRole('menuitem', { name: 'Số liệu (CSV)' }).click())
  expect(card.suggestedFilename()).toMatch(/^channels-\d{4}-\d{2}-\d{2}\.csv$/)
  const [head, ...rows] = await tableIn(card)
  expect(head?.slice(0, 2)).toEqual(['Kênh', 'Tiếp nhận trong kỳ'])
  expect(rows.map(([channel, received]) => [channel, received])).toEqual(
    expect.arrayContaining([
      ['Ứng dụng iHanoi', '2'],
      ['Tổng đài 1022', '1'],
    ]),
  )

  await page.getByRole('button', { name: 'Tải số liệu, in' }).click()
  const board = await takenBy(page, () => page.getByRole('menuitem', { name: 'Bảng tính (XLSX)' }).click())
  expect(board.suggestedFilename()).toMatch(/^board-\d{4}-\d{2}-\d{2}\.xlsx$/)
  const workbook = await readWorkbook(await readFile(await board.path()))
  const tab = (name: string) => workbook.find(({ sheet }) => sheet === name)?.data ?? []
  expect(tab('Chỉ số chính')[1]?.slice(0, 2)).toEqual(['Tiếp nhận', 3])
  const parts = tab('Cơ cấu phản ánh tiếp nhận').slice(1, 6)
  expect(parts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(3)
  expect(tab('Giới thiệu').find(([item]) => item === 'Phạm vi số liệu')?.[1]).toBe(agency.name)
})

test('the drill-down of a figure is exported with as many rows as the figure says', async ({ signedInAs, db }) => {
  const { agency } = await buildWeek(db)
  const leader = await buildAccount(db, { agency, name: 'Phạm Văn Ổi', roles: ['manager'] })
  const page = await signedInAs(leader.username)
  await visit(page, '/insights?period=7d')
  await page.getByRole('link', { name: /^Tiếp nhận: 3\. / }).click()
  await expect(page.getByRole('region', { name: 'Con số trên bảng thống kê' })).toContainText('3')
  await page.getByRole('button', { name: 'Xuất danh sách' }).click()
  const dialog = page.getByRole('dialog', { name: 'Xuất danh sách phản ánh' })
  await expect(dialog.getByRole('status')).toHaveText('3 phản ánh, đúng như danh sách đang xem.')
  // A manager reads figures and reports, but not the reporter's data.
  await expect(dialog.getByText('Dữ liệu cá nhân')).toBeHidden()
  const [, ...rows] = await tableIn(
    await takenBy(page, () => dialog.getByRole('button', { name: 'Tải xuống' }).click()),
  )
  expect(rows).toHaveLength(3)
})

test('an officer exports the queue with the chosen columns', async ({ signedInAs, seriousViolations, db }) => {
  const { officer } = await buildWeek(db)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=open')
  await expect(page.getByRole('row', { name: /Cây đổ chắn ngang phố/ })).toBeVisible()
  await page.keyboard.press('Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Xuất danh sách phản ánh' })
  await expect(dialog.getByRole('status')).toHaveText('2 phản ánh, đúng như danh sách đang xem.')
  expect(await seriousViolations(page, '[role="dialog"]')).toEqual([])
  for (const column of ['Lĩnh vực', 'Phường, xã', 'Địa chỉ', 'Mức độ', 'Đơn vị', 'Hạn xử lý', 'Trả lời lúc']) {
    await dialog.getByRole('checkbox', { name: column, exact: true }).uncheck()
  }
  await dialog.getByRole('checkbox', { name: 'Điện thoại người phản ánh' }).check()
  const take = () => dialog.getByRole('button', { name: 'Tải xuống' }).click()

  await take()
  await expect(dialog.getByText('Ghi rõ lý do, ít nhất 10 ký tự.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Gọi xác minh hiện trường')
  const [head, ...rows] = await tableIn(await takenBy(page, take))
  expect(head).toEqual(['Mã', 'Tiêu đề', 'Trạng thái', 'Nhận lúc', 'Điện thoại người phản ánh'])
  expect(rows.map(([, title, state, , phone]) => [title, state, phone]).sort()).toEqual([
    ['\t=2+5', 'Đang xử lý', '\t+84987654321'],
    ['Cây đổ chắn ngang phố', 'Đang xử lý', ''],
  ])
  expect(rows[0]?.[3]).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+07:00$/)

  await expect(dialog).toBeHidden()
  await page.keyboard.press('Shift+E')
  await dialog.getByRole('radio', { name: /^Bảng tính/ }).check()
  const [tab] = await readWorkbook(await readFile(await (await takenBy(page, take)).path()))
  const at = tab?.data[0]?.indexOf('Nhận lúc') ?? -1
  expect(tab?.data[1]?.[at]).toBeInstanceOf(Date)
  await expect(dialog).toBeHidden()
})

test('a foreign page downloads no file in the name of the user who views it', async ({ signedInAs, baseURL, db }) => {
  const { officer } = await buildWeek(db)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=open')
  const told = () => db.$count(events, eq(events.actorId, officer.id))
  const before = await told()
  const downloads: string[] = []
  page.on('download', (download) => void downloads.push(download.url()))
  const wanted = 'view=all&format=csv&columns=code,reporterName&reason=toi'
  const desk = `${baseURL}/api/reports/export`
  const fields = [...new URLSearchParams(wanted)].map(([name, value]) => `<input name="${name}" value="${value}">`)
  const html = `<a href="${desk}?${wanted}">link</a>
    <form method="post" action="${desk}">${fields.join('')}<button>form</button></form>`
  await page.route('http://evil.example/', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  const answerTo = async (press: () => Promise<void>) => {
    await page.goto('http://evil.example/')
    const [answer] = await Promise.all([page.waitForResponse((each) => each.url().startsWith(desk)), press()])
    return answer.status()
  }
  expect(await answerTo(() => page.getByText('link').click())).toBe(405)
  expect(await answerTo(() => page.getByRole('button', { name: 'form' }).click())).toBe(403)
  expect(await told()).toBe(before)
  expect(downloads).toEqual([])
})

test('a refusal of a long file is shown on the page, which stays', async ({ signedInAs, db }) => {
  const { officer } = await buildWeek(db)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=open')
  await page.keyboard.press('Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Xuất danh sách phản ánh' })
  await expect(dialog.getByRole('status')).toHaveText('2 phản ánh, đúng như danh sách đang xem.')
  await db.delete(accountRoles).where(eq(accountRoles.accountId, officer.id))
  // A process caches a session for half a second.
  const rights = async () => (await page.request.get('/api/trpc/me.view')).text()
  await expect.poll(rights).not.toContain('reports.read')
  await dialog.getByRole('button', { name: 'Tải xuống' }).click()
  await expect(page.getByText('Tài khoản của bạn không có quyền thực hiện thao tác này.')).toBeVisible()
  await expect(page).toHaveURL(/\/reports\?view=open/)
})
