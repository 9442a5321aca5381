import { getTableColumns, sql as raw } from 'drizzle-orm'
import { beforeEach, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { buildBulletin, buildNewsroom } from '#db/factories/bulletins.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildTeam, seen } from '#db/factories/team.ts'
import { reports, webhookMarks } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { importer } from '#server/accounts/rules/actor.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { recordEvent } from '#server/events/commands.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { rejectReport } from '#server/reports/commands/reject-report.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { withdrawAnswer } from '#server/reports/commands/withdraw-answer.ts'
import { prepareDeliveries } from './commands/prepare.ts'
import { kindOfEvent, toldEvents } from './rules/kinds.ts'
import { webhookPayloads } from './rules/payload.ts'
import { deliveriesOf, endAll, robotIn, subscribe } from './testing/receiver.ts'

beforeEach<{ db: Database }>(async ({ db }) => {
  await endAll(db)
  await db.delete(webhookMarks)
})

const now = () => new Date()
const bodies = async (db: Database, webhookId: string) =>
  (await deliveriesOf(db, webhookId)).map(({ body }) => JSON.parse(body) as { type: string; data: { code: string } })

test('the trigger marks exactly the events of the table', async ({ sql }) => {
  const [row] = await sql`select prosrc from pg_proc where proname = 'mark_webhooks'`
  const marked = [...String(row?.prosrc).matchAll(/'((?:report|bulletin)\.\w+)'/g)].map(([, event]) => event)
  expect(marked.toSorted()).toEqual(toldEvents.toSorted())
})

test('every kind is told by some event', () => {
  const told = new Set<string | null>(Object.values(kindOfEvent))
  expect(Object.keys(webhookPayloads).filter((kind) => !told.has(kind))).toEqual(['webhook.test'])
})

describe('a decision that can be taken back', () => {
  async function assigned(db: Database) {
    const { id } = await subscribe(db)
    const team = await buildTeam(db)
    const report = await buildReport(db)
    await db.delete(webhookMarks)
    const ctx = { db, actor: team.dispatcher as Actor, now }
    const moved = await assignReport(ctx, { ...seen(report), agencyId: team.agency.id })
    return { id, team, report, moved, ctx }
  }

  test('is sent after its undo period, and not before', async ({ db }) => {
    const { id, team, report } = await assigned(db)
    await prepareDeliveries(robotIn(db))
    expect(await deliveriesOf(db, id)).toEqual([])
    // The clock of the worker is ahead. The database still holds the decision, so the event waits.
    await prepareDeliveries(robotIn(db, 60))
    expect(await deliveriesOf(db, id)).toEqual([])
    await db.execute(raw`update reports set released_at = now() - interval '1 second' where id = ${report.id}`)
    await prepareDeliveries(robotIn(db, 60))
    const [told, ...more] = await bodies(db, id)
    expect(more).toEqual([])
    expect(told).toMatchObject({
      type: 'report.assigned',
      version: 1,
      data: { code: report.code, state: 'awaiting_handling', agency: { id: team.agency.id, name: team.agency.name } },
    })
    expect(await prepareDeliveries(robotIn(db, 120))).toBe(0)
  })

  test('is told a second after its end, so that what takes it back at the last moment is known', async ({ db }) => {
    const { id, report } = await assigned(db)
    await db.execute(raw`update reports set released_at = now() where id = ${report.id}`)
    await prepareDeliveries(robotIn(db, 60))
    expect(await deliveriesOf(db, id)).toEqual([])
    const ends = raw`select r.released_at + interval '1 second' <= m.due_at as later
      from reports r, webhook_marks m where r.id = ${report.id}`
    expect(await db.execute(ends)).toEqual([{ later: true }])
  })

  test('is never told when it was taken back, and neither is that', async ({ db }) => {
    const { id, moved, ctx, report } = await assigned(db)
    await takeBack(ctx, seen(moved))
    await db.execute(raw`update reports set released_at = now() - interval '1 second' where id = ${report.id}`)
    await prepareDeliveries(robotIn(db, 60))
    expect(await deliveriesOf(db, id)).toEqual([])
  })
})

test('nothing is told of a rejection that can still be withdrawn, nor once it was', async ({ db }) => {
  const { id } = await subscribe(db)
  const { dispatcher } = await buildTeam(db)
  const report = await buildReport(db)
  await db.delete(webhookMarks)
  // That it was received is prepared late: its worker was restarted.
  await recordEvent(db, robotIn(db), { event: 'report.received', subject: { kind: 'report', id: report.id } })
  const ctx = { db, actor: dispatcher as Actor, now }
  const rejected = await rejectReport(ctx, { ...seen(report), reason: 'spam', answer: '' })
  await prepareDeliveries(robotIn(db, 1))
  expect(await bodies(db, id)).toEqual([])
  await withdrawAnswer(ctx, seen(rejected))
  await prepareDeliveries(robotIn(db, 60))
  expect(await bodies(db, id)).toMatchObject([{ type: 'report.received', data: { state: 'awaiting_intake' } }])
})

test('the payload matches its schema, and contains no words of a citizen', async ({ db }) => {
  const { id } = await subscribe(db)
  const { officer, agency } = await buildTeam(db)
  const report = await buildReport(db, {
    state: 'awaiting_acceptance',
    agencyId: agency.id,
    heldBy: [agency.id],
    title: 'Chị Lan 0912345678 nhờ sửa đèn',
    body: 'Nhà tôi ở ngõ 5',
    address: '5 ngõ Lò Đúc',
  })
  await db.delete(webhookMarks)
  await acceptReport({ db, actor: officer, now }, { ...seen(report), assignToMe: false })
  await db.execute(raw`update reports set released_at = now() - interval '1 second' where id = ${report.id}`)
  await prepareDeliveries(robotIn(db, 60))
  const [delivery] = await deliveriesOf(db, id)
  expect(delivery).toMatchObject({ kind: 'report.state_changed', about: report.code })
  const payload = webhookPayloads['report.state_changed'].parse(JSON.parse(delivery?.body ?? ''))
  expect(payload.data).toMatchObject({ state: 'in_progress', waits_for_citizen: false, rating: null })
  expect(delivery?.body).not.toMatch(/Lan|0912345678|ngõ/)
})

test('merged reports are notified of the state of the canonical report, within the scope of each webhook', async ({
  db,
}) => {
  const client = await buildApiClient(db)
  const [all, partner] = [await subscribe(db), await subscribe(db, { clientId: client.id })]
  const { officer, agency } = await buildTeam(db)
  const held = { agencyId: agency.id, heldBy: [agency.id] }
  const report = await buildReport(db, { state: 'awaiting_acceptance', ...held })
  const merged = await buildReport(db, {
    state: 'merged',
    mergedIntoId: report.id,
    source: sourceOf(client.id),
    ...held,
  })
  await db.delete(webhookMarks)
  const accepted = await acceptReport({ db, actor: officer, now }, { ...seen(report), assignToMe: false })
  await db.execute(raw`update reports set released_at = now() - interval '1 second' where id = ${report.id}`)
  // What changes nothing for the public of the one changes nothing for that of the other.
  await recordEvent(db, robotIn(db), {
    event: 'report.rated',
    subject: { kind: 'report', id: report.id },
    version: accepted.version + 1,
  })
  await prepareDeliveries(robotIn(db, 60))
  const toldOf = (code: string, type: string) => ({ type, data: expect.objectContaining({ code }) })
  expect(await bodies(db, partner.id)).toMatchObject([
    { type: 'report.state_changed', data: { code: merged.code, state: 'in_progress', merged_into: report.code } },
  ])
  expect(await bodies(db, all.id)).toMatchObject([
    toldOf(report.code, 'report.state_changed'),
    toldOf(merged.code, 'report.state_changed'),
    toldOf(report.code, 'report.rated'),
  ])
})

test('one event is told of as many merged reports to as many webhooks as there are', async ({ db }) => {
  const { id } = await subscribe(db)
  await db.execute(raw`insert into webhooks (name, address, kinds, created_at)
    select name || n, address, kinds, created_at from webhooks, generate_series(2, 20) n where id = ${id}`)
  const { officer, agency } = await buildTeam(db)
  const held = { agencyId: agency.id, heldBy: [agency.id] }
  const report = await buildReport(db, { state: 'awaiting_acceptance', ...held })
  const merged = await buildReport(db, { state: 'merged', mergedIntoId: report.id, ...held })
  const columns = raw.join(
    Object.values(getTableColumns(reports)).flatMap(({ name, generated }) =>
      ['id', 'code', 'source_key'].includes(name) || generated ? [] : [raw.identifier(name)],
    ),
    raw`, `,
  )
  await db.execute(raw`insert into reports (code, source_key, ${columns})
    select 'HN-260101-' || n, 'many-' || n, ${columns} from reports, generate_series(10001, 10428) n where id = ${merged.id}`)
  await db.delete(webhookMarks)
  await acceptReport({ db, actor: officer, now }, { ...seen(report), assignToMe: false })
  await db.execute(raw`update reports set released_at = now() - interval '1 second' where id = ${report.id}`)
  // More than 8,191, which one statement takes.
  expect(await prepareDeliveries(robotIn(db, 60))).toBe(20 * 430)
  expect(new Set((await deliveriesOf(db, id)).map(({ about }) => about)).size).toBe(430)
})

test('a change that the public does not see is not told', async ({ db }) => {
  const { id } = await subscribe(db)
  const report = await buildReport(db, { state: 'in_progress', ...(await heldByNew(db)) })
  await db.delete(webhookMarks)
  await recordEvent(
    db,
    robotIn(db),
    {
      event: 'report.citizen_replied',
      subject: { kind: 'report', id: report.id },
      from: 'awaiting_citizen',
      to: 'in_progress',
      version: 2,
    },
    // Another event of the same batch is delivered.
    { event: 'report.rated', subject: { kind: 'report', id: report.id }, version: 3 },
  )
  await prepareDeliveries(robotIn(db, 1))
  expect((await deliveriesOf(db, id)).map(({ kind }) => kind)).toEqual(['report.rated'])
})

const heldByNew = async (db: Database) => {
  const agency = await buildAgency(db)
  return { agencyId: agency.id, heldBy: [agency.id] }
}

describe('a webhook', () => {
  const rated = (id: number) => ({
    event: 'report.rated' as const,
    subject: { kind: 'report' as const, id },
    version: 9,
  })

  test('of an agency is told of reports that it or one below may read', async ({ db }) => {
    const above = await buildAgency(db)
    const below = await buildAgency(db, { parentId: above.id })
    const { id } = await subscribe(db, { agencyId: above.id })
    const [own, foreign] = [
      await buildReport(db, { state: 'in_progress', agencyId: below.id, heldBy: [below.id] }),
      await buildReport(db, { state: 'in_progress', ...(await heldByNew(db)) }),
    ]
    await db.delete(webhookMarks)
    await recordEvent(db, robotIn(db), rated(own.id), rated(foreign.id))
    await prepareDeliveries(robotIn(db, 1))
    expect((await bodies(db, id)).map(({ data }) => data.code)).toEqual([own.code])
  })

  test('of an API client is told of the reports that it sent', async ({ db }) => {
    const client = await buildApiClient(db)
    const { id } = await subscribe(db, { clientId: client.id })
    const [own, foreign] = [
      await buildReport(db, { state: 'in_progress', source: sourceOf(client.id), ...(await heldByNew(db)) }),
      await buildReport(db, { state: 'in_progress', ...(await heldByNew(db)) }),
    ]
    await db.delete(webhookMarks)
    await recordEvent(db, robotIn(db), rated(own.id), rated(foreign.id))
    await prepareDeliveries(robotIn(db, 1))
    expect((await bodies(db, id)).map(({ data }) => data.code)).toEqual([own.code])
  })

  test('gets the chosen kinds since its creation, and no imports', async ({ db }) => {
    const { id } = await subscribe(db, { kinds: ['report.rated'], createdAt: new Date('2026-06-01') })
    const report = await buildReport(db, { state: 'in_progress', ...(await heldByNew(db)) })
    await db.delete(webhookMarks)
    const reopened = { ...rated(report.id), event: 'report.reopened' as const, version: 10 }
    await recordEvent(db, robotIn(db), rated(report.id), reopened)
    await recordEvent(db, { ...robotIn(db), now: () => new Date('2026-05-31') }, rated(report.id))
    await recordEvent(db, { ...robotIn(db), actor: importer }, rated(report.id))
    await prepareDeliveries(robotIn(db, 1))
    expect(await deliveriesOf(db, id)).toHaveLength(1)
  })
})

test('a bulletin is sent with its published title, an exercise never', async ({ db }) => {
  const { id } = await subscribe(db)
  const { editor } = await buildNewsroom(db)
  const bulletin = await buildBulletin(db, { authorId: editor.id, state: 'published' })
  const exercise = await buildBulletin(db, { authorId: editor.id, state: 'published', isExercise: true })
  const actor = await buildActor(db, 'chief_editor')
  await db.delete(webhookMarks)
  await recordEvent(
    db,
    { db, actor, now } as never,
    { event: 'bulletin.published', subject: { kind: 'bulletin', id: bulletin.id }, version: 2 },
    { event: 'bulletin.published', subject: { kind: 'bulletin', id: exercise.id }, version: 2 },
  )
  await prepareDeliveries(robotIn(db, 1))
  const told = await deliveriesOf(db, id)
  expect(told).toHaveLength(1)
  const { data } = webhookPayloads['bulletin.published'].parse(JSON.parse(told[0]?.body ?? ''))
  expect(data).toMatchObject({ state: 'published', path: `/ban-tin/${data.slug}` })
  expect(data.title).not.toBeNull()
})

test('no event is lost or duplicated while two workers prepare concurrently', async ({ db }) => {
  const { id } = await subscribe(db)
  const reports = await Promise.all(
    Array.from({ length: 40 }, async () => buildReport(db, { state: 'in_progress', ...(await heldByNew(db)) })),
  )
  await db.delete(webhookMarks)
  const writing = reports.map(({ id: reportId }, at) =>
    db.transaction(async (tx) => {
      await recordEvent(tx, robotIn(db), {
        event: 'report.rated',
        subject: { kind: 'report', id: reportId },
        version: 5,
      })
      // Commits later ids before earlier ones.
      await tx.execute(raw`select pg_sleep(${(reports.length - at) / 400})`)
    }),
  )
  const preparing = (async () => {
    const isDone = Promise.all(writing).then(() => true)
    while (!(await Promise.race([isDone, Promise.resolve(false)]))) {
      await Promise.all([prepareDeliveries(robotIn(db, 1)), prepareDeliveries(robotIn(db, 1))])
    }
  })()
  await Promise.all([...writing, preparing])
  await Promise.all([prepareDeliveries(robotIn(db, 1)), prepareDeliveries(robotIn(db, 1))])
  const told = (await bodies(db, id)).map(({ data }) => data.code)
  expect(told.toSorted()).toEqual(reports.map(({ code }) => code).toSorted())
})
