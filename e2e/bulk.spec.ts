import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { inArray, sql } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { reports } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

type Database = Parameters<typeof buildOffice>[0]

const bar = (page: Page) => page.getByRole('region', { name: 'Các phản ánh đã chọn' })
const tagsOf = async (db: Database, ids: number[]) =>
  (await db.select({ tags: reports.tags }).from(reports).where(inArray(reports.id, ids))).map(({ tags }) => tags.join())

test('three hundred reports with mixed rights, one of which cannot be written', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  test.setTimeout(150_000)
  const office = await buildOffice(db)
  const other = await buildAgency(db)
  const first = await buildReportAt(db, office, { title: 'Cây đổ ngang đường' })
  const own = await buildCopies(db, first, 279, { agencyId: office.agency.id, heldBy: [office.agency.id] })
  await buildCopies(db, first, 20, { agencyId: other.id, heldBy: [office.agency.id, other.id] })
  const broken = own[200] as number
  await db.execute(
    sql.raw(`
    create function refuse_${broken}() returns trigger language plpgsql as
      $$ begin if new.id = ${broken} then raise check_violation using message = 'injected'; end if; return new; end $$;
    create trigger refuse_${broken} before update on reports for each row execute function refuse_${broken}();`),
  )
  try {
    const page = await signedInAs(office.approver.username)
    await visit(page, '/reports?view=open')
    await page.keyboard.press('Control+a')
    await expect(bar(page).getByRole('status')).toHaveText('Đã chọn 50 phản ánh')
    await page.keyboard.press('Control+a')
    await expect(bar(page).getByRole('status')).toHaveText('Đã chọn 300 phản ánh')
    await expect(bar(page)).toContainText('phản ánh đến sau không nằm trong số này')

    await page.keyboard.press('l')
    const sheet = page.getByRole('dialog', { name: 'Gắn nhãn: 300 phản ánh' })
    await sheet.getByLabel('Thêm nhãn').fill('bão số 3')
    await page.keyboard.press('Enter')
    await expect(sheet.getByRole('status')).toHaveText('300 phản ánh đã chọn; 280 sẽ thay đổi')
    await expect(sheet.getByText('20 phản ánh bạn không có quyền sửa')).toBeVisible()
    expect(await seriousViolations(page, '[role=dialog]')).toEqual([])
    await sheet.getByRole('button', { name: 'Thực hiện với 280 phản ánh' }).click()
    await expect(sheet.getByRole('status')).toHaveText('Đã xong', { timeout: 90_000 })
    await expect(sheet.getByText('279 đã thay đổi')).toBeVisible()
    await expect(sheet.getByText('1 không làm được')).toBeVisible()
    await expect(sheet.getByText('20 bỏ qua')).toBeVisible()

    await sheet.getByText('Không thay đổi', { exact: true }).click()
    await expect(sheet.getByText('Cơ sở dữ liệu không ghi được thay đổi này.')).toBeVisible()
    expect(await seriousViolations(page, '[role=dialog]')).toEqual([])
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      sheet.getByRole('button', { name: 'Tải danh sách phản ánh không thay đổi (CSV)' }).click(),
    ])
    const [head, ...rows] = parse(await readFile(await file.path()), { bom: true }) as string[][]
    expect(head).toEqual(['Mã phản ánh', 'Tiêu đề', 'Trạng thái khi xác nhận', 'Kết quả', 'Lý do'])
    expect(rows).toHaveLength(21)
    expect(rows.filter(([, , , outcome]) => outcome === 'Không làm được')).toHaveLength(1)
    expect((await tagsOf(db, own)).filter((tags) => tags === 'bão số 3')).toHaveLength(278)

    // A user who comes back finds the run again.
    await visit(page, '/reports?view=open')
    await page.getByRole('button', { name: 'Xử lý hàng loạt', exact: true }).click()
    const runs = page.getByRole('dialog', { name: 'Xử lý hàng loạt gần đây' })
    await runs.getByRole('button', { name: /Gắn nhãn: bão số 3/ }).click()
    await expect(runs.getByText('279 đã thay đổi')).toBeVisible()
  } finally {
    await db.execute(sql.raw(`drop trigger refuse_${broken} on reports; drop function refuse_${broken}()`))
  }
})

test('more than five hundred require the password again', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const password = 'cầu Long Biên 1902'
  const approver = await buildAccount(db, { agency: office.agency, name: 'Lê Thị Mận', roles: ['approver'], password })
  const first = await buildReportAt(db, office, {})
  await buildCopies(db, first, 500, { agencyId: office.agency.id, heldBy: [office.agency.id] })
  const page = await signedInAs(approver.username)
  await db.execute(sql`update sessions set created_at = now() - interval '1 hour' where account_id = ${approver.id}`)
  await visit(page, '/reports?view=open')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+a')
  await expect(bar(page).getByRole('status')).toHaveText('Đã chọn 501 phản ánh')
  await page.keyboard.press('l')
  const sheet = page.getByRole('dialog', { name: 'Gắn nhãn: 501 phản ánh' })
  await sheet.getByLabel('Thêm nhãn').fill('ngập')
  await page.keyboard.press('Enter')
  await sheet.getByRole('button', { name: 'Thực hiện với 501 phản ánh' }).click()
  const again = page.getByRole('dialog', { name: 'Xác nhận lại danh tính' })
  // By the keyboard alone: the field has the focus, and the wrong password is typed over.
  await expect(again.getByLabel('Mật khẩu')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(again.getByText('Nhập mật khẩu.')).toBeVisible()
  await page.keyboard.type('sai roi nhe')
  await page.keyboard.press('Enter')
  await expect(again.getByText('Mật khẩu hiện tại không đúng.')).toBeVisible()
  await expect(again.getByRole('button', { name: 'Xác nhận' })).not.toHaveAttribute('aria-busy')
  await page.keyboard.insertText(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('progressbar', { name: 'Tiến độ' })).toBeVisible()
  await page.getByRole('button', { name: 'Dừng' }).click()
  await expect(page.getByText('Đã dừng', { exact: true })).toBeVisible()

  // The same for downloading as many: a confirmation holds for a while, and then no longer.
  await db.execute(sql`update sessions set created_at = now() - interval '1 hour', confirmed_at = now() - interval '1 hour'
    where account_id = ${approver.id}`)
  await visit(page, '/reports?view=open')
  await page.keyboard.press('Shift+E')
  const file = page.getByRole('dialog', { name: 'Xuất danh sách phản ánh' })
  await expect(file.getByRole('status')).toContainText('501 phản ánh')
  await file.getByRole('button', { name: 'Tải xuống' }).click()
  await again.getByLabel('Mật khẩu').fill(password)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    again.getByRole('button', { name: 'Xác nhận' }).click(),
  ])
  expect(parse(await readFile(await download.path()), { bom: true })).toHaveLength(502)
})
