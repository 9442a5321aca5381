import { randomUUID } from 'node:crypto'
import { asc, eq, like, sql as query } from 'drizzle-orm'
import { describe, expect, onTestFinished } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { openBusyServer, openMailbox } from '#db/factories/mailbox.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import {
  accountRoles,
  accounts,
  events,
  notificationMarks,
  notifications,
  reportRequests,
  settings,
} from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { addInformation } from '#server/reports/commands/add-information.ts'
import { addNote } from '#server/reports/commands/add-note.ts'
import { answerBatch } from '#server/reports/commands/answer-batch.ts'
import { approveAnswer, sendBackAnswer } from '#server/reports/commands/approve-answer.ts'
import { askCitizen, recordCitizenReply } from '#server/reports/commands/ask-citizen.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { composeNotice } from '#server/reports/commands/compose-notice.ts'
import { decideRequest } from '#server/reports/commands/decide-request.ts'
import { rateReport } from '#server/reports/commands/rate-report.ts'
import { reopenReport } from '#server/reports/commands/reopen-report.ts'
import { requestExtension } from '#server/reports/commands/request-extension.ts'
import { submitAnswer } from '#server/reports/commands/submit-answer.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { transferReport } from '#server/reports/commands/transfer-report.ts'
import { takeChangeBack } from '#server/reports/commands/undo-change.ts'
import { withdrawAnswer } from '#server/reports/commands/withdraw-answer.ts'
import { timelineOf } from '#server/reports/rules/timeline.ts'
import { shownJustNow } from './commands/deliver-due.ts'
import { escalate } from './commands/escalate.ts'
import { forgetOld } from './commands/forget-old.ts'
import { mailNotifications } from './commands/mail-notifications.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { readNotifications } from './commands/read-notifications.ts'
import { sweepNotices } from './commands/sweep-notices.ts'
import { notificationJobs } from './jobs.ts'
import { notificationPage, unreadCount } from './queries/notifications.ts'
import { isAboutTime } from './rules/kinds.ts'
import { notifiedEvents } from './rules/recipients.ts'
import { watchedEvents } from './rules/watched-events.ts'

const at = (db: Database, local: string) => actingAt(db, robot, local)
/** So many seconds after ten o'clock: what can be undone has recipients after fifteen. */
const afterTen = (db: Database, seconds: number, actor: Actor = robot) => ({
  db,
  actor,
  now: () => new Date(hanoi('2026-03-02 10:00').getTime() + seconds * 1000),
})

/** An agency with a report in progress since Monday morning, due on the following Monday at 9:00. */
async function underWay(db: Database) {
  const team = await buildTeam(db)
  const { agency, officer } = team
  const held = { agencyId: agency.id, heldBy: [agency.id] }
  const report = await buildReport(db, { state: 'in_progress', ...held, assigneeId: officer.id })
  return { ...team, report }
}

type Given = { db: Database } & Pick<Awaited<ReturnType<typeof underWay>>, 'approver' | 'officer' | 'report'>

/** The report is assigned to the approver and then to the officer again, who is notified at 10:02. */
async function giveAgain({ db, approver, officer, report }: Given) {
  await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: approver.id })
  const again = { reportId: report.id, version: report.version + 1, accountId: officer.id }
  await assignPerson(actingAt(db, approver, '10:01'), again)
  await notifyRecipients(at(db, '10:02'))
}

/** The account's notifications of this report, in order. */
async function told(db: Database, actor: Actor, reportId: number) {
  const rows = await db
    .select()
    .from(notifications)
    .where(eq(notifications.accountId, actor.id ?? ''))
    .orderBy(asc(notifications.id))
  return rows.filter((row) => row.reportId === reportId)
}
const kindsTold = async (db: Database, actor: Actor, reportId: number) =>
  (await told(db, actor, reportId)).map(({ kind }) => kind)

