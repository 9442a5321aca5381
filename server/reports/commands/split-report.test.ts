import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { events, reporters, reportPhotos } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { partsToPick } from '../queries/parts.ts'
import { reportByCode } from '../queries/report.ts'
import type { Parts } from '../rules/split.ts'
import { addInformation } from './add-information.ts'
import { addNote } from './add-note.ts'
import { askCitizen } from './ask-citizen.ts'
import { mergeReport, unmergeReport } from './merge-report.ts'
import { splitReport } from './split-report.ts'
import { transferReport } from './transfer-report.ts'

const nothing: Parts = { messageIds: [], noteIds: [], fileIds: [] }
const eventsOn = (db: Database, reportId: number) =>
  db
    .select({ event: events.event, details: events.details })
    .from(events)
    .where(eq(events.reportId, reportId))
    .orderBy(asc(events.id))

/** What the timeline shows of staff: each event with its text and where its part came from or went. */
async function toldOn(ctx: Parameters<typeof reportByCode>[0], code: string) {
  const { timeline } = await reportByCode(ctx, code)
  const byStaff = timeline.filter(({ who }) => who.kind === 'staff')
  return byStaff.map(({ event, words, moved, who }) => [
    event,
    words?.text ?? null,
    moved && `${moved.way} ${moved.code}`,
    who.name,
  ])
}

