import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'csv-parse/sync'
import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { disclose } from './commands/disclose.ts'
import { handleDisclosureExport } from './http.ts'
import { listLooks, lookers, personsOfLook } from './queries/looks.ts'
import { type LookFilter, noLookFilter } from './rules/filters.ts'

const reason = 'Gọi hỏi vị trí cây đổ'
const reporter = { name: 'Đặng Văn Hải', phone: '0916000321', email: 'hai@example.com', address: '5 Lò Đúc' }
const shown = /Hải|0916|example|Lò Đúc/

type Looking = { at?: string; ids: readonly number[]; purpose?: 'reveal' | 'export'; why?: string }

/** An officer of an agency who views personal data, and that agency's auditor. */
async function agencyDesk(db: Database) {
  const agency = await buildAgency(db)
  const account = await buildAccount(db, { agency, name: 'Trần Văn Hùng' })
  const auditor = await buildActor(db, 'auditor', agency)
  const look = ({ at = '2026-03-02 10:00', ids, purpose = 'reveal', why = reason }: Looking) => {
    const ctx = { db, actor: account.actor, now: () => hanoi(at) }
    return db.transaction((tx) => disclose(tx, ctx, null, { purpose, reason: why, reportIds: ids }))
  }
  const write = async () => (await buildReport(db, { agencyId: agency.id, reporter })).id
  return { agency, account, auditor, look, write }
}
const listed = async (db: Database, actor: Actor, filter: Partial<LookFilter> = {}) =>
  (await listLooks({ db, actor }, { ...noLookFilter, ...filter }, null)).looks

describe('the list of disclosures', () => {
  test('is read by auditors only', async ({ db }) => {
    for (const role of ['admin', 'manager', 'dispatcher', 'officer', 'approver', 'editor'] as const) {
      const actor = await buildActor(db, role)
      await expect(listLooks({ db, actor }, noLookFilter, null)).rejects.toThrow('forbidden')
      await expect(personsOfLook({ db, actor }, { lookId: 1 })).rejects.toThrow('forbidden')
      await expect(lookers({ db, actor })).rejects.toThrow('forbidden')
    }
  })

  test('shows who, whose data, why and how many, without personal data itself', async ({ db }) => {
    const { account, auditor, look, write } = await agencyDesk(db)
    const ids = [await write(), await write(), await write(), await write()]
    const id = await look({ ids, purpose: 'export' })
    const [told] = await listed(db, auditor)
    expect(told).toMatchObject({
      account: { id: account.id, name: 'Trần Văn Hùng' },
      purpose: 'export',
      reason,
      persons: 1,
      reports: 4,
    })
    expect(told?.first.map(({ reportId, reporter }) => [reportId, reporter?.initials, reporter?.phone])).toEqual(
      ids.slice(0, 3).map((each) => [each, 'Đ.V.H.', '••••••••21']),
    )
    const { persons, next } = await personsOfLook({ db, actor: auditor }, { lookId: id })
    expect([persons.map(({ reportId }) => reportId), next]).toEqual([ids, null])
    expect(JSON.stringify([told, persons])).not.toMatch(shown)
  })

  test('covers the auditor’s own agency; the city’s auditor reads all', async ({ db }) => {
    const [here, elsewhere] = [await agencyDesk(db), await agencyDesk(db)]
    const [own, foreign] = [await here.look({ ids: [1] }), await elsewhere.look({ ids: [2] })]
    const idsFor = async (actor: Actor) => (await listed(db, actor)).map(({ id }) => id)
    expect(await idsFor(here.auditor)).toEqual([own])
    expect(await idsFor(await buildActor(db, 'auditor', await buildCity(db)))).toEqual(
      expect.arrayContaining([own, foreign]),
    )
    const reading = { db, actor: here.auditor }
    await expect(personsOfLook(reading, { lookId: foreign })).rejects.toThrow('not_found')
    expect(await lookers(reading)).toMatchObject([{ id: here.account.id }])
  })

  test('is narrowed by account, day, purpose and report', async ({ db }) => {
    const { account, auditor, look, write } = await agencyDesk(db)
    const [reportId, other] = [await write(), await write()]
    const [first] = await listed(db, auditor)
    expect(first).toBeUndefined()
    const one = await look({ at: '2026-03-01 23:59', ids: [reportId] })
    const two = await look({ at: '2026-03-02 00:00', ids: [other], purpose: 'export' })
    const code = (await listed(db, auditor)).find(({ id }) => id === one)?.first[0]?.code ?? ''
    const idsOf = async (filter: Partial<LookFilter>) => (await listed(db, auditor, filter)).map(({ id }) => id)
    expect(await idsOf({ day: { from: null, to: '2026-03-01' } })).toEqual([one])
    expect(await idsOf({ day: { from: '2026-03-02', to: null } })).toEqual([two])
    expect(await idsOf({ purpose: 'export' })).toEqual([two])
    expect(await idsOf({ accountId: account.id })).toEqual([two, one])
    expect(await idsOf({ report: code.toLowerCase() })).toEqual([one])
    expect(await idsOf({ report: 'HN-000000-0000' })).toEqual([])
  })

  test('is paged without a gap or a repetition', async ({ db }) => {
    const { auditor, look } = await agencyDesk(db)
    const ids: number[] = []
    for (let i = 0; i < 120; i++) ids.push(await look({ at: `2026-03-0${1 + Math.floor(i / 40)} 08:00`, ids: [7] }))
    const read: number[] = []
    let cursor: Parameters<typeof listLooks>[2] = null
    do {
      const page = await listLooks({ db, actor: auditor }, noLookFilter, cursor)
      read.push(...page.looks.map(({ id }) => id))
      cursor = page.next
    } while (cursor)
    expect(read).toEqual(ids.reverse())
  })
})

