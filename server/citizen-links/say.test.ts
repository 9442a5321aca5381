import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { events, files, reportPhotos, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { citizenOf, onCitizensBehalf } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { changeTags } from '#server/reports/commands/change-report.ts'
import { rateReport } from '#server/reports/commands/rate-report.ts'
import { addAsCitizen, rateAsCitizen, reopenAsCitizen } from './commands/say.ts'

const satisfied = { rating: 'satisfied', words: 'Cảm ơn anh chị' } as const
const stillThere = { reason: 'Cây vẫn nằm đó' }
const program = { kind: 'api_client', id: '0190a1b2-0000-7000-8000-000000000001', name: 'iHanoi', grants: [] } as const

describe('a rating', () => {
  test('of the citizen closes the report; one recorded by staff names the channel', async ({ db }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const own = await buildReport(db, { state: 'answered', agencyId: agency.id })
    await rateAsCitizen(actingAt(db, citizenOf(own.id), '14:00'), satisfied)
    const story = await storyOf(db, own.id)
    expect(story.report).toMatchObject({ state: 'closed', rating: 'satisfied', lastActivityBy: 'citizen' })
    expect(story.messages).toMatchObject([{ kind: 'added', body: 'Cảm ơn anh chị', authorId: null }])
    expect(story.lastEvent).toMatchObject({ event: 'report.rated', actorKind: 'citizen', actorId: null })
    expect(story.lastEvent?.details).not.toHaveProperty('channel')

    const typed = await buildReport(db, { state: 'answered', agencyId: agency.id })
    const heard = { ...seen(typed), ...satisfied, channel: 'hotline' as const }
    await rateReport(actingAt(db, dispatcher, '14:00'), heard)
    const { lastEvent } = await storyOf(db, typed.id)
    expect(lastEvent).toMatchObject({ actorKind: 'staff', actorId: dispatcher.id, details: { channel: 'hotline' } })
  })

  test('forwarded by a program has the program as actor, and no account as author', async ({ db }) => {
    const report = await buildReport(db, { state: 'answered' })
    await rateAsCitizen(actingAt(db, onCitizensBehalf(program, report.id), '14:00'), satisfied)
    const { lastEvent, messages } = await storyOf(db, report.id)
    expect(lastEvent).toMatchObject({ event: 'report.rated', actorKind: 'api_client', actorId: program.id })
    expect(messages).toMatchObject([{ authorId: null }])
  })

  test('by a link sent after staff corrected the contact is marked in the log', async ({ db }) => {
    const report = await buildReport(db, { state: 'answered' })
    const common = { subjectKind: 'report', reportId: report.id, actorKind: 'robot' } as const
    await rateAsCitizen(actingAt(db, citizenOf(report.id), '14:00'), satisfied)
    await db.insert(events).values({ ...common, at: hanoi('2026-03-02 14:01'), event: 'report.contact_corrected' })
    await rateAsCitizen(actingAt(db, citizenOf(report.id), '14:02'), { rating: 'acceptable', words: '' })
    await rateAsCitizen(actingAt(db, onCitizensBehalf(program, report.id), '14:03'), satisfied)
    await reopenAsCitizen(actingAt(db, citizenOf(report.id), '14:04'), stillThere)
    const said = (await storyOf(db, report.id)).events.filter(({ event }) => /rated|reopened/.test(event))
    expect(said.map(({ details }) => (details as { contactCorrected?: true }).contactCorrected)).toEqual([
      undefined,
      true,
      undefined,
      true,
    ])
  })

  test('sent twice, also simultaneously, is recorded once; a different one replaces it', async ({ db }) => {
    const report = await buildReport(db, { state: 'answered' })
    const ctx = actingAt(db, citizenOf(report.id), '14:00')
    const both = await Promise.all([rateAsCitizen(ctx, satisfied), rateAsCitizen(ctx, satisfied)])
    expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true])
    await expect(rateAsCitizen(ctx, satisfied)).resolves.toMatchObject({ repeated: true })
    await rateAsCitizen(ctx, { rating: 'dissatisfied', words: '' })
    const { events, report: after } = await storyOf(db, report.id)
    expect(events.filter(({ event }) => event === 'report.rated')).toHaveLength(2)
    expect(after.rating).toBe('dissatisfied')
  })

  test('is refused after its period, before the answer is sent, and without an answer', async ({ db }) => {
    const answered = await buildReport(db, { state: 'answered' })
    const late = actingAt(db, citizenOf(answered.id), '2026-03-09 11:01')
    await expect(rateAsCitizen(late, satisfied)).rejects.toThrow('window_passed')
    const leaving = await buildReport(db, { state: 'answered', answerStatus: 'queued' })
    await expect(rateAsCitizen(actingAt(db, citizenOf(leaving.id), '12:00'), satisfied)).rejects.toThrow(
      'answer_leaving',
    )
    const open = await buildReport(db, { state: 'in_progress' })
    await expect(rateAsCitizen(actingAt(db, citizenOf(open.id), '12:00'), satisfied)).rejects.toThrow('invalid_move')
  })
})

