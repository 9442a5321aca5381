import { eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { seen } from '#db/factories/team.ts'
import { reportAnswers, reports } from '#db/schema/index.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { issueCitizenLink } from '#server/citizen-links/links.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { approveAnswer } from '#server/reports/commands/approve-answer.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { sendAnswer } from '#server/reports/commands/send-answer.ts'
import { submitAnswer } from '#server/reports/commands/submit-answer.ts'
import { expect, test } from './fixtures.ts'
import { buildOfCity, buildOffice, hoursAgo, type Office } from './office.ts'
import { reportOn, timelineOf } from './report-page.ts'
import { visit } from './visit.ts'

const phone = { width: 390, height: 844 }
const words = 'Cây xà cừ đổ chắn ngang phố Lò Đúc, mn k đi được ạ.'
const what = 'Đã cưa cây, dọn sạch đường'

/** Sent three hours ago, assigned, answered, approved, and told by now; the screens of that have their own journeys. */
async function answerIt(db: Database, code: string, office: Office, dispatcher: Actor): Promise<number> {
  const [report] = await db.select().from(reports).where(eq(reports.code, code))
  if (!report) throw new Error(`there is no report ${code}`)
  const { id } = report
  const earlier = sql`interval '3 hours'`
  await db.execute(sql`update reports set received_at = received_at - ${earlier},
    last_activity_at = last_activity_at - ${earlier} where id = ${id}`)
  await db.execute(sql`update report_clocks set started_at = started_at - ${earlier} where report_id = ${id}`)
  const by = <A extends Actor>(actor: A, hours: number) => ({ db, actor, now: () => hoursAgo(hours) })
  const { agency, officer, approver } = office
  let moved = await assignReport(by(dispatcher, 2.5), { ...seen(report), agencyId: agency.id })
  moved = await acceptReport(by(officer.actor, 2), { ...seen(moved), assignToMe: true })
  const answer = { what, where: 'Phố Lò Đúc', when: 'Sáng nay', next: '', photoIds: [] }
  moved = await submitAnswer(by(officer.actor, 1.5), { ...seen(moved), ...answer })
  await approveAnswer(by(approver.actor, 1), seen(moved))
  const [written] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, id))
  // Unless the worker has been faster.
  await sendAnswer(by(robot, 0.5), written?.id ?? '')
  return id
}

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
  const reportId = await answerIt(db, code, office, dispatcher.actor)
  const [told] = await (await asked(`/open311/v2/requests/${code}.json`)).json()
  expect(told).toMatchObject({ status: 'closed', status_notes: expect.stringContaining(what) })

  const context = await browser.newContext({ viewport: phone, baseURL: baseURL as string })
  const citizen = await context.newPage()
  await citizen.goto(await issueCitizenLink(db, reportId, { now: new Date() }))
  await expect(citizen).toHaveURL(new RegExp(`/phan-anh/${code}$`))
  await expect(citizen.getByText(what)).toBeVisible()
  await citizen.getByRole('radio', { name: 'Hài lòng', exact: true }).check()
  await citizen.getByLabel('Lý do (không bắt buộc)').first().fill('Dọn nhanh, cảm ơn')
  await citizen.getByRole('button', { name: 'Gửi đánh giá' }).click()
  await expect(citizen.getByText('Bạn đánh giá: Hài lòng')).toBeVisible()
  await context.close()

  expect(await (await asked(`/api/v1/reports/${code}`)).json()).toMatchObject({ code, rating: 'satisfied' })
  const officer = await signedInAs(office.officer.username)
  await visit(officer, `/reports/${code}`)
  await reportOn(officer, code)
  const timeline = timelineOf(officer)
  await expect(timeline).toContainText('Công dân đánh giá: hài lòng')
  await expect(timeline).not.toContainText('(qua Tổng đài 1022)')
})
