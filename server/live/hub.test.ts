import { eq } from 'drizzle-orm'
import { expect, onTestFinished } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { accounts } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { revokeSessions } from '#server/accounts/commands/keep-sessions.ts'
import { revokedChannel } from '#server/accounts/queries/sessions.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import type { LiveSession } from '#server/accounts/session.ts'
import { recordEvent } from '#server/events/commands.ts'
import { announce } from '#server/platform/announce.ts'
import { undoLimits } from '#server/platform/rules/limits.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { releaseReport } from '#server/reports/commands/release-report.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { LiveHub } from './hub.ts'
import { Mailbox } from './mailbox.ts'
import { type LiveMessage, liveLimits } from './rules/message.ts'

const now = () => new Date()

/** Hubs as in two processes, each with separate connections, which are listening already. */
const test = databaseTest.extend('hubs', { scope: 'file' }, async ({ databaseUrl, db }, { onCleanup }) => {
  const clients = [connect(databaseUrl, { max: 2 }), connect(databaseUrl, { max: 2 })]
  const hubs = clients.map((client) => new LiveHub(client))
  onCleanup(async () => {
    for (const hub of hubs) hub.close()
    await Promise.all(clients.map((client) => client.close()))
  })
  for (const hub of hubs) {
    const first = await open(hub, await signIn(db, await buildActor(db, 'auditor')))
    expect(await first.next()).toEqual({ kind: 'catch_up' })
    first.leave()
  }
  return hubs as [LiveHub, LiveHub]
})

async function signIn(db: Database, actor: StaffActor): Promise<LiveSession> {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, actor.id))
  const { id } = await buildSession(db, account?.username ?? '')
  return { id, accountId: actor.id, actor, lastSeenAt: now() }
}

/** An open stream whose initial `catch_up` message has been read. */
async function open(hub: LiveHub, session: LiveSession) {
  const { mailbox, leave } = hub.join(session)
  const messages = mailbox.messages()
  const next = async () => (await messages.next()).value ?? 'ended'
  expect(await next()).toEqual({ kind: 'catch_up' })
  return { next, leave }
}

const note = (reportId: number) => ({
  event: 'report.note_added' as const,
  subject: { kind: 'report', id: reportId } as const,
})
const asRobot = { actor: robot, now }
const markOf = (actor: StaffActor) => ({ kind: 'notification', ids: ['the end'], accountId: actor.id }) as const

/** The messages before the mark. A slow process may send one change in two messages. */
async function untilTheEnd({ next }: Awaited<ReturnType<typeof open>>): Promise<string[]> {
  const told: string[] = []
  for (;;) {
    const message = await next()
    if (message === 'ended' || message.kind === 'catch_up') throw new Error(`told ${JSON.stringify(message)}`)
    if (message.kind === 'notification') return told
    told.push(`${message.kind} ${message.ids}`)
  }
}

test('after commit, a change is sent in every process to those who may see the report and to no one else', async ({
  db,
  hubs,
}) => {
  const [ours, theirs] = [await buildTeam(db), await buildTeam(db)]
  const editor = await buildActor(db, 'editor')
  const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: ours.agency.id })
  const insiders = [ours.officer, ours.dispatcher]
  const outsiders = [theirs.officer, editor]
  const streams = await Promise.all(
    hubs.flatMap((hub) =>
      [...insiders, ...outsiders].map(async (actor) => ({ actor, stream: await open(hub, await signIn(db, actor)) })),
    ),
  )

  const undone = db.transaction(async (tx) => {
    await recordEvent(tx, asRobot, note(report.id))
    throw new Error('it is rolled back')
  })
  await expect(undone).rejects.toThrow('it is rolled back')
  await acceptReport(actingAt(db, ours.officer, '10:00'), { ...seen(report), assignToMe: false })
  const named = { kind: 'report', ids: [report.id] }
  for (const { actor, stream } of streams) if (insiders.includes(actor)) expect(await stream.next()).toEqual(named)

  // The mark, which is announced later, arrives first where there is nothing else to send.
  for (const actor of [...insiders, ...outsiders]) await announce(db, markOf(actor))
  for (const { actor, stream } of streams) {
    const told = await untilTheEnd(stream)
    const again = insiders.includes(actor) ? `report ${report.id}` : 'nothing'
    expect(told.filter((words) => words !== again)).toEqual([])
    stream.leave()
  }
})