describe('still not dealt with', () => {
  test('reopens the report at its agency, once, with the citizen’s reason and photos', async ({ db }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const report = await buildReport(db, { state: 'closed', agencyId: agency.id })
    const photoId = await upload(db, dispatcher.id)
    const ctx = actingAt(db, citizenOf(report.id), '2026-03-03 08:00')
    const say = () => reopenAsCitizen(ctx, stillThere, { photoIds: [photoId] })
    const both = await Promise.all([say(), say()])
    expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true])
    const { report: after, events, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ state: 'in_progress', agencyId: agency.id, reopenCount: 1, photoCount: 1 })
    expect(events.filter(({ event }) => event === 'report.reopened')).toHaveLength(1)
    expect(lastEvent).toMatchObject({ actorKind: 'citizen', details: { reason: 'Cây vẫn nằm đó', photos: 1 } })
    const photos = await db.select().from(reportPhotos).where(eq(reportPhotos.reportId, report.id))
    expect(photos).toMatchObject([{ fileId: photoId, kind: 'citizen', addedById: null, agencyId: agency.id }])
  })

  test('is refused after the days of the setting', async ({ db }) => {
    const report = await buildReport(db, { state: 'closed' })
    const late = actingAt(db, citizenOf(report.id), '2026-03-09 12:01')
    await expect(reopenAsCitizen(late, stillThere)).rejects.toThrow('window_passed')
  })
})

