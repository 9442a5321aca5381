import { eq } from 'drizzle-orm'
import { describe, expect, onTestFinished } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { buildTeam, seen } from '#db/factories/team.ts'
import { notifications, settings } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { notifyRecipients } from '#server/notifications/commands/notify-recipients.ts'
import { acceptReport } from './accept-report.ts'
import { addNote } from './add-note.ts'
import { assignPerson } from './assign-person.ts'
import { assignReport } from './assign-report.ts'
import { changeSeverity, changeTags } from './change-report.ts'
import { releaseDueReports, releaseReport } from './release-report.ts'
import { returnReport } from './return-report.ts'
import { takeBack, takeBackInRun } from './take-back.ts'
import { transferReport } from './transfer-report.ts'

const ten = hanoi('2026-03-02 10:00')
const later = (db: Database, actor: Actor, seconds: number): Context => ({
  db,
  actor,
  now: () => new Date(ten.getTime() + seconds * 1000),
})
const reason = 'Việc của đơn vị khác'

/** A report that the dispatcher has just assigned; what undo restores is tested for every act in server/bulk. */
async function assigned(db: Database) {
  const team = await buildTeam(db)
  const report = await buildReport(db)
  const moved = await assignReport(later(db, team.dispatcher, 0), { ...seen(report), agencyId: team.agency.id })
  return { ...team, report, moved }
}

describe('a decision', () => {
  test('is taken back by an event of its own, which names it, and is there to be made again', async ({ db }) => {
    const { dispatcher, agency, moved } = await assigned(db)
    const back = await takeBack(later(db, dispatcher, 14.9), seen(moved))
    expect(back).toMatchObject({ state: 'awaiting_intake', version: moved.version + 1 })
    const { events, lastEvent } = await storyOf(db, moved.id)
    expect(events.slice(-2).map(({ event }) => event)).toEqual(['report.assigned', 'report.taken_back'])
    expect(lastEvent).toMatchObject({
      actorId: dispatcher.id,
      fromState: 'awaiting_acceptance',
      toState: 'awaiting_intake',
      details: { undoes: moved.version, decision: 'assigned' },
    })
    const again = await assignReport(later(db, dispatcher, 20), { ...seen(back), agencyId: agency.id })
    expect(again.state).toBe('awaiting_acceptance')
  })

  test('is taken back by a click in its last second that arrives late, and no one has been told by then', async ({
    db,
  }) => {
    const { dispatcher, officer, moved } = await assigned(db)
    await releaseReport(later(db, robot, 17.9), moved.id)
    await notifyRecipients(later(db, robot, 17.9))
    expect((await storyOf(db, moved.id)).report.knownTo).toEqual([])
    expect(await db.$count(notifications, eq(notifications.accountId, officer.id ?? ''))).toBe(0)
    await takeBack(later(db, dispatcher, 17.9), seen(moved))
    const again = await assigned(db)
    expect(await releaseReport(later(db, robot, 18), again.moved.id)).toBe(true)
    await expect(takeBack(later(db, again.dispatcher, 18), seen(again.moved))).rejects.toThrow('undo_too_late')
  })

  test('is taken back once', async ({ db }) => {
    const { dispatcher, moved } = await assigned(db)
    const ctx = later(db, dispatcher, 5)
    const both = await Promise.allSettled([takeBack(ctx, seen(moved)), takeBack(ctx, seen(moved))])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(takeBack(ctx, seen(moved))).rejects.toThrow('nothing_to_undo')
  })

  test('is taken back by whoever made it, and by no one else', async ({ db }) => {
    const { officer, moved } = await assigned(db)
    for (const other of [officer, await buildActor(db, 'dispatcher'), robot])
      await expect(takeBack(later(db, other, 1), seen(moved))).rejects.toThrow('nothing_to_undo')
  })

  test('stands once its time has passed, which the city sets; a run in bulk has its own time', async ({ db }) => {
    const { dispatcher, moved } = await assigned(db)
    await expect(takeBack(later(db, dispatcher, 18), seen(moved))).rejects.toThrow('undo_too_late')
    await expect(takeBackInRun(later(db, dispatcher, 40), seen(moved))).resolves.toBeTruthy()
    await db.insert(settings).values({ key: 'undoSeconds', value: 5 })
    onTestFinished(async () => void (await db.delete(settings)))
    const { dispatcher: hers, moved: brief } = await assigned(db)
    await expect(takeBack(later(db, hers, 8), seen(brief))).rejects.toThrow('undo_too_late')
  })

  test('stands where a colleague has acted since: they are named', async ({ db }) => {
    const { dispatcher, moved } = await assigned(db)
    const colleague = await buildActor(db, 'dispatcher', undefined, 'Đỗ Thị Mai')
    await changeSeverity(later(db, colleague, 4), { ...seen(moved), severity: 'urgent', reason: '' })
    await expect(takeBack(later(db, dispatcher, 6), seen(moved))).rejects.toMatchObject({
      code: 'take_back_overtaken',
      details: { name: 'Đỗ Thị Mai' },
    })
    const { report } = await storyOf(db, moved.id)
    expect(report).toMatchObject({ state: 'awaiting_acceptance', severity: 'urgent' })
  })

  test('is taken back after a note, which stays, and after a change that was itself undone', async ({ db }) => {
    const { dispatcher, moved } = await assigned(db)
    const id = '019a0000-0000-7000-8000-000000000001'
    await addNote(later(db, dispatcher, 2), { reportId: moved.id, id, body: 'Đã gọi' })
    await takeBack(later(db, dispatcher, 4), seen(moved))
    expect(await storyOf(db, moved.id)).toMatchObject({ notes: [{ body: 'Đã gọi' }], report: { agencyId: null } })
  })

  test('two in a row are taken back one by one, the last one first', async ({ db }) => {
    const { agency, approver } = await buildTeam(db)
    const other = await buildAgency(db)
    const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
    const accepted = await acceptReport(later(db, approver, 0), { ...seen(report), assignToMe: true })
    const moved = await transferReport(later(db, approver, 3), { ...seen(accepted), agencyId: other.id, reason })
    await expect(takeBack(later(db, approver, 4), seen(accepted))).rejects.toThrow('take_back_overtaken')
    await takeBack(later(db, approver, 5), seen(moved))
    await takeBack(later(db, approver, 6), seen(accepted))
    const { report: now } = await storyOf(db, report.id)
    expect(now).toEqual({ ...report, version: now.version })
  })

  test('of a run in bulk is not taken back over what happened at the agency since', async ({ db }) => {
    const { dispatcher, officer, moved } = await assigned(db)
    await acceptReport({ ...later(db, officer, 30) }, { ...seen(moved), assignToMe: true })
    await expect(takeBackInRun(later(db, dispatcher, 40), seen(moved))).rejects.toThrow('take_back_overtaken')
  })
})