test('an agency hears of a report that it gets when the time to take that back has passed, and not before', async ({
  db,
  hubs,
}) => {
  const { agency, officer, dispatcher } = await buildTeam(db)
  const openFor = (actor: StaffActor) => Promise.all(hubs.map(async (hub) => open(hub, await signIn(db, actor))))
  const [theirs, desk] = [await openFor(officer), await openFor(dispatcher)]
  const hear = async ({ next }: (typeof desk)[number], id: number): Promise<void> => {
    for (;;) {
      const message = await next()
      if (message === 'ended') throw new Error('the stream has ended')
      if (message.kind === 'report' && (message.ids as number[] | null)?.includes(id)) return
    }
  }
  const assign = async (seconds: number) => {
    const report = await buildReport(db)
    const at = new Date(Date.now() - seconds * 1000)
    return assignReport({ db, actor: dispatcher, now: () => at }, { ...seen(report), agencyId: agency.id })
  }
  const fresh = await assign(0)
  for (const stream of desk) await hear(stream, fresh.id)
  await takeBack({ db, actor: dispatcher, now }, seen(fresh))
  for (const stream of desk) await hear(stream, fresh.id)
  await announce(db, markOf(officer))
  for (const stream of theirs) expect(await untilTheEnd(stream)).not.toContain(`report ${fresh.id}`)

  const old = await assign(15 + undoLimits.graceSeconds + 1)
  await releaseReport({ db, actor: robot, now }, old.id)
  for (const stream of [...desk, ...theirs]) {
    await hear(stream, old.id)
    stream.leave()
  }
})