describe('added information', () => {
  test('is the reply to an open question and ends the wait; otherwise it changes no state', async ({ db }) => {
    const asked = await buildReport(db, { state: 'awaiting_citizen', stateBefore: 'in_progress' })
    const reply = { body: 'Ở trước số nhà 20' }
    const ctx = actingAt(db, citizenOf(asked.id), '14:00')
    const both = await Promise.all([addAsCitizen(ctx, reply), addAsCitizen(ctx, reply)])
    expect(both.map(({ repeated }) => repeated).sort()).toEqual([false, true])
    const replied = await storyOf(db, asked.id)
    expect(replied.report).toMatchObject({ state: 'in_progress', lastActivityBy: 'citizen' })
    expect(replied.messages).toMatchObject([{ kind: 'reply', body: reply.body, authorId: null }])
    expect(replied.lastEvent).toMatchObject({ event: 'report.citizen_replied', actorKind: 'citizen' })

    const open = await buildReport(db, { state: 'in_progress' })
    await addAsCitizen(actingAt(db, citizenOf(open.id), '14:00'), reply)
    const added = await storyOf(db, open.id)
    expect(added.report.state).toBe('in_progress')
    expect(added.messages).toMatchObject([{ kind: 'added', body: reply.body }])
    expect(added.lastEvent).toMatchObject({ event: 'report.information_added', actorKind: 'citizen' })
  })

  test('answers a second question also with the same words', async ({ db }) => {
    const report = await buildReport(db, { state: 'awaiting_citizen', stateBefore: 'in_progress' })
    const ctx = actingAt(db, citizenOf(report.id), '14:00')
    await addAsCitizen(ctx, { body: 'Vâng' })
    await db
      .update(reports)
      .set({ state: 'awaiting_citizen', stateBefore: 'in_progress' })
      .where(eq(reports.id, report.id))
    await expect(addAsCitizen(ctx, { body: 'Vâng' })).resolves.toMatchObject({ repeated: false, state: 'in_progress' })
  })

  test('with repeated words is recorded if it has a new photo, but not with the same photo', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress' })
    const ctx = actingAt(db, citizenOf(report.id), '14:00')
    await addAsCitizen(ctx, { body: 'Ảnh đây' })
    const photoIds = [await upload(db, dispatcher.id)]
    await expect(addAsCitizen(ctx, { body: 'Ảnh đây' }, { photoIds })).resolves.toMatchObject({ repeated: false })
    await expect(addAsCitizen(ctx, { body: 'Ảnh đây' }, { photoIds })).resolves.toMatchObject({ repeated: true })
    const closed = await buildReport(db, { state: 'closed' })
    const other = actingAt(db, citizenOf(closed.id), '14:00')
    await reopenAsCitizen(other, stillThere)
    const more = { photoIds: [await upload(db, dispatcher.id)] }
    await expect(reopenAsCitizen(other, stillThere, more)).resolves.toMatchObject({ repeated: false })
    expect((await storyOf(db, closed.id)).report).toMatchObject({ reopenCount: 1, photoCount: 1 })
  })

  test('takes no more photos than a report may have', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', photoCount: 40 })
    const photoIds = [await upload(db, dispatcher.id)]
    await expect(
      addAsCitizen(actingAt(db, citizenOf(report.id), '14:00'), { body: 'Ảnh' }, { photoIds }),
    ).rejects.toThrow('too_many_photos')
  })
})

test('a citizen may access only the report of the link', async ({ db }) => {
  const [own, other] = [await buildReport(db, { state: 'answered' }), await buildReport(db, { state: 'answered' })]
  const ctx = actingAt(db, citizenOf(own.id), '14:00')
  await expect(rateReport(ctx, { ...seen(other), ...satisfied, channel: null })).rejects.toThrow('not_found')
  const nobody = { ...citizenOf(own.id), reportId: undefined as never }
  await expect(rateAsCitizen({ ...ctx, actor: nobody }, satisfied)).rejects.toThrow('forbidden')
})

test('citizens may act despite concurrent changes by staff, but not while a decision can be undone', async ({ db }) => {
  const { agency, dispatcher, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const ctx = actingAt(db, citizenOf(report.id), '14:00')
  await Promise.all([
    addAsCitizen(ctx, { body: 'Thêm ảnh' }),
    changeTags(actingAt(db, dispatcher, '14:00'), { ...seen(report), tags: ['cây xanh'] }).catch(() => null),
  ])
  expect((await storyOf(db, report.id)).messages).toHaveLength(1)
  const releasedAt = new Date(Date.now() + 60_000)
  await db.update(reports).set({ decidedById: officer.id, releasedAt }).where(eq(reports.id, report.id))
  await expect(addAsCitizen(ctx, { body: 'Còn nữa' })).rejects.toThrow('report_updating')
})

async function upload(db: Parameters<typeof buildReport>[0], ownerId: string): Promise<string> {
  const sha256 = crypto.randomUUID().replaceAll('-', '').repeat(2)
  const keys = { originalKey: `${sha256}/o`, publicKey: `${sha256}/p`, thumbKey: `${sha256}/t` }
  const [file] = await db
    .insert(files)
    .values({
      ...keys,
      sha256,
      mime: 'image/jpeg',
      bytes: 1,
      width: 1,
      height: 1,
      purpose: 'report_photo',
      ownerId,
      createdAt: new Date(),
    })
    .returning({ id: files.id })
  return (file as { id: string }).id
}