test('the trigger marks exactly the events that have recipients, or would have watchers', async ({ sql }) => {
  const [row] = await sql`select prosrc from pg_proc where proname = 'mark_notifications'`
  const [always = '', ...others] = String(row?.prosrc).split(/\bOR\b/)
  const eventsIn = (text: string) => [...text.matchAll(/'(report\.\w+)'/g)].map(([, event]) => event).toSorted()
  expect(eventsIn(always)).toEqual(notifiedEvents.toSorted())
  const onlyWatched = watchedEvents.filter((event) => !notifiedEvents.includes(event))
  expect(eventsIn(others.join())).toEqual(onlyWatched.toSorted())
})

describe('an undone act', () => {
  /**
   * The approver becomes the assignee, in bulk, and undoes that after the others were notified; in between the officer,
   * the previous assignee, may read the notification.
   */
  async function takenBack(db: Database, between: (officer: Actor, reportId: number) => Promise<unknown>) {
    const { agency, officer, approver } = await buildTeam(db, { onlyAssigneeAnswers: true })
    const held = { agencyId: agency.id, heldBy: [agency.id], assigneeId: officer.id }
    const report = await buildReport(db, { state: 'in_progress', ...held })
    const ctx = actingAt(db, approver, '10:00')
    const mine = await assignPerson(ctx, { ...seen(report), accountId: approver.id })
    await between(officer, report.id)
    await takeChangeBack(afterTen(db, 25, approver), seen(mine))
    await notifyRecipients(afterTen(db, 25))
    await notifyRecipients(at(db, '10:01'))
    return kindsTold(db, officer, report.id)
  }

  test('leaves no notification, whether it was already notified or not', async ({ db }) => {
    expect(await takenBack(db, async () => {})).toEqual([])
    expect(await takenBack(db, () => notifyRecipients(afterTen(db, 20)))).toEqual([])
  })

  test('is notified to those who have read of the act', async ({ db }) => {
    const reading = async (officer: Actor) => {
      await notifyRecipients(afterTen(db, 20))
      await db
        .update(notifications)
        .set({ readAt: afterTen(db, 22).now() })
        .where(eq(notifications.accountId, officer.id ?? ''))
    }
    expect(await takenBack(db, reading)).toEqual(['taken_over', 'assigned'])
  })

  test('notifies no one of an approved answer that is withdrawn, or of any decision that is taken back', async ({
    db,
  }) => {
    const { agency, officer, approver, dispatcher } = await buildTeam(db)
    const held = { agencyId: agency.id, heldBy: [agency.id], authorId: officer.id, assigneeId: officer.id }
    const report = await buildReport(db, { state: 'awaiting_approval', ...held })
    const ways = [
      { who: approver, does: approveAnswer, back: withdrawAnswer, kind: 'approved' },
      { who: approver, does: sendBackAnswer, back: takeBack, kind: 'sent_back' },
      { who: dispatcher, does: reopenReport, back: takeBack, kind: 'reopened', of: { state: 'closed', ...held } },
      { who: dispatcher, does: rateReport, back: takeBack, kind: 'dissatisfied', of: { state: 'answered', ...held } },
    ] as const
    for (const { who, does, back, kind, ...way } of ways) {
      const about = 'of' in way ? await buildReport(db, way.of) : report
      const { version } = (await storyOf(db, about.id)).report
      const known = {
        reportId: about.id,
        version,
        remarks: 'Thiếu ảnh',
        reason: 'Chưa xong',
        rating: kind,
        channel: 'hotline',
        words: '',
      }
      const ctx = afterTen(db, 0, who)
      const made = await does(ctx, known as never)
      await notifyRecipients(afterTen(db, 14))
      expect([kind, await kindsTold(db, officer, about.id)]).toEqual([kind, []])
      const undone = await back(afterTen(db, 14, who), seen(made))
      await notifyRecipients(at(db, '10:01'))
      expect([kind, await kindsTold(db, officer, about.id)]).toEqual([kind, []])
      if (about === report) continue
      await does(ctx, { ...known, ...seen(undone) } as never)
      await notifyRecipients(afterTen(db, 18))
      expect(await kindsTold(db, officer, about.id)).toEqual([kind])
    }
  })
})