describe('splitting off a merged report', () => {
  test('takes along what came in on the canonical one and is about it; merged again it brings that back', async ({
    db,
  }) => {
    const { dispatcher } = await buildTeam(db)
    const [report, canonical] = [await buildReport(db), await buildReport(db)]
    const at = (time: string) => actingAt(db, dispatcher, time)
    const [early, late, other] = [randomUUID(), randomUUID(), randomUUID()]
    await addNote(at('09:00'), { reportId: canonical.id, id: early, body: 'Đã gọi người gửi đầu tiên' })
    const merged = await mergeReport(at('10:00'), { ...seen(report), intoReportId: canonical.id })
    await addNote(at('10:10'), { reportId: canonical.id, id: late, body: 'Người gửi sau nói là cây khác' })
    await addNote(at('10:20'), { reportId: canonical.id, id: other, body: 'Đã báo tổ trực' })
    const added = await addInformation(at('10:30'), { ...seen(canonical), body: 'Cây ở số 12, không phải số 20.' })
    const fileId = await buildPhoto(db, canonical.id, { kind: 'staff', addedAt: hanoi('2026-03-02 10:40') })

    const choice = await partsToPick(at('10:50'), report.id)
    expect(choice.map(({ kind, body }) => [kind, body])).toEqual([
      ['note', 'Người gửi sau nói là cây khác'],
      ['note', 'Đã báo tổ trực'],
      ['message', 'Cây ở số 12, không phải số 20.'],
      ['photo', ''],
    ])
    const messageIds = choice.filter(({ kind }) => kind === 'message').map(({ id }) => id)
    const parts = { messageIds, noteIds: [late], fileIds: [fileId] }
    const split = await unmergeReport(at('11:00'), { ...seen(merged), parts })

    expect(await toldOn(at('11:01'), report.code)).toEqual([
      ['merged', null, null, dispatcher.name],
      ['note_added', 'Người gửi sau nói là cây khác', `from ${canonical.code}`, dispatcher.name],
      ['information_added', 'Cây ở số 12, không phải số 20.', `from ${canonical.code}`, dispatcher.name],
      ['unmerged', null, null, dispatcher.name],
    ])
    expect((await toldOn(at('11:01'), canonical.code)).slice(1)).toEqual([
      ['note_added', null, `to ${report.code}`, dispatcher.name],
      ['note_added', 'Đã báo tổ trực', null, dispatcher.name],
      ['information_added', null, `to ${report.code}`, dispatcher.name],
      ['parts_handed_over', null, null, dispatcher.name],
    ])
    expect((await eventsOn(db, canonical.id)).at(-1)).toMatchObject({
      event: 'report.parts_handed_over',
      details: { toReportId: report.id, toCode: report.code, parts },
    })
    expect((await storyOf(db, report.id)).report.photoCount).toBe(1)
    // The moved parts change no version: a colleague who has the report open can continue.
    expect((await storyOf(db, canonical.id)).report).toMatchObject({ version: added.version, photoCount: 0 })

    await mergeReport(at('12:00'), { ...seen(split), intoReportId: canonical.id })
    expect((await toldOn(at('12:01'), canonical.code)).slice(1)).toEqual([
      ['note_added', 'Người gửi sau nói là cây khác', null, dispatcher.name],
      ['note_added', 'Đã báo tổ trực', null, dispatcher.name],
      ['information_added', 'Cây ở số 12, không phải số 20.', null, dispatcher.name],
      ['parts_handed_over', null, null, dispatcher.name],
      ['parts_taken_over', null, null, dispatcher.name],
    ])
    expect((await storyOf(db, canonical.id)).report.photoCount).toBe(1)
  })

  test('takes nothing from before the merge, and nothing of another report', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const [report, canonical, third] = [await buildReport(db), await buildReport(db), await buildReport(db)]
    const at = (time: string) => actingAt(db, dispatcher, time)
    const [early, foreign] = [randomUUID(), randomUUID()]
    await addNote(at('09:00'), { reportId: canonical.id, id: early, body: 'Trước khi gộp' })
    const merged = await mergeReport(at('10:00'), { ...seen(report), intoReportId: canonical.id })
    await addNote(at('10:10'), { reportId: third.id, id: foreign, body: 'Việc khác' })
    for (const noteIds of [[early], [foreign]]) {
      const split = unmergeReport(at('11:00'), { ...seen(merged), parts: { ...nothing, noteIds } })
      await expect(split).rejects.toThrow('part_stays')
    }
    expect((await storyOf(db, report.id)).report.state).toBe('merged')
  })

  test('takes nothing from the canonical one where that is held by another agency now', async ({ db }) => {
    const [ours, theirs] = [await buildTeam(db), await buildTeam(db)]
    const lead = await buildActor(db, 'dispatcher', ours.agency)
    const inHand = { state: 'in_progress', agencyId: ours.agency.id } as const
    const [report, canonical] = [await buildReport(db, inHand), await buildReport(db, inHand)]
    const at = (time: string) => actingAt(db, lead, time)
    const merged = await mergeReport(at('10:00'), { ...seen(report), intoReportId: canonical.id })
    const given = { ...seen(canonical), agencyId: theirs.agency.id, reason: 'Cây thuộc công viên' }
    const noteId = randomUUID()
    await addNote(at('10:05'), { reportId: canonical.id, id: noteId, body: 'Người gửi sau nói là cây khác' })
    const taken = await transferReport(at('10:10'), given)
    const elsewhere = actingAt(db, theirs.officer, '10:20')
    await addInformation(elsewhere, { ...seen(taken), body: 'Cây ở số 12, không phải số 20.' })
    const fileId = await buildPhoto(db, canonical.id, { kind: 'staff', addedAt: hanoi('2026-03-02 10:25') })
    const mayGo = await partsToPick(actingAt(db, theirs.dispatcher, '10:30'), report.id)
    expect(mayGo.map(({ kind }) => kind)).toEqual(['note', 'message', 'photo'])
    expect(await partsToPick(at('10:30'), report.id)).toEqual([])
    const before = await storyOf(db, canonical.id)
    for (const { id, kind } of mayGo) {
      const key = kind === 'note' ? 'noteIds' : kind === 'message' ? 'messageIds' : 'fileIds'
      const split = unmergeReport(at('11:00'), { ...seen(merged), parts: { ...nothing, [key]: [id] } })
      await expect(split).rejects.toThrow('forbidden')
    }
    expect(await storyOf(db, canonical.id)).toEqual(before)
    expect(mayGo.map(({ id }) => id)).toEqual([noteId, mayGo[1]?.id, fileId])
    await expect(unmergeReport(at('11:00'), { ...seen(merged), parts: nothing })).resolves.toMatchObject({
      state: 'in_progress',
    })
  })
})

