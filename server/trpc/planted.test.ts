import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { z } from 'zod'
import type { Connection, Database } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { mayUse, type Permission } from '#server/accounts/rules/permissions.ts'
import { handleIncidentExports } from '#server/after-action/http.ts'
import { handleDisclosureExport } from '#server/disclosures/http.ts'
import { recordEvent } from '#server/events/commands.ts'
import { LiveHub } from '#server/live/hub.ts'
import { announce } from '#server/platform/announce.ts'
import { handleCaseExports } from '#server/reports/export-http.ts'
import { caseColumns, isPersonal } from '#server/reports/rules/case-export.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
import { createCallerFactory } from '../procedures/init.ts'
import { appRouter } from './root.ts'
import { samplesOf } from './testing/inputs.ts'
import {
  buildPlanted,
  type Field,
  fields,
  type Onlooker,
  type Planted,
  all as planted,
  plantsIn,
} from './testing/planted.ts'

type Procedure = { _def: { type: string; inputs: z.ZodType[]; meta?: { permission?: Permission } } }

const callerOf = createCallerFactory(appRouter)
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)
const reason = 'Gọi xác minh hiện trường'

const kept = new Error('nothing of it is kept')

/** What each procedure is asked, the same by every account: each input whole, and at its barest where that differs. */
function inputsOf(scene: Planted, path: string, { _def }: Procedure): unknown[] {
  const schema = _def.inputs[0]
  const ofBulletins = path.startsWith('bulletins.') ? scene.knownOfBulletins : scene.known
  const known = path.startsWith('deliveries.') ? scene.knownOfDeliveries : ofBulletins
  if (!schema) return [undefined]
  const drawn: unknown[] = []
  for (const { input } of samplesOf(schema, known))
    for (const one of [input, barest(schema, input)])
      if (!drawn.some((other) => isDeepStrictEqual(one, other))) drawn.push(one)
  return path === 'reports.queue' ? [...drawn, { queue: queueOf('all'), cursor: null }] : drawn
}

/** All answers of a procedure to this account about the planted data; its changes are rolled back. */
async function answersOf(
  db: Database,
  scene: Planted,
  who: Onlooker,
  path: string,
  { _def }: Procedure,
  asked: readonly unknown[],
) {
  const { type, meta } = _def
  if (type === 'subscription' || (meta?.permission && !mayUse(who.actor, meta.permission))) return []
  const session = { id: who.sessionId, accountId: who.actor.id, actor: who.actor, lastSeenAt: scene.now }
  const call = async (connection: Connection, input: unknown) => {
    const context = { db: connection as Database, now: () => scene.now, requestId: randomUUID(), ip: null, session }
    const procedure = path
      .split('.')
      .reduce((step, name) => (step as Record<string, unknown>)[name], callerOf(context) as unknown)
    return (procedure as (input: unknown) => Promise<unknown>)(input).catch((error: { cause?: unknown }) => error.cause)
  }
  const answers: unknown[] = []
  for (const input of asked) {
    if (type === 'query') answers.push(await call(db, input))
    else {
      const undone = db.transaction(async (tx) => {
        answers.push(await call(tx, input))
        throw kept
      })
      await undone.catch((error: unknown) => {
        if (error !== kept) throw error
      })
    }
  }
  return answers
}

/** The same input without its optional parts: filters that are not set narrow nothing. */
function barest(schema: z.ZodType, input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  let bare: Record<string, unknown> = { ...input }
  for (const [key, value] of Object.entries(bare)) {
    if (key === 'words' || key === 'view') continue
    const { [key]: _, ...without } = bare
    if (schema.safeParse(without).success) bare = without
    else
      bare = {
        ...bare,
        [key]: barest({ safeParse: (part: unknown) => schema.safeParse({ ...bare, [key]: part }) } as z.ZodType, value),
      }
  }
  return bare
}