test('recipients are notified once, and never of their own actions', async ({ db }) => {
  const { officer, approver, report } = await underWay(db)
  const answer = { what: 'Đã dọn', whereDone: 'Ngõ 5', whenDone: 'sáng nay', next: '', photoIds: [] }
  let version = report.version
  const go = async (
    actor: Actor,
    local: string,
    command: (ctx: never, input: never) => Promise<{ version: number }>,
    more = {},
  ) => {
    const input = { reportId: report.id, version, ...more }
    version = (await command(actingAt(db, actor, local) as never, input as never)).version
    await notifyRecipients(at(db, local))
  }
  await go(approver, '10:00', assignPerson as never, { accountId: approver.id })
  await go(approver, '10:05', assignPerson as never, { accountId: officer.id })
  await go(officer, '10:10', requestExtension as never, { minutes: 480, reason: 'Chờ xe cẩu' })
  const [request] = await db.select().from(reportRequests).where(eq(reportRequests.reportId, report.id))
  const requestId = request?.id
  await go(approver, '10:20', decideRequest as never, { requestId, approve: true, remarks: '' })
  await go(officer, '10:30', submitAnswer as never, answer)
  await go(approver, '10:40', sendBackAnswer as never, { remarks: 'Thiếu giờ' })
  await go(officer, '10:50', submitAnswer as never, answer)
  await go(approver, '11:00', approveAnswer as never)
  await notifyRecipients(at(db, '11:31'))
  expect(await kindsTold(db, officer, report.id)).toEqual(['assigned', 'decided', 'sent_back', 'approved'])
  expect(await kindsTold(db, approver, report.id)).toEqual(['asked', 'to_approve', 'to_approve'])
  const { items } = await notificationPage(actingAt(db, officer, '12:00'), { before: null, unreadOnly: false })
  const granted = hanoi('2026-03-10 09:00')
  expect(items.map(({ kind, extendedTo }) => extendedTo && [kind, extendedTo]).filter(Boolean)).toEqual([
    ['decided', granted],
  ])
})

describe('of a report that a colleague takes over', () => {
  /** Hùng is the assignee; Minh takes the report over, and reassigns it. The notifications of each of them. */
  async function takenFromHung(db: Database, onlyAssigneeAnswers: boolean) {
    const { agency, officer, approver } = await buildTeam(db, { onlyAssigneeAnswers })
    const minh = await buildActor(db, 'officer', agency, 'Lê Văn Minh')
    const held = { agencyId: agency.id, heldBy: [agency.id], assigneeId: officer.id }
    const report = await buildReport(db, { state: 'in_progress', ...held })
    const give = async (actor: Actor, local: string, version: number, accountId: string | null) => {
      await assignPerson(actingAt(db, actor, local), { reportId: report.id, version, accountId })
      await notifyRecipients(at(db, local))
    }
    await give(minh, '10:00', 1, minh.id)
    await notifyRecipients(at(db, '10:01'))
    const first = await told(db, officer, report.id)
    // No take-over: it had no assignee, or the assignee acts themselves. Then the head reassigns it from Hùng.
    await give(minh, '10:02', 2, null)
    await give(officer, '10:03', 3, officer.id)
    await give(officer, '10:04', 4, officer.id)
    await give(approver, '10:05', 5, minh.id)
    await notifyRecipients(at(db, '10:06'))
    return { minh, first, hung: await kindsTold(db, officer, report.id), his: await kindsTold(db, minh, report.id) }
  }

  test('the previous assignee is notified once of the new one, if only the assignee answers', async ({ db }) => {
    const { minh, first, hung, his } = await takenFromHung(db, true)
    expect(first).toMatchObject([{ kind: 'taken_over', actorId: minh.id }])
    expect([hung, his]).toEqual([['taken_over', 'taken_over'], ['assigned']])
  })

  test('and nothing elsewhere', async ({ db }) => {
    const { hung, his } = await takenFromHung(db, false)
    expect([hung, his]).toEqual([[], ['assigned']])
  })
})