describe('splitting a report', () => {
  async function buildTwofold(db: Database) {
    await buildCity(db)
    const { dispatcher, agency, officer } = await buildTeam(db)
    const report = await buildReport(db, {
      state: 'in_progress',
      agencyId: agency.id,
      body: 'Cây đổ chắn ngõ, đèn đường cũng tắt.',
      reporter: { name: 'Trần Văn Hùng', phone: '0951234567' },
    })
    const { code: categoryCode } = await buildCategory(db)
    return { dispatcher, officer, report, categoryCode }
  }

  test('makes a new report of the same citizen, in their words, with the picked parts', async ({ db }) => {
    const { dispatcher, report, categoryCode } = await buildTwofold(db)
    const at = (time: string) => actingAt(db, dispatcher, time)
    const [own, picked] = [
      await buildPhoto(db, report.id, { kind: 'citizen' }),
      await buildPhoto(db, report.id, { kind: 'citizen' }),
    ]
    const noteId = randomUUID()
    await addNote(at('13:00'), { reportId: report.id, id: noteId, body: 'Đèn tắt là việc của điện lực' })
    const parts = { ...nothing, noteIds: [noteId], fileIds: [picked] }
    const { splitOff, ...moved } = await splitReport(at('14:00'), {
      ...seen(report),
      title: 'Đèn đường tắt',
      categoryCode,
      parts,
    })
    expect(moved).toMatchObject({ state: 'in_progress', version: report.version + 1 })
    const second = await storyOf(db, splitOff.id)
    expect(second.report).toMatchObject({
      state: 'awaiting_intake',
      title: 'Đèn đường tắt',
      body: report.body,
      channel: report.channel,
      categoryCode,
      photoCount: 1,
      receivedAt: hanoi('2026-03-02 14:00'),
      occurredAt: report.receivedAt,
    })
    expect(second.clocks).toMatchObject([{ kind: 'intake', startedAt: hanoi('2026-03-02 14:00') }])
    const [reporter] = await db.select().from(reporters).where(eq(reporters.reportId, splitOff.id))
    expect(reporter).toMatchObject({ name: 'Trần Văn Hùng', phone: '0951234567' })
    const photos = await db.select().from(reportPhotos).where(eq(reportPhotos.reportId, report.id))
    expect(photos.map(({ fileId }) => fileId)).toEqual([own])
    expect(await toldOn(at('14:01'), splitOff.code)).toEqual([
      ['note_added', 'Đèn tắt là việc của điện lực', `from ${report.code}`, dispatcher.name],
      ['received', null, null, dispatcher.name],
    ])
    expect(await toldOn(at('14:01'), report.code)).toEqual([
      ['note_added', null, `to ${splitOff.code}`, dispatcher.name],
      ['split', null, null, dispatcher.name],
    ])
    // A split is undone by merging the second report into the first.
    await mergeReport(at('15:00'), { ...seen(splitOff), intoReportId: report.id })
    expect((await toldOn(at('15:01'), report.code)).slice(0, 1)).toEqual([
      ['note_added', 'Đèn tắt là việc của điện lực', null, dispatcher.name],
    ])
    expect((await storyOf(db, report.id)).report.photoCount).toBe(2)
  })

  test('is for dispatchers and approvers, not from a merged report, and never takes questions to the citizen', async ({
    db,
  }) => {
    const { dispatcher, officer, report, categoryCode } = await buildTwofold(db)
    const input = { title: 'Đèn đường tắt', categoryCode, parts: nothing }
    await expect(splitReport(actingAt(db, officer, '14:00'), { ...seen(report), ...input })).rejects.toThrow(
      'forbidden',
    )
    const merged = await buildReport(db, { state: 'merged' })
    const at = actingAt(db, dispatcher, '14:00')
    await expect(splitReport(at, { ...seen(merged), ...input })).rejects.toThrow('report_ended')
    const asked = await askCitizen(actingAt(db, officer, '14:05'), { ...seen(report), question: 'Đèn nào ạ?' })
    const [message] = (await storyOf(db, report.id)).messages
    const parts = { ...nothing, messageIds: [message?.id ?? ''] }
    await expect(splitReport(at, { ...seen(asked), ...input, parts })).rejects.toThrow('part_stays')
  })
})
