import { randomUUID } from 'node:crypto'
import { asc, eq, like } from 'drizzle-orm'
import { describe, expect, onTestFinished } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { events, settings } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { addInformation } from '#server/reports/commands/add-information.ts'
import { addNote } from '#server/reports/commands/add-note.ts'
import { answerBatch } from '#server/reports/commands/answer-batch.ts'
import { askCitizen, recordCitizenReply } from '#server/reports/commands/ask-citizen.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { composeNotice } from '#server/reports/commands/compose-notice.ts'
import { transferReport } from '#server/reports/commands/transfer-report.ts'
import { timelineOf } from '#server/reports/rules/timeline.ts'
import { escalate } from './commands/escalate.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { readNotifications } from './commands/read-notifications.ts'
import { notificationPage, unreadCount } from './queries/notifications.ts'
import { isAboutTime } from './rules/kinds.ts'
import { at, kindsTold, told, underWay } from './testing/under-way.ts'

describe('of a deadline', () => {
  test('no agency is reminded of a report whose assignment can still be taken back', async ({ db }) => {
    const { agency, approver, dispatcher } = await buildTeam(db)
    const from = await buildAgency(db)
    const late = await buildReport(db, { state: 'in_progress', agencyId: from.id, heldBy: [from.id] })
    const monday = (seconds: number, actor: Actor) => ({
      db,
      actor,
      now: () => new Date(hanoi('2026-03-09 10:00').getTime() + seconds * 1000),
    })
    await transferReport(monday(0, dispatcher), { ...seen(late), agencyId: agency.id, reason: 'Việc của đơn vị này' })
    await escalate(monday(14, robot))
    await notifyRecipients(monday(14, robot))
    expect(await kindsTold(db, approver, late.id)).toEqual([])
    await escalate(monday(18, robot))
    await notifyRecipients(monday(18, robot))
    expect(await kindsTold(db, approver, late.id)).toContain('overdue')
  })

  test('each escalation step is notified once, to the next recipients, in any process', async ({ db, databaseUrl }) => {
    const { officer, approver, dispatcher, agency, report } = await underWay(db)
    const head = await buildActor(db, 'manager', agency)
    const other = connect(databaseUrl, { max: 2 })
    onTestFinished(() => other.close())
    const steps: string[] = []
    for (const local of [
      '2026-03-06 08:30',
      '2026-03-09 09:01',
      '2026-03-10 09:00',
      '2026-03-12 09:00',
      '2026-03-12 09:01',
    ]) {
      await Promise.all([escalate(at(db, local)), escalate(at(other.db, local))])
      await Promise.all([notifyRecipients(at(db, local)), notifyRecipients(at(other.db, local))])
    }
    const log = await db.select().from(events).where(eq(events.reportId, report.id)).orderBy(asc(events.id))
    for (const { event, details } of log) if (event === 'report.escalated') steps.push(String(details.step))
    expect(steps.filter((step) => step !== 'forgotten')).toEqual(['due_soon', 'overdue', 'overdue_day', 'overdue_days'])
    const ofTime = async (actor: Actor) =>
      (await kindsTold(db, actor, report.id)).filter((kind) => isAboutTime(kind) && kind !== 'forgotten')
    expect(await ofTime(officer)).toEqual(['due_soon', 'overdue'])
    expect(await ofTime(approver)).toEqual(['overdue', 'overdue_day'])
    expect(await ofTime(head)).toEqual(['overdue_day'])
    expect(await ofTime(dispatcher)).toEqual(['overdue_days'])
    const told = timelineOf(
      log
        .filter(({ event }) => event === 'report.escalated')
        .map((row) => ({ ...row, at: row.at.toISOString(), from: row.fromState, to: row.toState })),
      { people: {}, agencies: {}, areas: {}, incidents: {}, reports: {}, notes: {}, messages: {} },
      'all',
    )
    expect(told.map(({ who }) => who.kind)).toEqual(
      log.filter(({ event }) => event === 'report.escalated').map(() => 'robot'),
    )
  })

  test('an escalation that begins late notifies only its highest step', async ({ db }) => {
    const { officer, dispatcher, report } = await underWay(db)
    await escalate(at(db, '2026-03-20 10:00'))
    await notifyRecipients(at(db, '2026-03-20 10:00'))
    expect(await kindsTold(db, officer, report.id)).toEqual([])
    expect(await kindsTold(db, dispatcher, report.id)).toEqual(['overdue_days'])
  })

  test('a deadline long before the first escalation run notifies no one', async ({ db }) => {
    const { dispatcher, report } = await underWay(db)
    for (const local of ['2026-06-01 10:00', '2026-06-01 10:01']) {
      await escalate(at(db, local))
      await notifyRecipients(at(db, local))
    }
    expect(await kindsTold(db, dispatcher, report.id)).toEqual([])
  })

  test('outside office hours it is shown when they begin; reading it delays the next by four hours of them', async ({
    db,
  }) => {
    const { officer, report } = await underWay(db)
    await escalate(at(db, '2026-03-06 12:30'))
    await notifyRecipients(at(db, '2026-03-06 12:30'))
    const [soon] = (await told(db, officer, report.id)).filter(({ kind }) => kind === 'due_soon')
    expect(soon?.shownAt).toEqual(hanoi('2026-03-06 13:00'))
    const reader = (local: string) => actingAt(db, officer, local)
    expect((await unreadCount(reader('2026-03-06 12:59'))).count).toBe(0)
    expect((await unreadCount(reader('2026-03-06 13:00'))).count).toBe(1)
    const everything = { before: null, unreadOnly: true }
    const { items } = await notificationPage(reader('2026-03-06 13:00'), everything)
    expect(items).toMatchObject([{ kind: 'due_soon', code: report.code }])
    await readNotifications(reader('2026-03-09 08:30'), { ids: items.map(({ id }) => id) })
    await escalate(at(db, '2026-03-09 09:01'))
    await notifyRecipients(at(db, '2026-03-09 09:01'))
    const [late] = (await told(db, officer, report.id)).filter(({ kind }) => kind === 'overdue')
    // 8:30 to 12:00 are three and a half hours; the last half begins at 13:00.
    expect(late?.shownAt).toEqual(hanoi('2026-03-09 13:30'))
  })
})