test('a dissatisfied rating notifies the assignee and the head of the agency; a satisfied one no one', async ({
  db,
}) => {
  const { officer, approver, dispatcher, agency } = await buildTeam(db)
  const held = { agencyId: agency.id, heldBy: [agency.id], assigneeId: officer.id }
  for (const rating of ['dissatisfied', 'satisfied'] as const) {
    const report = await buildReport(db, { state: 'answered', ...held })
    await rateReport(actingAt(db, dispatcher, '2026-03-03 10:00'), {
      ...seen(report),
      rating,
      channel: 'hotline',
      words: '',
    })
    await notifyRecipients(at(db, '2026-03-03 10:01'))
    const expected = rating === 'dissatisfied' ? ['dissatisfied'] : []
    for (const actor of [officer, approver]) expect(await kindsTold(db, actor, report.id)).toEqual(expected)
  }
})

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

test('notifications are deleted after half a year', async ({ db }) => {
  const { approver, officer, report } = await underWay(db)
  await giveAgain({ db, approver, officer, report })
  await forgetOld(at(db, '2026-08-28 10:00'))
  expect(await kindsTold(db, officer, report.id)).toEqual(['assigned'])
  await forgetOld(at(db, '2026-08-30 10:00'))
  expect(await kindsTold(db, officer, report.id)).toEqual([])
})

test('a report that has left the account’s scope is no longer named', async ({ db }) => {
  const { officer, approver, dispatcher, report } = await underWay(db)
  const elsewhere = await buildTeam(db)
  await giveAgain({ db, approver, officer, report })
  expect((await unreadCount(actingAt(db, officer, '10:03'))).count).toBe(1)
  const stranger = elsewhere.officer
  await db.update(notifications).set({ accountId: stranger.id }).where(eq(notifications.accountId, officer.id))
  expect((await unreadCount(actingAt(db, stranger, '10:03'))).count).toBe(0)
  expect((await notificationPage(actingAt(db, stranger, '10:03'), { before: null, unreadOnly: false })).items).toEqual(
    [],
  )
  expect(dispatcher.id).not.toBe(stranger.id)
})

test('mail is one letter, sent once, to those who chose it; a letter that was not accepted is retried', async ({
  db,
}) => {
  const { officer, approver, report } = await underWay(db)
  const mailbox = await openMailbox()
  onTestFinished(() => mailbox.close())
  const mail = { url: mailbox.url, from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] }
  await db
    .update(accounts)
    .set({ email: 'can.bo@hanoi.gov.vn', preferences: { mailNotifications: true } })
    .where(eq(accounts.id, officer.id))
  await giveAgain({ db, approver, officer, report })
  mailbox.refuse('can.bo@hanoi.gov.vn', 1)
  const send = () => mailNotifications(at(db, '10:15'), { mail, appUrl: new URL('https://desk.hanoi.gov.vn') })
  expect(await send()).toBe(0)
  expect([await send(), await send()]).toEqual([1, 0])
  expect(mailbox.letters.map(({ to, subject }) => [to, subject])).toEqual([
    [['can.bo@hanoi.gov.vn'], '1 thông báo chưa đọc'],
  ])
  expect(mailbox.letters[0]?.text).toContain(`https://desk.hanoi.gov.vn/reports/${report.code}`)
})

