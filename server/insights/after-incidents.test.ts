import { asc, eq } from 'drizzle-orm'
import readXlsxFile from 'read-excel-file/node'
import { expect } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { openMailbox } from '#db/factories/mailbox.ts'
import { buildReport } from '#db/factories/reports.ts'
import { incidents, mailingRuns, mailings } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { closeIncident, reopenIncident } from '#server/incidents/commands/close-incident.ts'
import { saveMailing, switchMailing, testMailing } from './commands/save-mailing.ts'
import { sendMailings } from './commands/send-mailings.ts'
import { listRuns } from './queries/mailings.ts'
import type { SaveMailing } from './rules/mailing.ts'

const test = base
  .extend('many', { scope: 'file' }, ({ databaseUrl }, { onCleanup }) => {
    const client = connect(databaseUrl, { max: 12 })
    onCleanup(client.close)
    return client.db
  })
  .extend('box', async ({ many: _ }, { onCleanup }) => {
    const box = await openMailbox()
    onCleanup(box.close)
    return box
  })

const mailOf = ({ url }: { url: URL }) => ({ url, from: 'desk@hanoi.example', domains: ['hanoi.example'] })
const at = (db: Database, actor: Context['actor'], local: string): Context => ({ db, actor, now: () => hanoi(local) })

let count = 0
async function person(db: Database, wanted: Parameters<typeof buildAccount>[1] = {}): Promise<BuiltAccount> {
  count += 1
  return buildAccount(db, { roles: ['manager'], email: `p${count}@hanoi.example`, ...wanted })
}

/** An after-incident mailing of the city's manager, set up on the morning of 5 March. */
async function scheduled(db: Database, recipients: readonly BuiltAccount[], more: Partial<SaveMailing> = {}) {
  const boss = await person(db, { agency: await buildCity(db) })
  const rhythm = { edition: 'after_incident', day: 1, minute: 450, onWorkingDays: true } as const
  const saved = await saveMailing(at(db, boss.actor, '2026-03-05 10:00'), {
    id: null,
    version: 0,
    name: 'Tổng kết cho lãnh đạo',
    ...rhythm,
    skipsEmpty: true,
    locale: 'vi',
    attachments: [],
    recipientIds: recipients.map(({ id }) => id),
    isActive: true,
    ...more,
  })
  const runs = () =>
    db.select().from(mailingRuns).where(eq(mailingRuns.mailingId, saved.id)).orderBy(asc(mailingRuns.id))
  const end = async () => {
    await db.delete(mailings).where(eq(mailings.id, saved.id))
    await db.update(incidents).set({ closedAt: null })
  }
  return { ...saved, boss, runs, end }
}

/** An incident with this many reports of one agency, half of them answered. */
async function storm(db: Database, name: string, agency: { id: string }, reports: number) {
  const incident = await buildIncident(db, { name, startsAt: hanoi('2026-03-02 07:00') })
  for (let n = 0; n < reports; n += 1) {
    const state = n % 2 === 0 ? 'answered' : 'in_progress'
    const answeredAt = state === 'answered' ? hanoi('2026-03-03 09:00') : null
    await buildReport(db, { incidentId: incident.id, agencyId: agency.id, heldBy: [agency.id], state, answeredAt })
  }
  return incident
}

async function turn(db: Database, id: string, local: string, way: 'close' | 'reopen') {
  const ctx = at(db, await buildActor(db, 'dispatcher', await buildCity(db)), local)
  const [{ version } = { version: 0 }] = await db.select().from(incidents).where(eq(incidents.id, id))
  if (way === 'close') await closeIncident(ctx, { id, version, remarks: '' })
  else await reopenIncident(ctx, { id, version, reason: 'Mưa lớn trở lại' })
}