test('no change of a field and no event without a decision is taken back this way', async ({ db }) => {
  const { dispatcher, report } = await assigned(db)
  const { version } = (await storyOf(db, report.id)).report
  const ctx = later(db, dispatcher, 1)
  const tagged = await changeTags(ctx, { reportId: report.id, version, tags: ['mới'] })
  await expect(takeBack(ctx, seen(tagged))).rejects.toThrow('nothing_to_undo')
})

describe('the release of a report', () => {
  test('is a job for the moment its time has passed', async ({ db }) => {
    const { moved } = await assigned(db)
    const jobs = await jobsUnder(db, `release_report:${moved.id}:${moved.version}`)
    expect(jobs).toMatchObject([{ task: 'release_report', runAt: new Date(ten.getTime() + 18_000) }])
  })

  test('is announced for a person, and not for a field, of which no one is notified', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const tagged = await changeTags(later(db, approver, 0), { ...seen(report), tags: ['mới'] })
    const given = await assignPerson(later(db, approver, 0), { ...seen(tagged), accountId: officer.id })
    const jobs = await Promise.all(
      [tagged, given].map(({ id, version }) => jobsUnder(db, `release_report:${id}:${version}`)),
    )
    expect(jobs.map((those) => those.length)).toEqual([0, 1])
  })

  test('is made up for where the job was lost, once', async ({ db }) => {
    const { moved } = await assigned(db)
    expect((await storyOf(db, moved.id)).report.knownTo).toEqual([])
    expect(await releaseDueReports(later(db, robot, 30))).toBe(0)
    expect(await releaseDueReports(later(db, robot, 90))).toBeGreaterThan(0)
    expect((await storyOf(db, moved.id)).report.knownTo).toBeNull()
    expect(await releaseDueReports(later(db, robot, 91))).toBe(0)
  })

  test('concerns no one where the report came to no one new', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    await returnReport(later(db, officer, 0), { ...seen(report), reason })
    expect((await storyOf(db, report.id)).report.knownTo).toBeNull()
  })
})