test('a mail server that is unavailable is tried once for all readers, and each gets the letter later', async ({
  db,
}) => {
  const away = await openBusyServer()
  onTestFinished(() => away.close())
  const mailbox = await openMailbox()
  onTestFinished(() => mailbox.close())
  const readers: string[] = []
  const officers: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const { officer, approver, report } = await underWay(db)
    readers.push(`vang.${n}@hanoi.gov.vn`)
    officers.push(officer.id ?? '')
    await db
      .update(accounts)
      .set({ email: `vang.${n}@hanoi.gov.vn`, preferences: { mailNotifications: true } })
      .where(eq(accounts.id, officer.id))
    await giveAgain({ db, approver, officer, report })
  }
  const send = (url: URL) =>
    mailNotifications(at(db, '10:15'), { mail: { url, from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] } })
  const silent = await openBusyServer('')
  onTestFinished(() => silent.close())
  expect([await send(away.url), away.tries()]).toEqual([0, 1])
  expect(await send(mailbox.url)).toBe(3)
  expect(mailbox.letters.flatMap(({ to }) => to).sort()).toEqual(readers)
  await db
    .update(notifications)
    .set({ mailedAt: null })
    .where(eq(notifications.accountId, officers[0] ?? ''))
  // Whether that server accepted the letter is unknown: it is not sent again.
  expect([await send(silent.url), silent.tries(), await send(mailbox.url)]).toEqual([0, 1, 0])
})

test('an escalation that fails does not prevent other notifications', async ({ db, sql }) => {
  const { officer, approver, report } = await underWay(db)
  await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: approver.id })
  const again = { reportId: report.id, version: report.version + 1, accountId: officer.id }
  await assignPerson(actingAt(db, approver, '10:01'), again)
  await sql`alter table categories rename to lost_categories`
  await expect(notificationJobs.notify.run({}, at(db, '10:02'))).rejects.toThrow()
  await sql`alter table lost_categories rename to categories`
  expect(await kindsTold(db, officer, report.id)).toContain('assigned')
})

test('missed notifications and letters are found after a while, and queued again', async ({ db, sql }) => {
  await sql`delete from notification_marks`
  await sql`update notifications set mailed_at = now()`
  const { officer, approver, report } = await underWay(db)
  await db
    .update(accounts)
    .set({ email: 'bi.quen@hanoi.gov.vn', preferences: { mailNotifications: true } })
    .where(eq(accounts.id, officer.id))
  await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: approver.id })
  const again = { reportId: report.id, version: report.version + 1, accountId: officer.id }
  await assignPerson(actingAt(db, approver, '10:01'), again)
  const mail = { url: new URL('smtp://127.0.0.1:1'), from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] }
  const sweep = (local: string, more: Partial<typeof mail> = {}) =>
    sweepNotices(at(db, local), { mail: { ...mail, ...more } })
  const queued = async () =>
    (await sql`select key from graphile_worker.jobs where key in ('tell_notifications', 'mail_notifications')`).map(
      ({ key }) => key,
    )
  expect([await sweep('10:02'), await queued()]).toEqual([{ untold: 0, unmailed: 0 }, []])
  const found = await sweep('10:05')
  expect([found.untold > 0, found.unmailed, await queued()]).toEqual([true, 0, ['tell_notifications']])
  await notifyRecipients(at(db, '10:05'))
  expect(await sweep('10:20')).toEqual({ untold: 0, unmailed: 0 })
  expect(await sweep('10:41', { domains: ['elsewhere.example'] })).toEqual({ untold: 0, unmailed: 0 })
  expect(await sweepNotices(at(db, '10:41'), { mail: undefined })).toEqual({ untold: 0, unmailed: 0 })
  expect(await sweep('10:41')).toEqual({ untold: 0, unmailed: 1 })
  expect(await queued()).toContain('mail_notifications')
  await sql`update notifications set mailed_at = now()`
  await sql`delete from graphile_worker._private_jobs`
})

