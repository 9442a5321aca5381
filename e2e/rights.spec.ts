import { expect } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { reportNotes } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { askProcedure, callProcedure } from './procedures.ts'
import { visit } from './visit.ts'

test('a report of another agency and one that does not exist look alike: not found, with a link back', async ({
  signedInAs,
  db,
}) => {
  const [mine, theirs] = [await buildOffice(db), await buildOffice(db)]
  const { code } = await buildReportAt(db, theirs, { title: 'Chuyện của phường khác' })
  const page = await signedInAs(mine.officer.username)
  const nowhere = 'HN-990101-9999'
  const shown: string[] = []
  for (const address of [nowhere, code]) {
    await visit(page, `/reports/${address}`)
    await expect(page.getByRole('heading', { name: 'Không tìm thấy phản ánh này' })).toBeVisible()
    shown.push(((await page.getByRole('main').textContent()) ?? '').replaceAll(address, 'HN'))
  }
  expect(shown[1]).toBe(shown[0])
  await expect(page.getByText('Chuyện của phường khác')).toHaveCount(0)
  const answersTo = async (address: string) => ({
    page: (await page.request.get(`/reports/${address}`, { headers: { accept: 'text/html' } })).status(),
    procedure: await askProcedure(page, 'reports.byCode', address),
  })
  const hidden = await answersTo(code)
  expect(hidden).toMatchObject({ page: 404, procedure: { status: 404 } })
  expect(await answersTo(nowhere)).toEqual(hidden)
  await page.getByRole('button', { name: 'Về danh sách' }).click()
  await expect(page).toHaveURL(/\/reports\?view=my_agency$/)
})

test('a mutation from a foreign page is refused, signed in or not', async ({
  signedInAs,
  page: stranger,
  baseURL,
  db,
}) => {
  const office = await buildOffice(db)
  const { id } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const input = { reportId: id, id: crypto.randomUUID(), body: 'Ghi chú từ trang lạ' }
  const foreign = { input, origin: 'https://trang-la.example' }
  for (const who of [page, stranger]) {
    const answer = await callProcedure(who, 'reports.addNote', foreign)
    expect(answer).toMatchObject({ status: 403, refusal: 'foreign_origin' })
  }
  expect(await db.$count(reportNotes, eq(reportNotes.reportId, id))).toBe(0)
  const { origin } = new URL(baseURL ?? '')
  expect((await callProcedure(page, 'reports.addNote', { input, origin })).status).toBe(200)
  expect(await db.$count(reportNotes, eq(reportNotes.reportId, id))).toBe(1)
})