describe('a forgotten report', () => {
  /** The notifications of the agency's head at these moments of two days without work. */
  const toldOf = async (db: Database, approver: Actor, reportId: number, ...moments: string[]) => {
    for (const local of moments) {
      await escalate(at(db, local))
      await notifyRecipients(at(db, local))
    }
    return (await kindsTold(db, approver, reportId)).filter((kind) => kind === 'forgotten')
  }

  test('notifies the head of the agency once, however often the citizen asks', async ({ db }) => {
    const { officer, approver, dispatcher, report } = await underWay(db)
    const touched = await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: approver.id })
    const again = { reportId: report.id, version: touched.version, accountId: officer.id }
    const { version } = await assignPerson(actingAt(db, approver, '10:00'), again)
    const asked = { reportId: report.id, version, body: 'Bao giờ xong?' }
    await addInformation(actingAt(db, dispatcher, '2026-03-03 15:00'), asked)
    expect(await toldOf(db, approver, report.id, '2026-03-04 09:59')).toEqual([])
    expect(await toldOf(db, approver, report.id, '2026-03-04 10:01', '2026-03-05 10:01')).toEqual(['forgotten'])
  })

  test('is not forgotten while notes are written about it', async ({ db }) => {
    const { officer, approver, report } = await underWay(db)
    const note = { reportId: report.id, id: randomUUID(), body: 'Đã gọi cho tổ trưởng dân phố' }
    await addNote(actingAt(db, officer, '2026-03-03 15:00'), note)
    expect(await toldOf(db, approver, report.id, '2026-03-04 16:00', '2026-03-05 14:59')).toEqual([])
    expect(await toldOf(db, approver, report.id, '2026-03-05 15:01')).toEqual(['forgotten'])
  })

  test('stays forgotten after a notice to all, on whichever of the citizen’s reports it is recorded', async ({
    db,
  }) => {
    const { agency, approver, dispatcher } = await buildTeam(db)
    const { id: incidentId } = await buildIncident(db)
    const held = { agencyId: agency.id, heldBy: [agency.id], incidentId, reporter: { phone: '0912345678' } }
    const both = []
    for (let i = 0; i < 2; i += 1) both.push(await buildReport(db, { state: 'in_progress', ...held }))
    const filter = { subTypes: [], areaIds: [], openOnly: false }
    const words = { body: 'Thành phố đã nhận phản ánh.', followsId: null, expected: 1, wantsSecondPerson: false }
    const id = randomUUID()
    await composeNotice(actingAt(db, dispatcher, '2026-03-03 15:00'), { id, incidentId, filter, ...words })
    await answerBatch(at(db, '2026-03-03 15:01'), id)
    const names = await db.select({ event: events.event }).from(events).where(like(events.event, 'report.notice_%'))
    expect(names.map(({ event }) => event).sort()).toEqual(['report.notice_covered', 'report.notice_sent'])
    for (const report of both) expect(await toldOf(db, approver, report.id, '2026-03-04 10:01')).toEqual(['forgotten'])
  })
})

test('an unanswered question notifies the account that asked, once, after its working days', async ({ db }) => {
  const { officer, approver, report } = await underWay(db)
  const asked = await askCitizen(actingAt(db, officer, '10:00'), { ...seen(report), question: 'Ở ngõ nào ạ?' })
  const heard = async (...moments: string[]) => {
    for (const local of moments) {
      await escalate(at(db, local))
      await notifyRecipients(at(db, local))
    }
    const all = await Promise.all([officer, approver].map((actor) => kindsTold(db, actor, report.id)))
    return all.map((kinds) => kinds.filter((kind) => kind === 'citizen_silent'))
  }
  expect(await heard('2026-03-09 09:59')).toEqual([[], []])
  expect(await heard('2026-03-09 10:00', '2026-03-10 10:00')).toEqual([['citizen_silent'], []])
  const input = { reportId: report.id, version: asked.version, reply: 'Ngõ 5' }
  const { version } = await recordCitizenReply(actingAt(db, officer, '2026-03-10 10:00'), input)
  await askCitizen(actingAt(db, officer, '2026-03-10 11:00'), { reportId: report.id, version, question: 'Số nhà?' })
  expect(await heard('2026-03-17 10:59')).toEqual([['citizen_silent'], []])
  expect(await heard('2026-03-17 11:00')).toEqual([['citizen_silent', 'citizen_silent'], []])
})

test('the city sets the days a citizen has for a reply, and many days are notified too', async ({ db }) => {
  const { officer, report } = await underWay(db)
  const key = 'citizenReplyDays'
  onTestFinished(async () => void (await db.delete(settings).where(eq(settings.key, key))))
  await db.insert(settings).values({ key, value: 20 })
  await askCitizen(actingAt(db, officer, '10:00'), { ...seen(report), question: 'Ở ngõ nào ạ?' })
  for (const local of ['2026-03-27 10:01', '2026-03-30 10:01']) {
    await escalate(at(db, local))
    await notifyRecipients(at(db, local))
    const isPast = local > '2026-03-30'
    expect(await kindsTold(db, officer, report.id)).toEqual(isPast ? ['citizen_silent'] : [])
  }
})