const caller: { db?: Database; who?: Onlooker; now?: Date } = {}
let server: Server
let address = ''
beforeAll(async () => {
  server = createServer((req, res) => {
    const { db, who, now = new Date() } = caller
    const session = { id: who?.sessionId, accountId: who?.actor.id, actor: who?.actor, lastSeenAt: now } as never
    const context = { db: db as Database, now: () => now, requestId: 'r', ip: null, session }
    const doors = [handleCaseExports, handleIncidentExports, handleDisclosureExport]
    void (async () => {
      for (const door of doors) if (await door(req, res, context)) return
      res.writeHead(404).end()
    })()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

/** The files that can be exported, by name. */
function filesOf({ incidentId }: Planted): Record<string, [path: string, fields: Record<string, string>]> {
  const list = { view: 'all', format: 'csv', reason }
  return {
    'file cases': ['/api/reports/export', { ...list, columns: caseColumns.filter((each) => !isPersonal(each)).join() }],
    'file reporters': ['/api/reports/export', { ...list, columns: caseColumns.join() }],
    'file incident': [`/api/incidents/${incidentId}/reports.csv`, {}],
    'file after-action': [`/api/incidents/${incidentId}/after-action.json`, {}],
    'file disclosures': ['/api/disclosures/export', {}],
  }
}

/** Which accounts may see what; all others must not see it. */
const groups = {
  writer: ['writer'],
  /** Accounts that may see the reporter: the agency that handles the report, dispatchers, auditors. */
  revealers: ['writer', 'own officer', 'own approver', 'own auditor', 'city dispatcher', 'city auditor'],
  reviewers: ['own approver', 'city dispatcher'],
  intake: ['city dispatcher'],
  handlers: ['writer', 'own officer', 'own approver', 'city dispatcher'],
  /** Accounts that see the whole history of a report: not agencies that only held it in the past. */
  inHand: [
    ...['writer', 'own officer', 'own approver', 'own manager', 'own auditor'],
    ...['city dispatcher', 'city manager', 'city auditor'],
  ],
  /** Accounts that read bulletins before they are published. */
  newsroom: [
    'own manager',
    'own auditor',
    'former manager',
    'foreign manager',
    'foreign auditor',
    'city dispatcher',
    'city manager',
    'city auditor',
    'city admin',
    'city editor',
    'city chief_editor',
  ],
  auditors: ['own auditor', 'city auditor'],
  administration: ['own auditor', 'city auditor', 'city admin'],
} as const satisfies Record<string, readonly string[]>
/** An agency that held a report can still read it. */
const readers: readonly string[] = [...groups.inHand, 'former officer', 'former manager']

type Place = { in: readonly string[]; to: readonly string[] | 'all'; because: string }

const lists = ['reports.queue', 'reports.brief', 'reports.byCode', 'file cases', 'file reporters', 'file incident']
const reporter: Place[] = [
  { in: ['reports.revealReporter', 'file reporters'], to: groups.revealers, because: 'asked for through the gate' },
]
const addressee: Place[] = [
  ...reporter,
  { in: ['deliveries.addressLetter'], to: groups.intake, because: 'to whom a letter goes, asked for through the gate' },
]
const copies = ['publication.copy', 'publication.awaiting']
const drafts = ['drafts.keep', 'drafts.mine', 'drafts.on']

/**
 * Where planted data must appear, and why: the citizen’s and the officer’s own words belong to the work on the report.
 */
const expected: Record<Field, Place[]> = {
  reporterName: addressee,
  reporterPhone: reporter,
  reporterEmail: reporter,
  reporterAddress: addressee,
  title: [
    {
      in: [...lists, 'file after-action'],
      to: readers,
      because: 'names the report in every list of those who read it',
    },
    {
      in: ['insights.storm', 'insights.wall'],
      to: readers,
      because: 'names the reports behind a figure to their readers',
    },
    { in: ['reports.findByPhone'], to: groups.revealers, because: 'names what the caller sent' },
    { in: ['bulk.preview'], to: groups.handlers, because: 'names what would change' },
    { in: copies, to: groups.reviewers, because: 'names what is to be made public' },
    {
      in: ['deliveries.undelivered', 'deliveries.letter'],
      to: groups.intake,
      because: 'names what its reporter was not told of',
    },
    { in: ['drafts.mine'], to: groups.writer, because: 'names what the draft is on' },
  ],
  body: [
    { in: ['reports.byCode', 'file cases', 'file reporters'], to: readers, because: 'what is to be handled' },
    { in: ['reports.queue'], to: readers, because: 'how it begins, under the title in the list' },
    { in: ['publication.copy'], to: groups.reviewers, because: 'what a copy for the public is made of' },
  ],
  address: [
    { in: [...lists, 'file after-action'], to: readers, because: 'where to go' },
    { in: ['publication.copy'], to: groups.reviewers, because: 'what a copy for the public is made of' },
  ],
  note: [
    { in: ['reports.byCode'], to: groups.inHand, because: 'what colleagues know of it' },
    { in: ['reports.partsToPick'], to: groups.handlers, because: 'what may go along with a part of the report' },
  ],
  message: [
    { in: ['reports.byCode'], to: readers, because: 'what the citizen said since' },
    { in: ['reports.partsToPick'], to: groups.handlers, because: 'what may go along with a part of the report' },
  ],
  answer: [{ in: ['reports.byCode'], to: groups.inHand, because: 'what is to be approved; not sent yet' }],
  remarks: [{ in: ['reports.byCode'], to: groups.inHand, because: 'what the reviewer asked for' }],
  request: [{ in: ['reports.byCode'], to: groups.inHand, because: 'what is to be granted' }],
  draft: [{ in: drafts, to: groups.writer, because: 'the writer’s own until he shares it' }],
  sharedDraft: [
    { in: drafts, to: groups.writer, because: 'his own' },
    { in: ['drafts.on'], to: groups.handlers, because: 'put on the report for those who handle it' },
  ],
  photoName: [{ in: ['reports.byCode'], to: readers, because: 'what the picture is called' }],
  eventDetails: [
    { in: ['reports.byCode'], to: groups.inHand, because: 'why it was passed on, in its story' },
    { in: ['events.list'], to: groups.administration, because: 'the log says what happened' },
  ],
  eventIp: [{ in: ['events.list'], to: groups.administration, because: 'the log says from where' }],
  disclosureReason: [
    { in: ['disclosures.list', 'file disclosures'], to: groups.auditors, because: 'why somebody looked' },
  ],
  disclosureIp: [
    { in: ['disclosures.list', 'file disclosures'], to: groups.auditors, because: 'from where he looked' },
  ],
  bulletinDraft: [
    {
      in: ['bulletins.byId', 'bulletins.announcement'],
      to: groups.newsroom,
      because: 'what is to be published, and what the wards are to read out of it',
    },
  ],
  bulletinRemark: [{ in: ['bulletins.byId'], to: groups.newsroom, because: 'what editors say of it' }],
  incidentNote: [
    {
      in: ['afterAction.log', 'afterAction.report', 'file after-action'],
      to: 'all',
      because: 'the log of an incident is read by everybody who works on it, newsroom included',
    },
  ],
}

const mayBeSeen = (field: Field, path: string, who: string): boolean =>
  expected[field].some((place) => place.in.includes(path) && (place.to === 'all' || place.to.includes(who)))

/** Announcements of a change contain only ids: clients with access load the rest through the procedures. */
test('no stream contains planted data, whatever changes', async ({ db, client }) => {
  const { now, onlookers, reportId, incidentId, bulletinId } = await buildPlanted(db)
  // Streams use the real clock.
  await db.update(sessions).set({ lastSeenAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) })
  const hub = new LiveHub(client)
  onTestFinished(() => hub.close())
  const open = ({ name, actor, sessionId }: Onlooker) => {
    const { mailbox, leave } = hub.join({ id: sessionId, accountId: actor.id, actor, lastSeenAt: now })
    return { name, messages: mailbox.messages(), leave }
  }
  // A stream begins with a message to catch up, and the first one gets another when the hub starts listening.
  const first = open(onlookers[0] as Onlooker)
  for (let n = 0; n < 2; n++) await first.messages.next()
  first.leave()
  const streams = onlookers.map(open)
  for (const { messages } of streams) await messages.next()
  const details = { words: planted('eventDetails') }
  const acting = { actor: robot, now: () => now, ip: planted('eventIp') }
  for (const entry of [
    { event: 'report.note_added', subject: { kind: 'report', id: reportId } },
    { event: 'incident.note_added', subject: { kind: 'incident', id: incidentId } },
    { event: 'bulletin.remark_added', subject: { kind: 'bulletin', id: bulletinId } },
  ] as const) {
    await recordEvent(db, acting, { ...entry, details })
  }
  for (const { actor } of onlookers) await announce(db, { kind: 'notification', ids: null, accountId: actor.id })
  const all = ['bulletin', 'incident', 'notification', 'report']
  for (const { name, messages } of streams) {
    const told = new Set<string>()
    // An account that may see everything receives all kinds; the others at least their own notifications.
    const expected = name === 'city auditor' ? all : ['notification']
    while (expected.some((kind) => !told.has(kind))) {
      const { value } = await messages.next()
      if (!value) throw new Error(`the stream of ${name} has ended`)
      expect([name, value, plantsIn(value)]).toEqual([name, value, []])
      told.add(value.kind)
    }
  }
})

test('planted data is visible where it must be, and nowhere else', async ({ db }) => {
  const scene = await buildPlanted(db)
  const seen = new Set<string>()
  const leaks = new Set<string>()
  const asked = new Map(procedures.map(([path, procedure]) => [path, inputsOf(scene, path, procedure)]))
  for (const who of scene.onlookers) {
    const note = (path: string, answers: unknown[]) => {
      for (const { field, kind } of plantsIn(answers)) {
        seen.add(`${field} in ${path}`)
        if (!mayBeSeen(field, path, who.name)) leaks.add(`${who.name} sees ${kind} of ${field} in ${path}`)
      }
    }
    for (const [path, procedure] of procedures)
      note(path, await answersOf(db, scene, who, path, procedure, asked.get(path) ?? []))
    Object.assign(caller, { db, who, now: scene.now })
    for (const [name, [path, form]] of Object.entries(filesOf(scene))) {
      const answer = await fetch(`${address}${path}`, { method: 'POST', body: new URLSearchParams(form) })
      note(name, [await answer.text()])
    }
  }
  expect([...leaks].sort()).toEqual([])
  // If the table allows a place that shows nothing, the table is wrong or the test no longer checks that place.
  const unseen = fields.flatMap((field) => {
    const places = new Set(expected[field].flatMap((place) => place.in))
    return [...places].map((path) => `${field} in ${path}`).filter((place) => !seen.has(place))
  })
  expect(unseen).toEqual([])
}, 600_000)