test('a dropped connection to the database loses nothing: every stream is sent catch_up, and then continues', async ({
  db,
  sql,
  hubs,
}) => {
  const { officer, agency } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const streams = await Promise.all(hubs.map(async (hub) => open(hub, await signIn(db, officer))))
  const lastListen = `listen "${revokedChannel}"%`
  const ears = () => sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where datname = current_database() and state = 'idle' and query like ${lastListen}`
  const before = (await ears()).map(({ pid }) => pid)
  expect(before).toHaveLength(2)
  await sql`select pg_terminate_backend(pid) from unnest(${before}::int[]) pid`
  await recordEvent(db, asRobot, note(report.id))
  await expect.poll(async () => (await ears()).filter(({ pid }) => !before.includes(pid)).length).toBe(2)
  for (const { next } of streams) await until(next, 'catch_up')
  await announce(db, markOf(officer))
  for (const { next, leave } of streams) {
    await until(next, 'notification')
    leave()
  }
})

/** Reads on, skipping other messages. */
async function until(next: () => Promise<LiveMessage | 'ended'>, kind: LiveMessage['kind']): Promise<void> {
  for (;;) {
    const message = await next()
    if (message === 'ended') expect.fail(`the stream ended before ${kind}`)
    if (message.kind === kind) return
  }
}

const idsOf = (message: LiveMessage | 'ended'): number[] =>
  message !== 'ended' && message.kind === 'report' ? [...(message.ids ?? [])] : []

test('a bulk change is sent once, and many reports are not named', async ({ db, hubs }) => {
  const { officer, agency } = await buildTeam(db)
  const reports = await Promise.all([1, 2, 3].map(() => buildReport(db, { state: 'in_progress', agencyId: agency.id })))
  const stream = await open(hubs[0], await signIn(db, officer))
  await Promise.all(reports.map(({ id }) => recordEvent(db, asRobot, note(id), note(id))))
  const told: number[] = []
  while (told.length < reports.length) told.push(...idsOf(await stream.next()))
  expect(new Set(told)).toEqual(new Set(reports.map(({ id }) => id)))

  const [first] = reports
  const crowd = Array.from({ length: 400 }, (_, more) => note((first?.id ?? 0) + more))
  await recordEvent(db, asRobot, ...crowd)
  let message: LiveMessage | 'ended' = await stream.next()
  // On a busy machine the first change may be sent in two parts.
  while (idsOf(message).length > 0) message = await stream.next()
  expect(message).toEqual({ kind: 'report', ids: null })
  stream.leave()
})

test('a reader who does not read costs no more than the names of some reports', async () => {
  const slow = new Mailbox()
  for (let id = 0; id < 100_000; id++) slow.put('report', [id])
  slow.put('presence', [1])
  slow.put('presence', [1, 2])
  const messages = slow.messages()
  const taken = [(await messages.next()).value, (await messages.next()).value]
  expect(taken).toEqual([
    { kind: 'report', ids: null },
    { kind: 'presence', ids: [1, 2] },
  ])
})

test('what arrives at the moment when a reader finds nothing still wakes it', async () => {
  const mailbox = new Mailbox()
  const next = mailbox.messages().next()
  // The reader has checked and does not wait yet.
  mailbox.put('report', [1])
  expect((await next).value).toEqual({ kind: 'report', ids: [1] })
})

test('a stream ends within a second of its sign-in, in every process; the other sign-ins continue', async ({
  db,
  hubs,
}) => {
  const officer = await buildActor(db, 'officer')
  const [ended, kept] = [await signIn(db, officer), await signIn(db, officer)]
  const gone = await Promise.all(hubs.map((hub) => open(hub, ended)))
  const going = await open(hubs[0], kept)
  await db.transaction((tx) => revokeSessions(tx, { sessionId: ended.id }, 'revoked_by_admin', now()))
  for (const { next } of gone) await expect(next()).rejects.toThrow('session_revoked')
  await announce(db, markOf(officer))
  expect(await going.next()).toEqual({ kind: 'notification', ids: ['the end'] })
  going.leave()
})

test('an older session check that is answered last does not restore a scope that was lost', async ({ db, sql }) => {
  const [ours, theirs] = [await buildTeam(db), await buildTeam(db)]
  const report = await buildReport(db, { state: 'in_progress', agencyId: ours.agency.id })
  const session = await signIn(db, ours.officer)
  const answers: (() => void)[] = []
  const execute: Database['execute'] = ((query: Parameters<Database['execute']>[0]) =>
    db.execute(query).then((rows) => new Promise((answer) => answers.push(() => answer(rows))))) as never
  const slow = new Proxy(db, { get: (target, key) => (key === 'execute' ? execute : Reflect.get(target, key)) })
  const hub = new LiveHub({ db: slow, sql })
  onTestFinished(() => hub.close())
  const { mailbox } = hub.join(session)
  const messages = mailbox.messages()
  const next = async () => (await messages.next()).value ?? 'ended'
  // One at its beginning, and one when the hub listens, which also checks the session.
  for (const _ of ['beginning', 'hearing']) await until(next, 'catch_up')
  const asked = (times: number) => expect.poll(() => answers.length).toBe(times)

  await asked(1)
  await sql`update account_roles set agency_id = ${theirs.agency.id} where account_id = ${ours.officer.id}`
  await sql.notify(revokedChannel, ours.officer.id)
  await asked(2)
  answers[1]?.()
  answers[0]?.()
  await recordEvent(db, asRobot, note(report.id))
  await asked(3)
  answers[2]?.()
  await announce(db, markOf(ours.officer))
  expect(await next()).toEqual({ kind: 'notification', ids: ['the end'] })
})

test('one sign-in holds a limited number of streams; one more ends the oldest', async ({ db, hubs }) => {
  const session = await signIn(db, await buildActor(db, 'officer'))
  const before = hubs[0].size
  const streams = []
  for (let n = 0; n <= liveLimits.streamsPerSession; n++) streams.push(await open(hubs[0], session))
  expect(await streams[0]?.next()).toBe('ended')
  await announce(db, { kind: 'job', ids: ['run'], accountId: session.accountId })
  expect(await streams[1]?.next()).toEqual({ kind: 'job', ids: ['run'] })
  for (const { leave } of streams) leave()
  expect(hubs[0].size).toBe(before)
})
