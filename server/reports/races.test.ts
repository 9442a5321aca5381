import { asc, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { events, reports } from '#db/schema/index.ts'
import { test as plain } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { DomainError } from '#server/platform/errors.ts'
import { acceptReport } from './commands/accept-report.ts'
import { assignReport } from './commands/assign-report.ts'
import { changeCategory } from './commands/change-report.ts'
import { mergeReport, unmergeReport } from './commands/merge-report.ts'
import { rejectReport } from './commands/reject-report.ts'
import { submitAnswer } from './commands/submit-answer.ts'

const now = () => hanoi('2026-03-02 10:00')
const fifty = Array.from({ length: 50 }, (_, index) => index)

/** Enough connections for all participants, so that the database and not our pool makes them wait. */
const test = plain.extend('many', { scope: 'file' }, ({ databaseUrl }, { onCleanup }) => {
  const client = connect(databaseUrl, { max: 50 })
  onCleanup(client.close)
  return client.db
})

async function outcomes(attempts: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(attempts)
  return settled.map((result) => {
    if (result.status === 'fulfilled') return 'done'
    if (result.reason instanceof DomainError) return result.reason.code
    throw result.reason
  })
}

const count = (all: string[]) => Object.fromEntries(all.map((one) => [one, all.filter((two) => two === one).length]))

async function team(db: Database, agency?: BuiltAgency) {
  const home = agency ?? (await buildAgency(db))
  const approver = await buildActor(db, ['officer', 'approver'], home)
  return { agency: home, first: await buildActor(db, 'officer', home), second: approver }
}

const change = (report: BuiltReport) => ({ reportId: report.id, version: report.version })

describe('fifty at once', () => {
  test('accept one report, from two accounts: one wins, 49 are notified of the conflict, one event is written', async ({
    db,
    many,
  }) => {
    const { agency, first, second } = await team(db)
    const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
    const before = (await storyOf(db, report.id)).events.length
    const accept = (actor: StaffActor) =>
      acceptReport({ db: many, actor, now }, { ...change(report), assignToMe: true })
    const seen = await outcomes(fifty.map((index) => accept(index % 2 === 0 ? first : second)))
    expect(count(seen)).toEqual({ done: 1, conflict: 49 })
    const story = await storyOf(db, report.id)
    expect(story.events.slice(before)).toMatchObject([
      { event: 'report.accepted', version: 2, actorId: story.report.assigneeId },
    ])
    expect(story.report).toMatchObject({ version: 2, state: 'in_progress' })
  })

  test('assign and reject one report: only one of the two happens', async ({ db, many }) => {
    const dispatchers = [await buildActor(db, 'dispatcher'), await buildActor(db, 'dispatcher')]
    const report = await buildReport(db)
    const { id: agencyId } = await buildAgency(db)
    const seen = await outcomes(
      fifty.map((index) => {
        const ctx = { db: many, actor: dispatchers[index % 2] as StaffActor, now }
        return index % 4 < 2
          ? assignReport(ctx, { ...change(report), agencyId })
          : rejectReport(ctx, { ...change(report), reason: 'out_of_scope', answer: 'Xin gửi Ban Tiếp công dân.' })
      }),
    )
    expect(count(seen)).toEqual({ done: 1, conflict: 49 })
    const { report: after, answers, lastEvent, clocks } = await storyOf(db, report.id)
    const assigned = after.state === 'awaiting_acceptance'
    expect(lastEvent?.event).toBe(assigned ? 'report.assigned' : 'report.rejected')
    expect([answers.length, clocks.length, after.rejectReason]).toEqual(
      assigned ? [0, 2, null] : [1, 1, 'out_of_scope'],
    )
  })

  test('answer one report: one answer is written', async ({ db, many }) => {
    const { agency, first, second } = await team(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const words = { what: 'Đã dọn', where: 'Hàng Bài', when: 'Sáng nay', ...fixed, next: '', photoIds: [] }
    const seen = await outcomes(
      fifty.map((index) =>
        submitAnswer({ db: many, actor: index % 2 ? first : second, now }, { ...change(report), ...words }),
      ),
    )
    expect(count(seen)).toEqual({ done: 1, conflict: 49 })
    expect((await storyOf(db, report.id)).answers).toHaveLength(1)
  })
})

test('a change of category succeeds beside a move, which is refused or came first: the log has each', async ({
  db,
  many,
}) => {
  const { agency, first, second } = await team(db)
  const { code: categoryCode } = await buildCategory(db)
  for (const _ of fifty.slice(0, 15)) {
    const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
    const seen = await outcomes([
      changeCategory({ db: many, actor: first, now }, { ...change(report), categoryCode }),
      acceptReport({ db: many, actor: second, now }, { ...change(report), assignToMe: true }),
      acceptReport({ db: many, actor: first, now }, { ...change(report), assignToMe: true }),
    ])
    const [changed, ...accepted] = seen
    const { report: after, lastEvent } = await storyOf(db, report.id)
    const isAccepted = after.state === 'in_progress'
    expect([changed, count(accepted)]).toEqual(['done', isAccepted ? { done: 1, conflict: 1 } : { conflict: 2 }])
    expect(after).toMatchObject({ categoryCode, version: isAccepted ? 3 : 2 })
    expect(lastEvent).toMatchObject({ event: 'report.category_changed', version: after.version })
  }
})

describe('two reports', () => {
  test('merged into each other at once end as one merged and one canonical', async ({ db, many }) => {
    const dispatcher = await buildActor(db, 'dispatcher')
    const ctx = { db: many, actor: dispatcher, now }
    for (const _ of fifty.slice(0, 15)) {
      const [a, b] = [await buildReport(db), await buildReport(db)]
      const merge = (one: BuiltReport, into: BuiltReport) => mergeReport(ctx, { ...change(one), intoReportId: into.id })
      const seen = await outcomes([merge(a, b), merge(b, a), merge(a, b), merge(b, a), merge(a, b), merge(b, a)])
      expect(seen.filter((one) => one === 'done')).toHaveLength(1)
      expect(new Set(seen.filter((one) => one !== 'done'))).toEqual(new Set(['conflict', 'merge_of_canonical']))
      const after = await db
        .select()
        .from(reports)
        .where(eq(reports.id, a.id))
        .union(db.select().from(reports).where(eq(reports.id, b.id)))
      expect(after.map(({ state, mergedCount }) => `${state} ${mergedCount}`).sort()).toEqual([
        'awaiting_intake 1',
        'merged 0',
      ])
    }
  })

  test('many merged into one, and separated again, are counted right', async ({ db, many }) => {
    const dispatcher = await buildActor(db, 'dispatcher')
    const ctx = { db: many, actor: dispatcher, now }
    const canonical = await buildReport(db)
    const copies = await Promise.all(fifty.slice(0, 20).map(() => buildReport(db)))
    const merged = await outcomes(
      copies.map((copy) => mergeReport(ctx, { ...change(copy), intoReportId: canonical.id })),
    )
    expect(count(merged)).toEqual({ done: 20 })
    expect((await storyOf(db, canonical.id)).report.mergedCount).toBe(20)
    const back = copies.slice(0, 10).map((copy) => unmergeReport(ctx, { reportId: copy.id, version: 2 }))
    const more = (await Promise.all(fifty.slice(0, 5).map(() => buildReport(db)))).map((copy) =>
      mergeReport(ctx, { ...change(copy), intoReportId: canonical.id }),
    )
    expect(count(await outcomes([...back, ...more]))).toEqual({ done: 15 })
    expect((await storyOf(db, canonical.id)).report.mergedCount).toBe(15)
  })

  test('never deadlock when one is unmerged while the other is merged the other way', async ({ db, many }) => {
    const dispatcher = await buildActor(db, 'dispatcher')
    const ctx = { db: many, actor: dispatcher, now }
    for (const _ of fifty.slice(0, 15)) {
      const [low, high] = [await buildReport(db), await buildReport(db)]
      await mergeReport(ctx, { ...change(high), intoReportId: low.id })
      const seen = await outcomes([
        unmergeReport(ctx, { reportId: high.id, version: 2 }),
        mergeReport(ctx, { ...change(low), intoReportId: high.id }),
        unmergeReport(ctx, { reportId: high.id, version: 2 }),
        mergeReport(ctx, { ...change(low), intoReportId: high.id }),
      ])
      expect(seen.filter((one) => one === 'done').length).toBeGreaterThanOrEqual(1)
      const log = await db.select().from(events).where(eq(events.reportId, high.id)).orderBy(asc(events.id))
      expect(log.filter(({ event }) => event === 'report.unmerged')).toHaveLength(1)
    }
  })
})