test('an incident that is closed is reported once, by one of five workers, to each recipient within their scope', async ({
  many: db,
  box,
}) => {
  const [one, other] = [await buildAgency(db), await buildAgency(db)]
  const [reader, stranger] = [await person(db, { agency: one }), await person(db, { agency: other })]
  const mailing = await scheduled(db, [reader, stranger], { attachments: ['xlsx', 'csv'] })
  const before = await storm(db, 'Mưa lớn đầu tháng', one, 2)
  await turn(db, before.id, '2026-03-05 09:59', 'close')
  const incident = await storm(db, 'Bão số 1', one, 4)
  await sendMailings(at(db, robot, '2026-03-06 08:00'), { mail: mailOf(box) })
  expect(box.letters).toEqual([])

  await turn(db, incident.id, '2026-03-06 08:10', 'close')
  const done = await Promise.all(
    [1, 2, 3, 4, 5].map(() => sendMailings(at(db, robot, '2026-03-06 08:11'), { mail: mailOf(box) })),
  )
  expect(done.reduce((sum, each) => sum + each, 0)).toBe(1)
  // The outsider sees none of its reports, so nothing is sent to them.
  expect(box.letters.flatMap(({ to }) => to)).toEqual([reader.email])
  const [letter] = box.letters
  expect(letter?.subject).toBe('Tổng kết sự kiện: Bão số 1')
  expect(letter?.text).toMatch(/Nhận 4 phản ánh, đã xử lý 2 \(50%\), còn 2 phản ánh đang mở\./)
  expect(letter?.text).toContain('Tính trong phạm vi người xem')
  expect(letter?.text).toContain('Thời gian đến khi trả lời (trung vị)')
  expect(letter?.text).not.toContain('an toàn')
  expect(letter?.text).toContain('không thay văn bản hành chính')
  expect(letter?.files.map(({ filename }) => filename)).toEqual([
    'tong-ket-2026-03-06.xlsx',
    'tong-ket-2026-03-06.csv',
    'phan-anh-2026-03-06.csv',
  ])
  const book = await readXlsxFile(letter?.files[0]?.content ?? Buffer.alloc(0))
  expect(book[0]?.data[1]?.slice(0, 2)).toEqual(['Phản ánh', 4])
  expect(book.at(-1)?.data).toHaveLength(1 + 4)
  expect(letter?.files[2]?.content.toString().trim().split('\n')).toHaveLength(1 + 4)
  const [run] = await listRuns(at(db, mailing.boss.actor, '2026-03-06 09:00'), mailing.id)
  expect(run).toMatchObject({ state: 'sent', incident: { name: 'Bão số 1' }, dueAt: hanoi('2026-03-06 08:10') })
  expect(run?.leftOut.map(({ why }) => why)).toEqual(['empty'])

  await turn(db, incident.id, '2026-03-06 10:00', 'reopen')
  await turn(db, incident.id, '2026-03-07 10:00', 'close')
  await sendMailings(at(db, robot, '2026-03-07 10:01'), { mail: mailOf(box) })
  expect([box.letters.length, (await mailing.runs()).length]).toEqual([1, 1])
  await mailing.end()
})

test('reopened before the letters were sent, it is reported when it is closed for good', async ({ db, box }) => {
  const agency = await buildAgency(db)
  const reader = await person(db, { agency })
  const mailing = await scheduled(db, [reader])
  const incident = await storm(db, 'Bão số 2', agency, 1)
  await turn(db, incident.id, '2026-03-06 08:00', 'close')
  box.refuse(reader.email ?? '', 1)
  await sendMailings(at(db, robot, '2026-03-06 08:01'), { mail: mailOf(box) })
  expect((await mailing.runs())[0]).toMatchObject({ state: 'waiting', error: 'refused' })
  await turn(db, incident.id, '2026-03-06 08:02', 'reopen')
  await sendMailings(at(db, robot, '2026-03-06 08:10'), { mail: mailOf(box) })
  expect([box.letters, await mailing.runs()]).toEqual([[], []])
  await turn(db, incident.id, '2026-03-08 17:00', 'close')
  await sendMailings(at(db, robot, '2026-03-08 17:01'), { mail: mailOf(box) })
  expect((await mailing.runs()).map(({ state, dueAt }) => [state, dueAt])).toEqual([
    ['sent', hanoi('2026-03-08 17:00')],
  ])
  await mailing.end()
})

test('switched off it misses what is closed meanwhile; a test reports the last one closed', async ({ db, box }) => {
  const agency = await buildAgency(db)
  const mailing = await scheduled(db, [await person(db, { agency })])
  const ctx = (local: string) => at(db, mailing.boss.actor, local)
  const off = await switchMailing(ctx('2026-03-09 08:00'), { ...mailing, isActive: false })
  const incident = await storm(db, 'Bão số 3', agency, 1)
  await turn(db, incident.id, '2026-03-09 09:00', 'close')
  const on = await switchMailing(ctx('2026-03-10 08:00'), { ...off, isActive: true })
  await sendMailings(at(db, robot, '2026-03-10 08:01'), { mail: mailOf(box) })
  expect(await mailing.runs()).toEqual([])

  await testMailing(ctx('2026-03-10 09:00'), on, mailOf(box))
  await sendMailings(at(db, robot, '2026-03-10 09:00'), { mail: mailOf(box) })
  expect(box.letters.map(({ to, subject }) => [to, subject])).toEqual([
    [[mailing.boss.email], '[Gửi thử] Tổng kết sự kiện: Bão số 3'],
  ])
  await db.update(incidents).set({ closedAt: null })
  await expect(testMailing(ctx('2026-03-10 09:10'), on, mailOf(box))).rejects.toThrow('no_closed_incident')
  await mailing.end()
})
