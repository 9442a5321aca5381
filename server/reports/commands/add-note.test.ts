import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { noteInput } from '../rules/schemas.ts'
import { addInformation } from './add-information.ts'
import { addNote } from './add-note.ts'
import { revealReporter } from './reveal-reporter.ts'

const body = 'Đã gọi công ty cây xanh, chiều nay họ đến'

describe('a note', () => {
  test('is refused when empty, and to an actor without an account', async ({ db }) => {
    expect(() => noteInput.parse({ reportId: 1, id: randomUUID(), body: ' ' })).toThrow('required')
    const report = await buildReport(db)
    const note = { reportId: report.id, id: randomUUID(), body }
    await expect(addNote(actingAt(db, robot, '10:00'), note)).rejects.toThrow('forbidden')
  })

  test('does not conflict with changes of colleagues: it needs no version and changes none', async ({ db }) => {
    const { agency, officer, approver } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const write = (actor: typeof officer) =>
      addNote(actingAt(db, actor, '10:00'), { reportId: report.id, id: randomUUID(), body })
    await Promise.all([write(officer), write(approver)])
    const { report: after, notes, events } = await storyOf(db, report.id)
    expect(after).toEqual(report)
    expect(notes.map(({ authorId }) => authorId).sort()).toEqual([officer.id, approver.id].sort())
    const written = { event: 'report.note_added', version: null }
    expect(events.slice(1)).toMatchObject([written, written])
  })

  test('sent ten times over a bad connection is one note and one event', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const note = { reportId: report.id, id: randomUUID(), body }
    const ctx = actingAt(db, officer, '10:00')
    const written = await Promise.all(Array.from({ length: 10 }, () => addNote(ctx, note)))
    expect(new Set(written.map(({ id }) => id))).toEqual(new Set([note.id]))
    const { notes, events } = await storyOf(db, report.id)
    expect([notes.length, events.length]).toEqual([1, 2])
  })

  test('sent again after the report went to another agency is recognised by its id; a new one is refused', async ({
    db,
  }) => {
    const { agency, officer } = await buildTeam(db)
    const other = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const note = { reportId: report.id, id: randomUUID(), body }
    const ctx = actingAt(db, officer, '10:00')
    await addNote(ctx, note)
    const gone = { agencyId: other.agency.id, heldBy: [agency.id] }
    await db.update(reports).set(gone).where(eq(reports.id, report.id))
    await expect(addNote(ctx, note)).resolves.toEqual({ id: note.id })
    await expect(addNote(ctx, { ...note, id: randomUUID() })).rejects.toThrow('forbidden')
    expect((await storyOf(db, report.id)).notes).toHaveLength(1)
  })

  test('under the id of another note is refused, not dropped silently', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const [one, two] = [
      await buildReport(db, { state: 'in_progress', agencyId: agency.id }),
      await buildReport(db, { state: 'in_progress', agencyId: agency.id }),
    ]
    const id = randomUUID()
    const ctx = actingAt(db, officer, '10:00')
    await addNote(ctx, { reportId: one.id, id, body })
    await expect(addNote(ctx, { reportId: two.id, id, body })).rejects.toThrow('note_taken')
  })

  test('that was extended after it was sent, on another machine, is not taken for the one that was sent', async ({
    db,
  }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const note = { reportId: report.id, id: randomUUID(), body }
    const ctx = actingAt(db, officer, '10:00')
    await addNote(ctx, note)
    await expect(addNote(ctx, { ...note, body: `${body}, mang theo cưa máy` })).rejects.toThrow('note_taken')
  })
})

test('what the citizen adds unasked is stored as their words and makes them the last to have written', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  await addInformation(actingAt(db, officer, '10:00'), { ...seen(report), body: 'Cây chắn cả ngõ' })
  const { report: after, messages, lastEvent } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'in_progress', lastActivityBy: 'citizen', dueAt: report.dueAt })
  expect(messages).toMatchObject([{ kind: 'added', body: 'Cây chắn cả ngõ', authorId: officer.id }])
  expect(lastEvent).toMatchObject({ event: 'report.information_added', details: { messageId: messages[0]?.id } })
})

describe('the reporter', () => {
  test('is shown for a reason, and the log records who looked, without the name', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const reporter = { name: 'Lê Văn Tám', phone: '0951234567' }
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, reporter })
    const shown = await revealReporter(actingAt(db, officer, '10:00'), null, {
      reportId: report.id,
      reason: 'Gọi hỏi vị trí',
    })
    expect(shown).toEqual({ ...reporter, email: null, address: null })
    const { report: after, lastEvent } = await storyOf(db, report.id)
    expect(after).toEqual(report)
    expect(lastEvent).toMatchObject({
      event: 'report.reporter_revealed',
      actorId: officer.id,
      details: { reason: 'Gọi hỏi vị trí' },
    })
    expect(JSON.stringify(lastEvent)).not.toMatch(/Tám|0951/)
  })

  test('is unknown where no name was left', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const shown = revealReporter(actingAt(db, officer, '10:00'), null, {
      reportId: report.id,
      reason: 'Gọi hỏi vị trí',
    })
    await expect(shown).rejects.toThrow('reporter_unknown')
  })
})
