import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor, standingInFor } from '#db/factories/accounts.ts'
import type { BuiltAgency } from '#db/factories/agencies.ts'
import { events, explanations, riskActions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { addressOfRisk } from '#server/notifications/rules/kinds.ts'
import { buildLateAgency, lateAt, morning, signedIn, toldOf } from './testing/late-agency.ts'

const asking = (agency: BuiltAgency) => ({
  ...lateAt(agency),
  id: randomUUID() as string,
  dueOn: '2026-03-11',
  words: 'Vì sao chưa có người đến?',
})

const eventsOf = (db: Database, ids: readonly number[]) =>
  db
    .select({ event: events.event, reportId: events.reportId, agencyId: events.agencyId, details: events.details })
    .from(events)
    .where(and(inArray(events.reportId, [...ids]), inArray(events.event, explaining)))
    .orderBy(asc(events.id))
const explaining = ['asked', 'given', 'withdrawn'].map((step) => `report.explanation_${step}`)

describe('an explanation', () => {
  test('is asked for by a day, answered once by the head, and stands on every report it counted', async ({ db }) => {
    const { agency, head, reports } = await buildLateAgency(db, { late: 3 })
    await buildLateAgency(db, { late: 1 })
    const manager = await buildActor(db, 'manager', undefined, 'Bà Mai')
    const [desk, own] = [signedIn(db, manager), signedIn(db, head)]
    expect((await desk.insights.today({ agency: null })).nextWorkingDay).toBe('2026-03-11')
    const input = asking(agency)
    const ids = reports.map(({ id }) => id).sort((a, b) => a - b)
    for (const _ of ['sent', 'sent again'])
      expect(await desk.insights.askExplanation(input)).toEqual({ id: input.id, reports: 3, kept: 3 })
    const { dueOn, words } = input
    const asked = await eventsOf(db, ids)
    expect(asked.map(({ reportId }) => reportId).sort()).toEqual(ids)
    expect(new Set(asked.map(({ event, agencyId }) => `${event} ${agencyId}`))).toEqual(
      new Set([`report.explanation_asked ${agency.id}`]),
    )
    expect(asked[0]?.details).toEqual({ dueOn, words })
    expect(await toldOf(db, head)).toMatchObject([{ kind: 'explanation_asked', actorId: manager.id }])

    const [told] = (await own.notifications.page({ before: null, unreadOnly: true })).items
    expect(told?.risk && addressOfRisk(told.kind, told.risk)).toBe(`/today?agency=${agency.id}`)
    const [risk] = (await desk.insights.today({ agency: agency.id })).risks
    expect(risk?.owners).toMatchObject([{ reminded: null, asked: { at: morning, by: 'Bà Mai', isOwn: true } }])

    const [open] = (await own.insights.today({ agency: null })).explanations
    expect(open).toMatchObject({
      count: 3,
      dueOn,
      words,
      by: 'Bà Mai',
      given: null,
      mayAnswer: true,
      mayWithdraw: false,
    })
    const answer = { id: input.id, answer: 'Đã cử đội đến, xong trong sáng nay.' }
    await own.insights.answerExplanation(answer)
    expect(await toldOf(db, manager)).toMatchObject([{ kind: 'explanation_given', actorId: head.id }])
    const [given] = (await desk.insights.today({ agency: null })).explanations.filter(({ id }) => id === input.id)
    expect(given).toMatchObject({ given: { answer: answer.answer, by: 'Nguyễn Thị Hoa' }, mayWithdraw: false })
    const { timeline } = await desk.reports.byCode(reports[0]?.code ?? '')
    const steps = timeline.filter(({ event }) => event.startsWith('explanation_'))
    expect(steps.sort((a, b) => a.id - b.id)).toMatchObject([
      { event: 'explanation_asked', values: { day: '11/03/2026' }, words: { text: words }, isPublic: false },
      { event: 'explanation_given', words: { text: answer.answer }, isPublic: false },
    ])
    await expect(own.insights.answerExplanation(answer)).rejects.toThrow('explanation_closed')
    await expect(desk.insights.withdrawExplanation({ id: input.id })).rejects.toThrow('explanation_closed')
    const changed = db.update(explanations).set({ answer: 'Khác' }).where(eq(explanations.id, input.id))
    await expect(changed.catch(({ cause }) => Promise.reject(cause))).rejects.toThrow('append-only')
    // A week later it is no news any more.
    const later = await signedIn(db, head, hanoi('2026-03-18 07:30')).insights.today({ agency: null })
    expect(later.explanations).toEqual([])
  })

  test('is answered by nobody else, and withdrawn only by who asked, while it is open', async ({ db }) => {
    const above = await buildLateAgency(db, { late: 0 })
    const { agency, head, reports } = await buildLateAgency(db, { late: 1, parentId: above.agency.id })
    const other = await buildLateAgency(db, { late: 0 })
    const lead = await buildActor(db, 'approver', above.agency)
    const input = asking(agency)
    await signedIn(db, lead).insights.askExplanation(input)
    const { id } = input
    const answer = { id, answer: 'Đã xong.' }
    const { actor: officer } = await buildAccount(db, { agency, roles: ['officer'] })
    const refused = (actor: typeof lead) => expect(signedIn(db, actor).insights.answerExplanation(answer)).rejects
    await refused(other.head).toThrow('not_found')
    await refused(officer).toThrow('forbidden')
    await refused(await buildActor(db, 'manager')).toThrow('forbidden')
    await refused(lead).toThrow('forbidden')
    for (const actor of [head, await buildActor(db, 'manager')])
      await expect(signedIn(db, actor).insights.withdrawExplanation({ id })).rejects.toThrow('forbidden')
    await signedIn(db, lead).insights.withdrawExplanation({ id })
    await refused(head).toThrow('explanation_closed')
    expect((await signedIn(db, head).insights.today({ agency: null })).explanations).toEqual([])
    expect((await toldOf(db, head)).map(({ kind }) => kind)).toEqual(['explanation_asked', 'explanation_withdrawn'])
    const steps = await eventsOf(db, [reports[0]?.id ?? 0])
    expect(steps.map(({ event }) => event)).toEqual(['report.explanation_asked', 'report.explanation_withdrawn'])
  })

  test('is one request however it is sent, and nothing else passes under its id or on its day', async ({ db }) => {
    const { agency, head } = await buildLateAgency(db, { late: 2 })
    const desk = signedIn(db, await buildActor(db, 'manager'))
    const input = asking(agency)
    const asked = { id: input.id, reports: 2, kept: 2 }
    const both = await Promise.all([desk.insights.askExplanation(input), desk.insights.askExplanation(input)])
    expect(both).toEqual([asked, asked])
    for (const change of [{ words: 'Khác' }, { dueOn: '2026-03-12' }, { risk: 'due_today' }, { id: randomUUID() }])
      await expect(desk.insights.askExplanation({ ...input, ...change })).rejects.toThrow('explanation_asked_before')
    const other = signedIn(db, await buildActor(db, 'manager'))
    await expect(other.insights.askExplanation(input)).rejects.toThrow('forbidden')
    await desk.insights.withdrawExplanation({ id: input.id })
    const again = { ...input, id: randomUUID() as string }
    await expect(desk.insights.askExplanation(again)).rejects.toThrow('explanation_asked_before')
    expect((await other.insights.askExplanation({ ...again, words: '' })).kept).toBe(2)
    expect((await toldOf(db, head)).map(({ kind }) => kind)).toEqual([
      'explanation_asked',
      'explanation_withdrawn',
      'explanation_asked',
    ])
  })

  test('keeps what was asked while it is open', async ({ db }) => {
    const { agency } = await buildLateAgency(db, { late: 1 })
    const { id, ...input } = asking(agency)
    await signedIn(db, await buildActor(db, 'manager')).insights.askExplanation({ id, ...input })
    for (const change of [{ dueOn: '2026-03-20' }, { words: 'Khác' }, { reports: 9 }]) {
      const changed = db.update(explanations).set(change).where(eq(explanations.id, id))
      await expect(changed.catch(({ cause }) => Promise.reject(cause))).rejects.toThrow('append-only')
    }
  })

  test('is logged as the act of the colleague whose role was needed', async ({ db }) => {
    const { agency, head } = await buildLateAgency(db, { late: 1 })
    const manager = await buildActor(db, 'manager')
    const [deputy, assistant] = [await buildActor(db, 'officer', agency), await buildActor(db, 'officer', agency)]
    const input = asking(agency)
    const asker = signedIn(db, { ...standingInFor(assistant, manager), id: assistant.id })
    await asker.insights.remind(lateAt(agency))
    await asker.insights.askExplanation(input)
    const answering = signedIn(db, { ...standingInFor(deputy, head), id: deputy.id })
    await answering.insights.answerExplanation({ id: input.id, answer: 'Đã xong.' })
    const logged = await db
      .select({ event: events.event, actorId: events.actorId, onBehalfOf: events.onBehalfOf })
      .from(events)
      .where(and(eq(events.subjectKind, 'agency'), eq(events.subjectId, agency.id)))
      .orderBy(asc(events.id))
    expect(logged).toEqual([
      { event: 'agency.reminded', actorId: assistant.id, onBehalfOf: manager.id },
      { event: 'agency.explanation_asked', actorId: assistant.id, onBehalfOf: manager.id },
      { event: 'agency.explanation_given', actorId: deputy.id, onBehalfOf: head.id },
    ])
  })

  test('is shown, open or answered, however many others wait, and the own ones first', async ({ db }) => {
    const { agency, head } = await buildLateAgency(db, { late: 1 })
    const [manager, other] = [await buildActor(db, 'manager'), await buildActor(db, 'manager')]
    const many = Array.from({ length: 51 }, (_, n) => ({
      id: randomUUID() as string,
      action: 'explain' as const,
      risk: `urgent_overdue:${n}`,
      kind: 'urgent_overdue' as const,
      agencyId: agency.id,
      count: 1,
      address: '/reports?view=all',
      byId: other.id,
      at: hanoi('2026-03-09 08:00'),
    }))
    await db.insert(riskActions).values(many)
    const answered = { answer: 'Đã xong.', answeredById: head.id, answeredAt: morning }
    await db
      .insert(explanations)
      .values(many.map(({ id }, n) => ({ id, dueOn: '2026-03-10', words: '', reports: 1, ...(n === 50 && answered) })))
    const desk = signedIn(db, manager)
    const before = await desk.insights.today({ agency: agency.id })
    expect([before.explanations.length, before.hasMoreExplanations]).toEqual([51, false])
    const input = { ...asking(agency), dueOn: '2026-03-30' }
    await desk.insights.askExplanation(input)
    const { explanations: shown, hasMoreExplanations } = await desk.insights.today({ agency: agency.id })
    expect([shown.length, hasMoreExplanations]).toEqual([51, true])
    expect(shown[0]?.id).toBe(input.id)
    expect(shown.at(-1)).toMatchObject({ id: many[50]?.id, given: { answer: 'Đã xong.' } })
  })

  test('is not asked of an agency out of reach, of a risk that is gone, or by a day that has passed', async ({
    db,
  }) => {
    const { agency, head } = await buildLateAgency(db, { late: 1 })
    const other = await buildLateAgency(db, { late: 0 })
    const ask = async (actor: typeof head, changes = {}) =>
      signedIn(db, actor).insights.askExplanation({ ...asking(agency), ...changes })
    const manager = await buildActor(db, 'manager')
    await expect(ask(await buildActor(db, 'manager', other.agency))).rejects.toThrow('forbidden')
    await expect(ask(head)).rejects.toThrow('forbidden')
    await expect(ask(await buildActor(db, 'dispatcher'))).rejects.toThrow('forbidden')
    await expect(ask(manager, { dueOn: '2026-03-09' })).rejects.toThrow('explanation_due')
    await expect(ask(manager, { dueOn: '2026-06-01' })).rejects.toThrow('explanation_due')
    await expect(ask(manager, lateAt(other.agency))).rejects.toThrow('risk_gone')
    expect(await toldOf(db, head)).toEqual([])
  })
})
