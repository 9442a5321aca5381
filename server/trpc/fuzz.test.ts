import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { Connection, Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildFile } from '#db/factories/photos.ts'
import { readyReports } from '#db/factories/ready-reports.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { test } from '#db/testing.ts'
import { roles } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { createCallerFactory } from '../procedures/init.ts'
import { appRouter } from './root.ts'
import { hostileInputs, isInTurn, type Known, type Sample, samplesOf } from './testing/inputs.ts'

type Procedure = { _def: { type: string; inputs: z.ZodType[] } }

const now = hanoi('2026-03-02 14:00')
const callerOf = createCallerFactory(appRouter)
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).filter(
  ([, { _def }]) => _def.inputs.length > 0,
)

const categoryFields = {
  name: 'Đèn đường',
  nameEn: 'Street lights',
  isActive: true,
  intakeMinutes: 480,
  normalMinutes: 2400,
  urgentMinutes: 240,
  complexMinutes: null,
  leadAgencyId: null,
  needsApproval: true,
  needsPhoto: false,
  defaultSeverity: 'normal',
  headAfterDays: 1,
  cityAfterDays: 3,
  forgottenAfterDays: 2,
}

const gateway = {
  kind: 'sms',
  method: 'POST',
  format: 'json',
  address: 'https://sms.example/send',
  headers: 'Authorization: Bearer {{secret}}',
  body: '{"to":"{{phone84}}","text":"{{text}}"}',
}

/** Valid inputs for procedures whose fields depend on each other. */
const fitting: Record<string, object> = {
  'calendars.saveDay': {
    id: null,
    version: 0,
    date: '2026-09-02',
    kind: 'closed',
    intervals: null,
    name: 'Quốc khánh',
    status: 'proposed',
    swappedWith: null,
  },
  'incidentDesk.compose': {
    words: { what: 'Đã dọn', where: 'Toàn phường', when: 'Sáng nay', next: '', ...fixed },
  },
  'gateways.create': gateway,
  'gateways.change': gateway,
  'calendars.saveHours': { id: null, validFrom: '2026-04-01', validTo: null, weekly: { 1: [[480, 720]] } },
}

/** One account with every permission, and one of each thing that an input can name. */
async function buildScene(db: Database) {
  const city = await buildCity(db)
  const account = await buildAccount(db, { agency: city, roles: [...roles], password: 'cầu Long Biên 1902' })
  const { id: sessionId } = await buildSession(db, account.username, now)
  const agency = await buildAgency(db)
  const category = await buildCategory(db)
  const [area, incident] = [await buildArea(db), await buildIncident(db)]
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, incidentId: incident.id })
  const other = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const bulletin = await buildBulletin(db, { authorId: account.id, incidentId: incident.id })
  const standIn = await buildAccount(db)
  const fileId = await buildFile(db)
  const ids = [report.id, incident.id, bulletin.id, agency.id]
  const known: Known = {
    // An input that is not an object has no name; fields may also be called just `id`.
    '': [...ids, report.code],
    id: ids,
    reportId: [report.id],
    intoReportId: [other.id],
    toReportId: [other.id],
    reportIds: [report.id],
    version: [1],
    agencyId: [agency.id],
    agency: [agency.id],
    suggestedAgencyId: [agency.id],
    successorId: [agency.id],
    leadAgencyId: [agency.id],
    agencyIds: [agency.id],
    parentId: [city.id],
    calendarId: [agency.calendarId],
    likeId: [agency.calendarId],
    accountId: [account.id],
    holderId: [account.id],
    standInId: [standIn.id],
    incidentId: [incident.id],
    incident: [incident.id],
    bulletinId: [bulletin.id],
    categoryCode: [category.code],
    parentCode: [category.parentCode],
    code: [category.code],
    areaId: [area.id],
    areaIds: [area.id],
    areaCode: [area.code],
    fileId: [fileId],
    photoIds: [fileId],
    sessionId: [sessionId],
    content: [contentOf()],
    username: ['do.thi.on'],
    phone: ['0912345678'],
    secondFactorRoles: [['admin']],
    roles: [[{ role: 'officer', agencyId: agency.id }]],
    startsAt: [now],
    endsAt: [hanoi('2026-03-09 00:00')],
    box: [{ west: 105.8, south: 21, east: 105.9, north: 21.1 }],
    fields: [categoryFields],
    asked: [{ way: 'known', at: '2026-03-01T00:00:00.000Z' }],
  }
  return { account, agency, known, sessionId }
}