describe('the file of disclosures', () => {
  const caller: { db?: Database; actor?: StaffActor; sessionId?: string } = {}
  const now = () => hanoi('2026-03-02 15:00')
  let server: Server
  let address = ''
  beforeAll(async () => {
    server = createServer((req, res) => {
      const { db, actor, sessionId } = caller
      const session = { id: sessionId, accountId: actor?.id, actor, lastSeenAt: now() } as never
      void handleDisclosureExport(req, res, { db: db as Database, now, requestId: 'r', ip: null, session })
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/disclosures/export`
  })
  afterAll(() => void server.close())
  const take = (fields = {}) => fetch(address, { method: 'POST', body: new URLSearchParams(fields) })

  test('requires a confirmed identity, masks persons, escapes formulas in reasons, and is in the log', async ({
    db,
  }) => {
    const { agency, look, write } = await agencyDesk(db)
    const reportId = await write()
    await look({ ids: [reportId], why: '=HYPERLINK("http://x")' })
    const auditor = await buildAccount(db, { agency, roles: ['auditor'] })
    const stale = await buildSession(db, auditor.username, hanoi('2026-03-02 08:00'))
    Object.assign(caller, { db, actor: auditor.actor, sessionId: stale.id })
    expect(await (await take()).json()).toMatchObject({ code: 'step_up_needed' })
    const fresh = await buildSession(db, auditor.username, now())
    Object.assign(caller, { sessionId: fresh.id })
    const answer = await take({ to: '2026-03-02', purpose: 'reveal', from: 'x' })
    const text = await answer.text()
    const [head, row, ...others] = parse(text, { bom: true }) as string[][]
    expect([head?.length, others.length]).toEqual([12, 0])
    expect(row).toContain('\t=HYPERLINK("http://x")')
    expect(row).toEqual(expect.arrayContaining(['Trần Văn Hùng', 'Đ.V.H.', '••••••••21']))
    expect(text).not.toMatch(shown)
    const told = and(eq(events.event, 'export.disclosures_made'), eq(events.actorId, auditor.id))
    const [event] = await db.select().from(events).where(told).orderBy(desc(events.id))
    expect(event?.details).toEqual({ format: 'csv', rows: 1, to: '2026-03-02', purpose: 'reveal' })

    Object.assign(caller, { actor: await buildActor(db, 'admin', agency) })
    expect((await take()).status).toBe(403)
  })
})
