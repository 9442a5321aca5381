import { sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { casesForFile, casesOf, countCases } from '../queries/exported-cases.ts'
import { queuePage } from '../queries/queue.ts'
import { queueChanges } from '../queries/queue-changes.ts'
import { rowOrder } from '../queries/queue-order.ts'
import { reportByCode } from '../queries/report.ts'
import { viewCounts } from '../queries/view-counts.ts'
import { queueOf } from '../rules/queue.ts'
import { addInformation } from './add-information.ts'
import { addNote } from './add-note.ts'
import { askCitizen, recordCitizenReply } from './ask-citizen.ts'
import { changeTags } from './change-report.ts'
import { putOffReport } from './put-off-report.ts'
import { takeBack } from './take-back.ts'

/** Three reports of an agency, by their deadlines; the last is put off at ten until eleven. */
async function desk(db: Database) {
  const team = await buildTeam(db)
  const held = { state: 'in_progress' as const, agencyId: team.agency.id, heldBy: [team.agency.id] }
  const due = (day: string) => hanoi(`2026-03-${day} 09:00`)
  const first = await buildReport(db, { ...held, dueAt: due('03') })
  const second = await buildReport(db, { ...held, dueAt: due('04') })
  const last = await buildReport(db, { ...held, dueAt: due('05') })
  const putOff = (until: string | null, at = '10:00') =>
    putOffReport(actingAt(db, team.officer, at), {
      reportId: last.id,
      until: until === null ? null : hanoi(`2026-03-02 ${until}`),
    })
  const listed = async (actor: Actor, at: string, view: 'my_agency' | 'put_off' | 'all' = 'my_agency') =>
    (await queuePage(actingAt(db, actor, at), { queue: queueOf(view) })).rows.map(({ id }) => id)
  const counted = async (at: string) => (await viewCounts(actingAt(db, team.officer, at))).counts
  return { ...team, first, second, last, putOff, listed, counted }
}

describe('a report that was put off', () => {
  test('leaves the lists and counts of its account only, and has a view of its own', async ({ db }) => {
    const { officer, approver, first, second, last, putOff, listed, counted } = await desk(db)
    await putOff('11:00')
    expect(await listed(officer, '10:30')).toEqual([first.id, second.id])
    expect(await listed(officer, '10:30', 'put_off')).toEqual([last.id])
    expect(await listed(officer, '10:30', 'all')).toContain(last.id)
    expect(await counted('10:30')).toMatchObject({ my_agency: 2, open: 2, put_off: 1 })
    expect(await listed(approver, '10:30')).toEqual([first.id, second.id, last.id])
  })

  test('is in a file of the list all the same', async ({ db }) => {
    const { officer, putOff } = await desk(db)
    await putOff('11:00')
    const ctx = actingAt(db, officer, '10:30')
    expect(await countCases(db, await casesOf(ctx, queueOf('my_agency')))).toBe(2)
    expect(await countCases(db, await casesForFile(ctx, queueOf('my_agency')))).toBe(3)
  })

  test('does not make a list begin again that was half read when it returned', async ({ db }) => {
    const { last } = await desk(db)
    const order = (first: boolean) =>
      rowOrder({ sort: 'due', dir: 'asc' }, first ? sql`reports.id = ${last.id}` : undefined)
    const known = ['2026-03-03T02:00:00Z', '2026-03-02T02:00:00Z', 1]
    expect(order(true).after(known)).toBeDefined()
    expect(order(false).after([true, ...known])).toBeDefined()
  })

  test('returns to the top, marked, when its time has come, and is news to an open list', async ({ db }) => {
    const { officer, first, second, last, putOff, listed, counted } = await desk(db)
    await putOff('11:00')
    expect(await listed(officer, '11:00')).toEqual([last.id, first.id, second.id])
    expect(await counted('11:00')).toMatchObject({ my_agency: 3, put_off: 0 })
    const { rows } = await queuePage(actingAt(db, officer, '11:00'), { queue: queueOf('my_agency') })
    expect(rows.map(({ putOff }) => putOff?.byCitizen ?? null)).toEqual([false, null, null])
    const since = hanoi('2026-03-02 10:59')
    const news = await queueChanges(actingAt(db, officer, '11:01'), { queue: queueOf('my_agency'), since })
    expect(news.changes.find(({ id }) => id === last.id)).toMatchObject({ isNew: true, inView: true })
  })

  test('returns as soon as the citizen writes', async ({ db }) => {
    const { officer, approver, last, putOff, listed } = await desk(db)
    await putOff('11:00')
    await addInformation(actingAt(db, approver, '10:20'), { ...seen(last), body: 'Cây đã gãy thêm' })
    expect((await listed(officer, '10:21'))[0]).toBe(last.id)
    const { putOff: known } = await reportByCode(actingAt(db, officer, '10:21'), last.code)
    expect(known).toMatchObject({ byCitizen: true, returnedAt: hanoi('2026-03-02 10:20') })
  })

  test('does not return for what is taken back, nor before the time for that has passed', async ({ db }) => {
    const { officer, approver, first, second, last, putOff, listed, counted } = await desk(db)
    await putOff('11:00')
    const later = (seconds: number, actor: Actor = approver) => ({
      ...actingAt(db, actor, '10:20'),
      now: () => new Date(hanoi('2026-03-02 10:20').getTime() + seconds * 1000),
    })
    const ask = async (version: number, seconds: number) =>
      askCitizen(later(seconds), { reportId: last.id, version, question: 'Cây ở số nhà nào?' })
    const reply = (version: number, seconds: number) =>
      recordCitizenReply(later(seconds), { reportId: last.id, version, reply: 'Số 20' })
    const asked = await ask(last.version, 0)
    const replied = await reply(asked.version, 20)
    expect(await listed(officer, '10:20')).toEqual([first.id, second.id])
    expect((await queuePage(later(30, officer), { queue: queueOf('my_agency') })).rows).toHaveLength(2)
    const back = await takeBack(later(35), seen(replied))
    expect(await listed(officer, '10:59')).toEqual([first.id, second.id])
    expect(await counted('10:59')).toMatchObject({ put_off: 1 })

    await reply(back.version, 40)
    expect((await queuePage(later(57, officer), { queue: queueOf('my_agency') })).rows).toHaveLength(2)
    const { rows } = await queuePage(later(58, officer), { queue: queueOf('my_agency') })
    expect(rows.map(({ id }) => id)).toEqual([last.id, first.id, second.id])
  })

  test('stays away where its account takes back what it has changed', async ({ db }) => {
    const { officer, first, second, last, putOff, listed } = await desk(db)
    await putOff('11:00')
    const asked = await askCitizen(actingAt(db, officer, '10:20'), { ...seen(last), question: 'Cây ở số nhà nào?' })
    await takeBack(actingAt(db, officer, '10:20'), seen(asked))
    expect(await listed(officer, '10:30')).toEqual([first.id, second.id])
  })

  test('stays away during a note of its own, and is in its place again once its account changes it', async ({ db }) => {
    const { officer, first, second, last, putOff, listed } = await desk(db)
    await putOff('11:00')
    const note = { reportId: last.id, id: crypto.randomUUID(), body: 'Chờ công ty cây xanh' }
    await addNote(actingAt(db, officer, '10:10'), note)
    expect(await listed(officer, '10:11')).toEqual([first.id, second.id])
    await changeTags(actingAt(db, officer, '10:20'), { ...seen(last), tags: ['cây'] })
    expect(await listed(officer, '10:21')).toEqual([first.id, second.id, last.id])
    expect((await reportByCode(actingAt(db, officer, '10:21'), last.code)).putOff).toBeNull()
  })

  test('can be brought back at once, or put off again', async ({ db }) => {
    const { officer, first, second, last, putOff, listed } = await desk(db)
    await putOff('11:00')
    await putOff(null, '10:05')
    expect(await listed(officer, '10:06')).toEqual([first.id, second.id, last.id])
    await putOff('11:00')
    await putOff('12:00', '11:05')
    expect(await listed(officer, '11:06')).toEqual([first.id, second.id])
  })

  test('is refused for the past, for too far ahead, and outside the scope', async ({ db }) => {
    const { last, putOff } = await desk(db)
    await expect(putOff('09:59')).rejects.toThrow('later_passed')
    const { officer } = await buildTeam(db)
    const far = { reportId: last.id, until: hanoi('2026-05-02 10:00') }
    await expect(putOffReport(actingAt(db, officer, '10:00'), far)).rejects.toThrow('not_found')
  })
})
