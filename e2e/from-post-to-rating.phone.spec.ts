import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { buildCitizenLink } from '#db/factories/citizen-links.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { reports } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { buildOfCity, buildOffice } from './office.ts'
import { callProcedure } from './procedures.ts'
import { reportOn, timelineOf } from './report-page.ts'
import { visit } from './visit.ts'

const phone = { width: 390, height: 844 }
const words = 'Cây xà cừ đổ chắn ngang phố Lò Đúc, mn k đi được ạ.'
const what = 'Đã cưa cây, dọn sạch đường'

/** Runs one procedure as staff without the browser, because other tests cover the screens. */
async function step(db: Database, page: Page, name: string, code: string, input: object = {}): Promise<void> {
  const [report] = await db.select().from(reports).where(eq(reports.code, code))
  const asked = { reportId: report?.id, version: report?.version, ...input }
  expect(await callProcedure(page, `reports.${name}`, { input: asked })).toMatchObject({ status: 200 })
}

/** Ends the undo period of the last step. */
const release = (db: Database, code: string) =>
  db.update(reports).set({ releasedAt: new Date() }).where(eq(reports.code, code))

test('a report that a program sends is answered, and its citizen is satisfied with it on a phone', async ({
  browser,
  db,
  baseURL,
  signedInAs,
}) => {
  const [office, client] = [await buildOffice(db), await buildApiClient(db, { channel: 'app' })]
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Lê Thị Mai')
  const asked = (path: string, init: RequestInit = {}) =>
    fetch(`${baseURL}${path}`, { ...init, headers: { 'x-api-key': client.key } })
  const sent = await asked('/open311/v2/requests.json', {
    method: 'POST',
    body: new URLSearchParams({ service_code: 'CX-02', description: words, address_string: '73 phố Lò Đúc' }),
  })
  expect(sent.status).toBe(201)
  const [{ service_request_id: code }] = await sent.json()

  const desk = await signedInAs(dispatcher.username)
  await visit(desk, `/reports/${code}`)
  await step(db, desk, 'assign', code, { agencyId: office.agency.id })
  await release(db, code)
  const officer = await signedInAs(office.officer.username)
  await visit(officer, `/reports/${code}`)
  await step(db, officer, 'accept', code, { assignToMe: true })
  const answer = { what, where: 'Phố Lò Đúc', when: 'Sáng nay', ...fixed, next: '', photoIds: [] }
  await step(db, officer, 'submitAnswer', code, answer)
  const approver = await signedInAs(office.approver.username)
  await visit(approver, `/reports/${code}`)
  await step(db, approver, 'approve', code)
  // The answer is sent after the undo period of the approval.
  await expect
    .poll(async () => (await (await asked(`/open311/v2/requests/${code}.json`)).json())[0], { timeout: 60_000 })
    .toMatchObject({ status: 'closed', status_notes: expect.stringContaining(what) })

  const context = await browser.newContext({ viewport: phone, baseURL: baseURL as string })
  const citizen = await context.newPage()
  const [report] = await db.select().from(reports).where(eq(reports.code, code))
  await citizen.goto(await buildCitizenLink(db, report?.id ?? 0))
  await expect(citizen).toHaveURL(new RegExp(`/phan-anh/${code}$`))
  await expect(citizen.getByText(what)).toBeVisible()
  await citizen.getByRole('radio', { name: 'Hài lòng', exact: true }).check()
  await citizen.getByLabel('Lý do (không bắt buộc)').first().fill('Dọn nhanh, cảm ơn')
  await citizen.getByRole('button', { name: 'Gửi đánh giá' }).click()
  await expect(citizen.getByText('Bạn đánh giá: Hài lòng')).toBeVisible()
  await context.close()

  expect(await (await asked(`/api/v1/reports/${code}`)).json()).toMatchObject({ code, rating: 'satisfied' })
  await visit(officer, `/reports/${code}`)
  await reportOn(officer, code)
  const timeline = timelineOf(officer)
  await expect(timeline).toContainText('Công dân đánh giá: hài lòng')
  await expect(timeline).not.toContainText('(qua Tổng đài 1022)')
})
