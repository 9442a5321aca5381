import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildFile, buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { acceptReport } from '../commands/accept-report.ts'
import { addNote } from '../commands/add-note.ts'
import { addPhoto } from '../commands/add-photo.ts'
import { approveAnswer } from '../commands/approve-answer.ts'
import { assignReport } from '../commands/assign-report.ts'
import { changeSeverity } from '../commands/change-report.ts'
import { returnReport } from '../commands/return-report.ts'
import { sendAnswer } from '../commands/send-answer.ts'
import { submitAnswer } from '../commands/submit-answer.ts'
import { visiblePhoto } from './photos.ts'
import { reportByCode } from './report.ts'

const at = (time: string) => () => hanoi(`2026-03-02 ${time}`)

describe('a report as the desk shows it', () => {
  test('has its names, its clocks, and what the reader may do', async ({ db }) => {
    const agency = await buildAgency(db, { name: 'UBND phường Cửa Nam', shortName: 'Cửa Nam' })
    const officer = await buildAccount(db, { agency, roles: ['officer'], name: 'Trần Văn Hùng' })
    const incident = await buildIncident(db, { name: 'Bão số 3 – Yagi' })
    const category = await buildCategory(db, { name: 'Cây đổ', needsPhoto: true })
    const report = await buildReport(db, {
      state: 'in_progress',
      agencyId: agency.id,
      assigneeId: officer.id,
      incidentId: incident.id,
      categoryCode: category.code,
      reporter: { name: 'Nguyễn Văn An', phone: '0951234321' },
    })
    const view = await reportByCode({ db, actor: officer.actor, now: at('10:00') }, report.code.toLowerCase())
    expect(view).toMatchObject({
      code: report.code,
      agency: { name: 'UBND phường Cửa Nam' },
      assignee: { name: 'Trần Văn Hùng' },
      category: { name: 'Cây đổ', needsPhoto: true },
      incident: { name: 'Bão số 3 – Yagi', reports: 1 },
      reporter: { initials: 'N.V.A.', phone: '••••••••21' },
      isPast: false,
      deadline: { kind: 'in_time', minutesPerDay: 480 },
    })
    expect(view.moves).toContainEqual(expect.objectContaining({ move: 'submit_answer', refusalReason: null }))
    expect(view.moves).toContainEqual(expect.objectContaining({ move: 'answer', refusalReason: 'approval_needed' }))
    expect(view.acts).not.toContain('change_severity')
    expect(view.clocks.map(({ kind, targetMinutes, stoppedAt }) => [kind, targetMinutes, stoppedAt !== null])).toEqual([
      ['intake', 480, true],
      ['resolution', 2400, false],
    ])
    expect(view.clocks[1]).toMatchObject({ remainingMinutes: 2340, nextGap: { from: hanoi('2026-03-02 12:00') } })
    expect(JSON.stringify(view)).not.toMatch(/Nguyễn Văn An|0951234/)
  })

  test('says who alone may answer it, and whether the reader may take it over', async ({ db }) => {
    const agency = await buildAgency(db, { onlyAssigneeAnswers: true })
    const lan = await buildAccount(db, { agency, name: 'Nguyễn Thị Lan' })
    const minh = await buildActor(db, 'officer', agency)
    const above = await buildActor(db, 'approver')
    const manager = await buildActor(db, 'manager', agency)
    const seenBy = async (actor: Actor, wanted: Parameters<typeof buildReport>[1]) => {
      const { code } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, ...wanted })
      return reportByCode({ db, actor, now: at('10:00') }, code)
    }
    const hers = { assigneeId: lan.id }
    const name = 'Nguyễn Thị Lan'
    expect(await seenBy(minh, hers)).toMatchObject({ onlyAssignee: { name, mayTakeOver: true } })
    expect(await seenBy(above, hers)).toMatchObject({ onlyAssignee: { name, mayTakeOver: false } })
    const free = [seenBy(lan.actor, hers), seenBy(minh, {}), seenBy(manager, hers)]
    for (const view of await Promise.all(free)) expect(view.onlyAssignee).toBeNull()
    expect((await seenBy(minh, { ...hers, state: 'awaiting_approval' })).onlyAssignee).toBeNull()
  })

  test('has a timeline with names, texts and changes', async ({ db }) => {
    const agency = await buildAgency(db, { name: 'UBND phường Ô Chợ Dừa' })
    const dispatcher = await buildActor(db, 'dispatcher', undefined, 'Lê Thị Lan')
    const officer = await buildActor(db, 'officer', agency, 'Đỗ Minh Đức')
    const { id: reportId, code } = await buildReport(db, { severity: 'normal' })
    const as = (actor: Actor, time: string) => ({ db, actor, now: at(time) })
    await assignReport(as(dispatcher, '08:10'), { reportId, version: 1, agencyId: agency.id, note: 'Gấp' })
    await acceptReport(as(officer, '08:20'), { reportId, version: 2, assignToMe: true })
    await addNote(as(officer, '08:30'), { reportId, id: randomUUID(), body: 'Đã gọi đội cây xanh' })
    await changeSeverity(as(dispatcher, '08:40'), { reportId, version: 3, severity: 'urgent', reason: 'Chắn đường' })
    const words = { what: 'Đã cắt dọn', where: 'Hàng Bài', when: 'Sáng nay', ...fixed, next: '', photoIds: [] }
    await submitAnswer(as(officer, '09:00'), { reportId, version: 4, ...words })

    const view = await reportByCode(as(dispatcher, '09:10'), code)
    expect(view.timeline.map(({ event, who, words }) => [event, who.name, words?.text ?? null])).toEqual([
      ['received', null, null],
      ['assigned', 'Lê Thị Lan', 'Gấp'],
      ['accepted', 'Đỗ Minh Đức', null],
      ['note_added', 'Đỗ Minh Đức', 'Đã gọi đội cây xanh'],
      ['severity_changed', 'Lê Thị Lan', 'Chắn đường'],
      ['answer_submitted', 'Đỗ Minh Đức', null],
    ])
    expect(view.timeline[1]?.values).toMatchObject({ agency: 'UBND phường Ô Chợ Dừa' })
    expect(view.timeline[4]?.changes[0]).toEqual({ field: 'severity', before: 'normal', after: 'urgent' })
    expect(view.answers).toMatchObject([{ status: 'submitted', what: 'Đã cắt dọn', author: { name: 'Đỗ Minh Đức' } }])
    expect(view.timeline[5]?.answerId).toBe(view.answers[0]?.id)
    expect(view.findings).toEqual(['short_what', 'no_next'])
    expect(view.citizen.answers).toEqual([])
  })

  test('is not found outside the scope', async ({ db }) => {
    const report = await buildReport(db, { state: 'in_progress' })
    const stranger = await buildActor(db, 'officer', await buildAgency(db))
    const asked = reportByCode({ db, actor: stranger, now: at('10:00') }, report.code)
    await expect(asked).rejects.toThrow('not_found')
  })

  test('is read-only for an agency that had it before, with only that agency’s part of the timeline', async ({
    db,
  }) => {
    const [first, second] = [await buildAgency(db), await buildAgency(db)]
    const dispatcher = await buildActor(db, 'dispatcher')
    const [before, after] = [await buildActor(db, 'officer', first), await buildActor(db, 'officer', second)]
    const { id: reportId, code } = await buildReport(db)
    const as = (actor: Actor, time: string) => ({ db, actor, now: at(time) })
    await assignReport(as(dispatcher, '08:10'), { reportId, version: 1, agencyId: first.id })
    await addNote(as(before, '08:20'), { reportId, id: randomUUID(), body: 'Của chúng tôi' })
    await returnReport(as(before, '08:30'), { reportId, version: 2, reason: 'Không thuộc địa bàn' })
    await assignReport(as(dispatcher, '08:40'), { reportId, version: 3, agencyId: second.id, note: 'Nội bộ bên kia' })
    await addNote(as(after, '08:50'), { reportId, id: randomUUID(), body: 'Nội bộ bên kia' })

    const view = await reportByCode(as(before, '09:00'), code)
    expect(view).toMatchObject({ isPast: true, moves: [], acts: [] })
    expect(view.timeline.map(({ event }) => event)).toEqual([
      'received',
      'assigned',
      'note_added',
      'returned',
      'assigned',
    ])
    expect(JSON.stringify(view)).not.toContain('Nội bộ bên kia')
    expect(JSON.stringify(view)).toContain('Của chúng tôi')
  })

  test('shows an agency that had it before its own photos, those of the citizen and those sent to the citizen', async ({
    db,
  }) => {
    const [first, second] = [await buildAgency(db), await buildAgency(db)]
    const dispatcher = await buildActor(db, 'dispatcher')
    const [before, after] = [await buildActor(db, 'officer', first), await buildActor(db, 'officer', second)]
    const approver = await buildActor(db, 'approver', second)
    const { id: reportId, code } = await buildReport(db)
    const as = (actor: Actor, time: string) => ({ db, actor, now: at(time) })
    const hang = async (actor: Actor & { id: string }, time: string, kind: 'staff' | 'proof') => {
      const fileId = await buildFile(db, { ownerId: actor.id })
      await addPhoto(as(actor, time), { reportId, fileId, kind, name: '' })
      return fileId
    }
    const sentIn = await buildPhoto(db, reportId, { kind: 'citizen', addedAt: hanoi('2026-03-02 08:00') })
    await assignReport(as(dispatcher, '08:10'), { reportId, version: 1, agencyId: first.id })
    const own = await hang(before, '08:20', 'staff')
    await returnReport(as(before, '08:30'), { reportId, version: 2, reason: 'Không thuộc địa bàn' })
    await assignReport(as(dispatcher, '08:40'), { reportId, version: 3, agencyId: second.id })
    await acceptReport(as(after, '08:45'), { reportId, version: 4, assignToMe: true })
    const later = await hang(after, '08:50', 'staff')
    const proof = await hang(after, '08:55', 'proof')
    const unused = await hang(after, '08:56', 'proof')
    const words = { what: 'Đã cắt dọn', where: 'Hàng Bài', when: 'Sáng nay', ...fixed, next: '' }
    await submitAnswer(as(after, '09:00'), { reportId, version: 5, ...words, photoIds: [proof] })

    const seenBy = async (actor: Actor) => {
      const shown = (await reportByCode(as(actor, '09:30'), code)).photos.map(({ fileId }) => fileId)
      for (const fileId of [sentIn, own, later, proof, unused]) {
        const handed = await visiblePhoto(as(actor, '09:30'), fileId).then(
          () => true,
          () => false,
        )
        expect([fileId, handed]).toEqual([fileId, shown.includes(fileId)])
      }
      return shown
    }
    expect(await seenBy(after)).toEqual([sentIn, own, later, proof, unused])
    expect(await seenBy(before)).toEqual([sentIn, own])
    await approveAnswer(as(approver, '09:10'), { reportId, version: 6 })
    expect(await seenBy(before)).toEqual([sentIn, own])
    const answer = (await reportByCode(as(after, '09:11'), code)).answers[0]
    await sendAnswer(as(robot, '09:12'), answer?.id ?? '')
    expect(await seenBy(before)).toEqual([sentIn, own, proof])
  })
})