test('a letter names no report that has left its reader’s scope', async ({ db }) => {
  const { officer, approver, report } = await underWay(db)
  const mailbox = await openMailbox()
  onTestFinished(() => mailbox.close())
  const mail = { url: mailbox.url, from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] }
  await db
    .update(accounts)
    .set({ email: 'da.chuyen@hanoi.gov.vn', preferences: { mailNotifications: true } })
    .where(eq(accounts.id, approver.id))
  await submitAnswer(actingAt(db, officer, '10:00'), {
    ...seen(report),
    what: 'Đã dọn',
    where: 'Ngõ 5',
    when: 'sáng nay',
    next: '',
    photoIds: [],
  })
  await notifyRecipients(at(db, '10:01'))
  expect(await kindsTold(db, approver, report.id)).toEqual(['to_approve'])
  await db.delete(accountRoles).where(eq(accountRoles.accountId, approver.id))
  expect(await mailNotifications(at(db, '10:15'), { mail })).toBe(0)
  expect(mailbox.letters).toEqual([])
})

test('every dispatcher of a large city is notified of a night of late reports', async ({ db, sql }) => {
  const { dispatcher, report } = await underWay(db)
  const [office] = await db.select().from(accounts).where(eq(accounts.id, dispatcher.id))
  await sql`with more as (
      insert into accounts (username, name, given_name, agency_id)
      select 'dieu-phoi-' || n, 'Điều phối ' || n, 'Phối', ${office?.agencyId as string} from generate_series(1, 60) n returning id)
    insert into account_roles (account_id, role, agency_id) select id, 'dispatcher', ${office?.agencyId as string} from more`
  await sql`insert into events (at, event, subject_kind, report_id, actor_kind, details)
    select '2026-03-03 02:00Z', 'report.escalated', 'report', ${report.id}, 'robot', '{"step":"overdue_days"}' from generate_series(1, 200)`
  expect(await notifyRecipients(at(db, '2026-03-03 10:00'))).toBeGreaterThanOrEqual(200 * 61)
})

test('an event that fails does not delay others, and is retried later', async ({ db, sql }) => {
  const { approver, officer, report } = await underWay(db)
  await notifyRecipients(at(db, '09:59'))
  await sql`insert into events (at, event, subject_kind, report_id, actor_kind, details)
    select '2026-03-02 02:00Z', case when n in (1, 130) then 'report.escalated' else 'report.answer_approved' end,
      'report', ${report.id}, 'robot', '{"step":"overdue_days"}' from generate_series(1, 250) n`
  await sql.unsafe(`
    create function refuse_steps() returns trigger language plpgsql as
      $$ begin if new.kind = 'overdue_days' then raise check_violation using message = 'injected'; end if; return new; end $$;
    create trigger refuse_steps before insert on notifications for each row execute function refuse_steps();`)
  await giveAgain({ db, approver, officer, report })
  expect(await kindsTold(db, officer, report.id)).toEqual(['assigned'])
  const aside = () => db.select().from(notificationMarks).orderBy(asc(notificationMarks.eventId))
  const twice = (attempts: number, local: string) => [1, 2].map(() => ({ attempts, retryAt: hanoi(local) }))
  expect(await aside()).toMatchObject(twice(1, '2026-03-02 10:04'))
  await notifyRecipients(at(db, '10:03'))
  expect(await aside()).toMatchObject(twice(1, '2026-03-02 10:04'))
  await notifyRecipients(at(db, '10:04'))
  expect(await aside()).toMatchObject(twice(2, '2026-03-02 10:08'))
  await sql`drop trigger refuse_steps on notifications`
  await notifyRecipients(at(db, '10:08'))
  expect(await aside()).toEqual([])
})

test('accounts with newly shown notifications are found without reading all notifications', async ({ db, sql }) => {
  const { officer, report } = await underWay(db)
  await sql`insert into notifications (account_id, kind, report_id, event_id, shown_at)
    select ${officer.id}, 'assigned', ${report.id}, -n, '2026-01-01'::timestamptz + n * interval '1 minute'
    from generate_series(1, 20000) n`
  await sql`analyze notifications`
  const plan = await db.execute(query`explain ${shownJustNow(hanoi('2026-01-10 09:00'))}`)
  expect(JSON.stringify(plan)).toContain('Index Scan using notifications_shown')
})
