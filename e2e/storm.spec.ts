import { readFile } from 'node:fs/promises'
import { type Download, expect, type Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { test } from './fixtures.ts'
import { see } from './routes.ts'
import { awake } from './visit.ts'

/** The storm of September 2024, opened by a manager from the list of incidents. */
async function openYagi(page: Page): Promise<void> {
  await see(page, '/incidents')
  await page.getByRole('link', { name: /Yagi/ }).click()
  await page.getByRole('link', { name: 'Diễn biến', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Yagi/ })).toBeVisible()
  await expect(page).toHaveURL(/\/insights\/storm\/[0-9a-f-]{36}$/)
  await awake(page)
}

test('a manager downloads a card as CSV and the whole page as a workbook, and both contain the figures of the page', async ({
  signedInAs,
}) => {
  const page = await signedInAs('lanhdao.tp')
  await openYagi(page)
  const taken = async (menu: string, entry: string): Promise<Download> => {
    await page.getByRole('button', { name: menu }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: entry }).first().click(),
    ])
    return download
  }
  const kinds = await taken('Tải về: Theo loại phản ánh', 'Số liệu (CSV)')
  expect(kinds.suggestedFilename()).toMatch(/^storm-kinds-\d{4}-\d{2}-\d{2}\.csv$/)
  const [head, ...rows] = parse(await readFile(await kinds.path()), { bom: true }) as string[][]
  expect(head?.slice(0, 4)).toEqual(['Loại phản ánh', 'Mã', 'Tổng', 'Đang mở'])
  expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(110)

  const whole = await taken('Tải số liệu, in', 'Bảng tính (XLSX)')
  expect(whole.suggestedFilename()).toMatch(/^storm-\d{4}-\d{2}-\d{2}\.xlsx$/)
  const workbook = await readWorkbook(await readFile(await whole.path()))
  expect(workbook.map(({ sheet }) => sheet)).toEqual([
    'Chỉ số chính',
    'Phát sinh và kết thúc',
    'Theo địa bàn',
    'Theo loại phản ánh',
    'Theo ngày',
    'Chờ lâu nhất',
    'Giới thiệu',
  ])
  const tab = (name: string) => workbook.find(({ sheet }) => sheet === name)?.data ?? []
  expect(tab('Chỉ số chính')[1]?.slice(0, 2)).toEqual(['Phản ánh', 110])
  expect(
    tab('Phát sinh và kết thúc')
      .slice(1)
      .reduce((sum, row) => sum + Number(row[2]), 0),
  ).toBe(110)
  expect(tab('Giới thiệu').find(([item]) => item === 'Tiêu đề')?.[1]).toMatch(/^Diễn biến: .*Yagi/)
})
