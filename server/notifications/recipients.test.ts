import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { notifications, reportRequests } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { approveAnswer, sendBackAnswer } from '#server/reports/commands/approve-answer.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { decideRequest } from '#server/reports/commands/decide-request.ts'
import { rateReport } from '#server/reports/commands/rate-report.ts'
import { reopenReport } from '#server/reports/commands/reopen-report.ts'
import { requestExtension } from '#server/reports/commands/request-extension.ts'
import { submitAnswer } from '#server/reports/commands/submit-answer.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { takeChangeBack } from '#server/reports/commands/undo-change.ts'
import { withdrawAnswer } from '#server/reports/commands/withdraw-answer.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { notificationPage } from './queries/notifications.ts'
import { notifiedEvents } from './rules/recipients.ts'
import { watchedEvents } from './rules/watched-events.ts'
import { afterTen, at, kindsTold, told, underWay } from './testing/under-way.ts'

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
  const answer = { what: 'Đã dọn', where: 'Ngõ 5', when: 'sáng nay', ...fixed, next: '', photoIds: [] }
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
