import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, onTestFinished } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { openMailbox } from '#db/factories/mailbox.ts'
import { accounts, events, riskActions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { mailNotifications } from '#server/notifications/commands/mail-notifications.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { buildLateAgency, lateAt, morning, signedIn, toldOf } from './testing/late-agency.ts'

describe('a reminder', () => {
  test('reaches the head of the agency once a day, at once where it is urgent, and opens what it counts', async ({
    db,
  }) => {
    const { agency, head } = await buildLateAgency(db, { late: 3 })
    await buildLateAgency(db, { late: 2 })
    const manager = await buildActor(db, 'manager', undefined, 'Bà Mai')
    const desk = signedIn(db, manager)
    expect(await desk.insights.remind(lateAt(agency))).toEqual({ at: morning, isNew: true })
    const later = hanoi('2026-03-10 09:00')
    expect(await signedIn(db, manager, later).insights.remind(lateAt(agency))).toEqual({ at: morning, isNew: false })
    expect(await toldOf(db, head)).toMatchObject([{ kind: 'reminded', shownAt: morning, actorId: manager.id }])

    const own = signedIn(db, head, later)
    const [told] = (await own.notifications.page({ before: null, unreadOnly: true })).items
    expect(told).toMatchObject({ kind: 'reminded', by: 'Bà Mai', code: null })
    expect(told?.risk).toMatchObject({ kind: 'urgent_overdue', count: 3, agency: agency.name })
    expect(await own.notifications.unread()).toEqual({ count: 1 })
    const parameters = Object.fromEntries(new URL(told?.risk?.href ?? '', 'http://desk').searchParams)
    expect((await own.reports.queue({ queue: parseQueue(parameters, 'open') })).total?.count).toBe(3)

    const recorded = await db.select().from(events).where(eq(events.event, 'agency.reminded'))
    expect(recorded).toMatchObject([
      { subjectId: agency.id, actorId: manager.id, details: { risk: 'urgent_overdue', count: 3 } },
    ])
    const reminded = { at: morning, by: 'Bà Mai' }
    for (const [reader, isOwn] of [
      [desk, true],
      [own, false],
    ] as const) {
      const risks = (await reader.insights.today({ agency: null })).risks.filter(({ id }) => id === lateAt(agency).risk)
      expect(risks.map(({ owners }) => owners)).toMatchObject([[{ count: 3, reminded: { ...reminded, isOwn } }]])
    }
    const tomorrow = hanoi('2026-03-11 07:30')
    expect((await signedIn(db, manager, tomorrow).insights.remind(lateAt(agency))).isNew).toBe(true)
  })

  test('stands in the letter of a head who chose mail, with the address of its reports', async ({ db }) => {
    const { agency, head } = await buildLateAgency(db, { late: 2 })
    const preferences = { mailNotifications: true }
    await db.update(accounts).set({ email: 'hoa@hanoi.gov.vn', preferences }).where(eq(accounts.id, head.id))
    await signedIn(db, await buildActor(db, 'manager')).insights.remind(lateAt(agency))
    const mailbox = await openMailbox()
    onTestFinished(() => mailbox.close())
    const mail = { url: mailbox.url, from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] }
    const context = { db, now: () => morning, actor: robot }
    expect(await mailNotifications(context, { mail, appUrl: new URL('https://desk.hanoi.gov.vn') })).toBe(1)
    const [letter] = mailbox.letters
    expect(letter?.text).toMatch(/- 2 việc khẩn đã quá hạn https:\/\/desk\.hanoi\.gov\.vn\/reports\?view=all&mark=/)
    const asked = { ...lateAt(agency), id: randomUUID(), dueOn: '2026-03-11', words: '' }
    await signedIn(db, await buildActor(db, 'manager')).insights.askExplanation(asked)
    expect(await mailNotifications(context, { mail, appUrl: new URL('https://desk.hanoi.gov.vn') })).toBe(1)
    expect(mailbox.letters[1]?.text).toContain(
      `- 2 việc khẩn đã quá hạn https://desk.hanoi.gov.vn/today?agency=${agency.id}`,
    )
  })

  test('of what is not urgent waits for the office hours, and names how much each owner has', async ({ db }) => {
    const [first, second] = [
      await buildLateAgency(db, { late: 0, due: 2 }),
      await buildLateAgency(db, { late: 0, due: 1 }),
    ]
    const desk = signedIn(db, await buildActor(db, 'manager'))
    const today = await desk.insights.today({ agency: null })
    const owners = today.risks.find(({ id }) => id === 'due_today')?.owners ?? []
    const countOf = ({ agency }: typeof first) => owners.find(({ id }) => id === agency.id)?.count
    expect([countOf(first), countOf(second)]).toEqual([2, 1])
    await desk.insights.remind({ risk: 'due_today', agency: second.agency.id, scope: null })
    expect(await toldOf(db, second.head)).toMatchObject([{ shownAt: hanoi('2026-03-10 08:00') }])
    expect(await toldOf(db, first.head)).toEqual([])
  })

  test('comes also from the head of the agency above, and never for the own agency or another', async ({ db }) => {
    const above = await buildLateAgency(db, { late: 1 })
    const below = await buildLateAgency(db, { late: 1, parentId: above.agency.id })
    const other = await buildLateAgency(db, { late: 1 })
    const lead = await buildActor(db, 'approver', above.agency)
    await expect(signedIn(db, lead).insights.remind(lateAt(above.agency))).rejects.toThrow('forbidden')
    await expect(signedIn(db, lead).insights.remind(lateAt(other.agency))).rejects.toThrow('forbidden')
    await expect(
      signedIn(db, await buildActor(db, 'manager', other.agency)).insights.remind(lateAt(below.agency)),
    ).rejects.toThrow('forbidden')
    await expect(
      signedIn(db, await buildActor(db, 'dispatcher')).insights.remind(lateAt(below.agency)),
    ).rejects.toThrow('forbidden')
    expect((await signedIn(db, lead).insights.remind(lateAt(below.agency))).isNew).toBe(true)
    const mine = (await signedIn(db, lead).insights.today({ agency: null })).risks.flatMap(({ owners }) => owners)
    const may = Object.fromEntries(mine.map(({ id, mayAct }) => [id, mayAct]))
    expect(may).toEqual({ [above.agency.id]: false, [below.agency.id]: true })
  })

  test('is refused where the risk is gone, and where nobody would learn of it, and leaves nothing', async ({ db }) => {
    const { agency } = await buildLateAgency(db, { late: 0 })
    const manager = await buildActor(db, 'manager')
    await expect(signedIn(db, manager).insights.remind(lateAt(agency))).rejects.toThrow('risk_gone')
    const headless = await buildAgency(db)
    const [{ code: categoryCode }, { id: areaId }] = [await buildCategory(db), await buildArea(db)]
    const receivedAt = hanoi('2026-03-02 08:00')
    await buildLivedReport(db, { agencyId: headless.id, categoryCode, areaId, severity: 'urgent', receivedAt })
    await expect(signedIn(db, manager).insights.remind(lateAt(headless))).rejects.toThrow('nobody_to_notify')
    expect(await db.select().from(riskActions).where(eq(riskActions.agencyId, headless.id))).toEqual([])
  })

  test('stays as it was made', async ({ db }) => {
    const { agency } = await buildLateAgency(db, { late: 1 })
    await signedIn(db, await buildActor(db, 'manager')).insights.remind(lateAt(agency))
    const changed = db.update(riskActions).set({ count: 2 })
    await expect(changed.catch(({ cause }) => Promise.reject(cause))).rejects.toThrow('append-only')
  })
})