type Scene = Awaited<ReturnType<typeof buildScene>>

const kept = new Error('nothing of it is kept')

const isDefect = (outcome: unknown) =>
  outcome instanceof Error && !(outcome instanceof TRPCError && outcome.code !== 'INTERNAL_SERVER_ERROR')

/** Calls a procedure, rolls its changes back, and returns its outcome. */
function trierOf(db: Database, path: string, type: string, { account, sessionId }: Scene) {
  const session = { id: sessionId, accountId: account.id, actor: account.actor, lastSeenAt: now }
  const call = async (connection: Connection, input: unknown): Promise<unknown> => {
    const context = { db: connection as Database, now: () => now, requestId: randomUUID(), ip: null, session }
    const procedure = path
      .split('.')
      .reduce((step, name) => (step as Record<string, unknown>)[name], callerOf(context) as unknown)
    return (procedure as (input: unknown) => Promise<unknown>)(input).catch((error: unknown) => error)
  }
  return async (input: unknown): Promise<unknown> => {
    if (type !== 'mutation') return call(db, input)
    let outcome: unknown
    const work = db.transaction(async (tx) => {
      outcome = await call(tx, input)
      throw kept
    })
    await work.catch((error: unknown) => {
      if (error !== kept) outcome = error
    })
    return outcome
  }
}

/** Valid inputs: generated from the schema, and for changes of a report one that is possible. */
async function startsOf(db: Database, path: string, schema: z.ZodType, scene: Scene): Promise<Sample[]> {
  const samples = samplesOf(schema, scene.known).map((sample) => ({
    ...sample,
    input: path in fitting ? { ...(sample.input as object), ...fitting[path] } : sample.input,
  }))
  const ready = path.startsWith('reports.') ? readyReports[path.slice('reports.'.length)] : undefined
  if (!ready) return samples
  const stand = { agency: scene.agency, officer: scene.account.actor, now }
  const { report, input } = await ready.build(db, stand)
  const start = { reportId: report.id, ...(ready.versioned !== false && { version: report.version }), ...input }
  return samples.map((sample) => ({ ...sample, input: { ...(sample.input as object), ...start } }))
}

test('no input to a procedure causes a defect', async ({ db }) => {
  const scene = await buildScene(db)
  const count = { tried: 0, taken: 0, called: 0 }
  const defects: string[] = []
  const without: string[] = []
  for (const [path, { _def }] of procedures) {
    const schema = _def.inputs[0] as z.ZodType
    const tryOut = trierOf(db, path, _def.type, scene)
    const starts = await startsOf(db, path, schema, scene)
    if (!starts.some(({ input }) => schema.safeParse(input).success)) without.push(path)
    for (const start of starts) {
      const first = await tryOut(start.input)
      if (isDefect(first)) defects.push(`${path}: the sample: ${first}`)
      for (const { path: place, value, input } of hostileInputs(start)) {
        count.tried++
        if (isRefused(schema, input) || !isInTurn(value, count.taken++)) continue
        count.called++
        const outcome = await tryOut(input)
        if (isDefect(outcome)) defects.push(`${path} ${place.join('.')} = ${shown(value)}: ${outcome}`)
      }
    }
  }
  console.log(`${count.tried} inputs of ${procedures.length} procedures: ${count.taken} passed, ${count.called} called`)
  expect(without).toEqual([])
  expect(defects).toEqual([])
}, 600_000)

/** Already refused by the schema, without another error: the procedure need not be called. */
function isRefused(schema: z.ZodType, input: unknown): boolean {
  try {
    return !schema.safeParse(input).success
  } catch {
    return false
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(Array.isArray(value) ? 'a list' : value)
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text
}
