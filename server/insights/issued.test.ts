import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Connection, Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildHeldReport } from '#db/factories/lived-reports.ts'
import { openMailbox } from '#db/factories/mailbox.ts'
import { buildReport } from '#db/factories/reports.ts'
import { agencies, events, issuedReports, mailingRuns, mailings, reports, staleFacts } from '#db/schema/index.ts'
import { test as plain } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { removeMailing, saveMailing, testMailing } from './commands/save-mailing.ts'
import { sendMailings } from './commands/send-mailings.ts'
import { handleIssuedPages } from './issued-http.ts'
import { sayIn } from './mail/weekly-letter.ts'
import { readBoard } from './queries/board.ts'
import { issuedById, issuedNow, listIssued } from './queries/issued.ts'
import { correctionsOf, issuedAddress, issuedPagesPath } from './rules/issued.ts'
import type { Point } from './rules/weekly.ts'
import { boardOf } from './rules/weekly-period.ts'
import { momentOf } from './rules/weekly-words.ts'
import { weeklyMailing } from './testing/weekly-mailing.ts'

const test = plain.extend('box', async ({ db: _ }, { onCleanup }) => {
  const box = await openMailbox()
  onCleanup(box.close)
  return box
})
type Box = Awaited<ReturnType<typeof openMailbox>>

const at = (db: Database, actor: Context['actor'], local: string): Context => ({ db, actor, now: () => hanoi(local) })
const later = '2026-04-20 10:00'
const settings = ({ url }: Box) => ({
  mail: { url, from: 'desk@hanoi.example', domains: ['hanoi.example'] },
  appUrl: new URL('https://desk.hanoi.example'),
})
const send = (db: Database, box: Box, local = '2026-03-09 07:30') => sendMailings(at(db, robot, local), settings(box))

let count = 0
const managerOf = (db: Database, agency: BuiltAgency): Promise<BuiltAccount> => {
  count += 1
  return buildAccount(db, { agency, roles: ['manager'], email: `i${count}@hanoi.example` })
}
const received = (db: Connection, agencyId: string) => buildHeldReport(db, agencyId)

/** A weekly report of the first week of March, set up within it. */
async function mailTo(db: Database, recipients: readonly BuiltAccount[]): Promise<{ id: string }> {
  const [owner] = recipients
  if (!owner) throw new Error('no recipient')
  return saveMailing(at(db, owner.actor, '2026-03-05 10:00'), weeklyMailing(recipients))
}

const keptOf = (db: Database, mailingId: string) =>
  db.select().from(issuedReports).where(eq(issuedReports.mailingId, mailingId)).orderBy(issuedReports.id)

/** Two ward managers and one of the city got the report of a week in which the ward received two. */
async function issue(db: Database, box: Box) {
  const ward = await buildAgency(db)
  const [one, two] = [await managerOf(db, ward), await managerOf(db, ward)]
  const boss = await managerOf(db, await buildCity(db))
  const built = [await received(db, ward.id), await received(db, ward.id)]
  const { id } = await mailTo(db, [boss, one, two])
  await send(db, box)
  const kept = await keptOf(db, id)
  const ofWard = kept.find(({ agencyIds }) => agencyIds !== null)
  if (!ofWard) throw new Error('nothing was issued')
  return { ward, one, two, boss, built, id, kept, ofWard }
}

async function corrections(ctx: Context, id: string) {
  const { weekly } = await issuedById(ctx, id)
  return correctionsOf(weekly, await issuedNow(ctx, id), sayIn('vi'), 'vi')
}

describe('a report that is sent by mail', () => {
  test('is kept once for each scope, as the letter said it, and the letter opens it', async ({ db, box }) => {
    const { ward, one, two, kept, ofWard, id } = await issue(db, box)
    expect(kept.map(({ agencyIds }) => agencyIds)).toEqual(expect.arrayContaining([null, [ward.id]]))
    expect(kept).toHaveLength(2)
    for (const { email } of [one, two]) {
      const letter = box.letters.find(({ to }) => to.includes(email ?? ''))
      expect([letter?.subject, letter?.text.replaceAll('\r\n', '\n').trim()]).toEqual([
        ofWard.subject,
        ofWard.text.trim(),
      ])
      expect(letter?.html).toContain(`https://desk.hanoi.example${issuedAddress(ofWard.id)}`)
    }
    expect(ofWard).toMatchObject({ edition: 'weekly', fromDay: '2026-03-02', toDay: '2026-03-08', locale: 'vi' })
    expect(ofWard.dueAt).toEqual(hanoi('2026-03-09 07:30'))
    expect(ofWard.page).toContain(`Phát hành lúc ${momentOf(ofWard.issuedAt)}`)
    expect(ofWard.page).toContain('Tiếp nhận')
    expect(ofWard.page).not.toContain('https://desk.hanoi.example')
    const { weekly } = await issuedById(at(db, one.actor, later), ofWard.id)
    expect(weekly.figures.received.value).toBe(2)
    expect(weekly.header.asOf).toEqual(hanoi('2026-03-09 00:00'))
    // Its mailing and runs may go; what was issued stays.
    await removeMailing(at(db, one.actor, later), { id, version: 1 }).catch(() => undefined)
    expect(await keptOf(db, id)).toEqual(kept)
  })

  test('counts what was begun before it and is committed while it is made, as the board as issued does', async ({
    db,
    box,
  }) => {
    const ward = await buildAgency(db)
    const owner = await managerOf(db, ward)
    await received(db, ward.id)
    const { id } = await mailTo(db, [owner])
    let sending: Promise<unknown> = Promise.resolve()
    await db.transaction(async (tx) => {
      await received(tx, ward.id)
      let isSent = false
      sending = send(db, box).finally(() => (isSent = true))
      // Until it is sent, or found that this transaction is open.
      const looking = sql`select count(*)::int as count from pg_stat_activity where query like 'select clock_timestamp() >%'
        and pid <> pg_backend_pid()`
      await expect
        .poll(async () => isSent || ((await db.execute<{ count: number }>(looking))[0]?.count ?? 0) > 0)
        .toBe(true)
    })
    await sending
    const [kept] = await keptOf(db, id)
    if (!kept) throw new Error('nothing was issued')
    const reader = at(db, owner.actor, later)
    const { weekly } = await issuedById(reader, kept.id)
    expect(weekly.figures.received.value).toBe(2)
    await received(db, ward.id)
    const asked = { way: 'issued', at: kept.issuedAt.toISOString() } as const
    const board = await readBoard({ ...reader, now: () => new Date() }, { ...boardOf(weekly.question), asked })
    expect(board.kpis.received.value).toBe(2)
    expect(board.kpis.backlog.value).toBe(weekly.figures.backlog.value)
  })

  test('goes out of a later attempt as it was kept by the first', async ({ db, box }) => {
    const ward = await buildAgency(db)
    const [first, second] = [await managerOf(db, ward), await managerOf(db, ward)]
    await received(db, ward.id)
    const { id } = await mailTo(db, [first, second])
    box.refuse(second.email ?? '', 1)
    await send(db, box)
    await received(db, ward.id)
    await db.update(mailings).set({ locale: 'en', name: 'Weekly' }).where(eq(mailings.id, id))
    await send(db, box, '2026-03-09 07:32')
    const [early, late] = [first, second].map(({ email }) => box.letters.find(({ to }) => to.includes(email ?? '')))
    expect(late?.text).toBe(early?.text)
    expect(await keptOf(db, id)).toHaveLength(1)
  })

  test('is not kept where it is a test, or was not sent to anyone', async ({ db, box }) => {
    const owner = await managerOf(db, await buildAgency(db))
    const { id } = await mailTo(db, [owner])
    await testMailing(at(db, owner.actor, '2026-03-05 10:00'), { id, version: 1 }, settings(box).mail)
    await send(db, box, '2026-03-05 10:00')
    expect(
      await db.select({ state: mailingRuns.state }).from(mailingRuns).where(eq(mailingRuns.mailingId, id)),
    ).toEqual([{ state: 'sent' }])
    expect(await keptOf(db, id)).toEqual([])
  })
})

describe('an issued report', () => {
  test('stays when reports change, and the changes show beside it', async ({ db, box }) => {
    const { ward, one, boss, built, ofWard } = await issue(db, box)
    expect(await corrections(at(db, one.actor, later), ofWard.id)).toEqual([])
    // Entered late: received within the week. Another one gets another category, urgency and agency.
    await received(db, ward.id)
    const [{ id: changed } = { id: 0 }] = built
    const { code: categoryCode } = await buildCategory(db)
    await db.update(reports).set({ categoryCode, severity: 'urgent' }).where(eq(reports.id, changed))
    await db.insert(staleFacts).values({ reportId: changed })
    for (const { actor } of [one, boss]) {
      const shown = await corrections(at(db, actor, later), ofWard.id)
      expect(shown).toEqual(
        expect.arrayContaining([
          { key: 'kpi-received', label: 'Tiếp nhận', issued: '2', now: '3' },
          { key: 'kpi-backlog', label: 'Đang mở', issued: '2', now: '3' },
          { key: `agency-${ward.id}-received`, label: `${ward.name}: Tiếp nhận`, issued: '2', now: '3' },
        ]),
      )
    }
    const [still] = await db.select().from(issuedReports).where(eq(issuedReports.id, ofWard.id))
    expect(still).toEqual(ofWard)
  })

  test('has no correction for what came to its agencies later', async ({ db, box }) => {
    const { ward, one, ofWard } = await issue(db, box)
    const other = await buildAgency(db)
    const { id: reportId } = await buildReport(db, {
      ...{ agencyId: ward.id, heldBy: [other.id, ward.id], state: 'awaiting_acceptance' },
      receivedAt: hanoi('2026-03-04 09:00'),
    })
    const logged = { reportId, subjectKind: 'report', actorKind: 'robot', toState: 'awaiting_acceptance' } as const
    await db.insert(events).values([
      { ...logged, event: 'report.assigned', at: hanoi('2026-03-04 10:00'), details: { agencyId: other.id } },
      { ...logged, event: 'report.transferred', at: hanoi('2026-03-09 08:00'), details: { agencyId: ward.id } },
    ])
    expect(await corrections(at(db, one.actor, later), ofWard.id)).toEqual([])
  })

  test('has no correction for a new name, and calls what it tells about as it did', async ({ db, box }) => {
    const ward = await buildAgency(db)
    const one = await managerOf(db, ward)
    const { code: categoryCode } = await buildCategory(db)
    const held = async () => {
      const { id: reportId } = await buildReport(db, {
        ...{ state: 'in_progress', agencyId: ward.id, heldBy: [ward.id], categoryCode },
      })
      const assigned = { event: 'report.assigned', toState: 'in_progress', details: { agencyId: ward.id } } as const
      await db.insert(events).values({
        ...{ reportId, subjectKind: 'report', actorKind: 'robot', at: hanoi('2026-03-02 09:00') },
        ...assigned,
      })
    }
    for (let built = 0; built < 10; built += 1) await held()
    const { id: mailingId } = await mailTo(db, [one])
    await send(db, box)
    const id = (await keptOf(db, mailingId))[0]?.id ?? ''
    const ctx = at(db, one.actor, later)
    const named = { name: 'Tên mới', shortName: 'Tên mới', nameEn: 'New name' }
    await db.update(agencies).set(named).where(eq(agencies.id, ward.id))
    expect(await corrections(ctx, id)).toEqual([])
    // The points of a week with a jump.
    const [{ weekly }, now] = await Promise.all([issuedById(ctx, id), issuedNow(ctx, id)])
    const jump = { key: 'CX', name: 'Cây xanh', nameEn: 'Trees', now: 80, before: 20, weight: 60 }
    const points: Point[] = [
      { ...jump, kind: 'category', usual: null, source: { measure: 'received' } },
      { ...jump, kind: 'backlog', key: ward.id, overdue: 3, source: { measure: 'backlog' } },
    ]
    const renamed = points.map((point) => ({ ...point, ...named }))
    const correctionsIn = (after: Point[]) =>
      correctionsOf({ ...weekly, points }, { ...now, points: after }, sayIn('vi'), 'vi')
    expect(correctionsIn(renamed)).toEqual([])
    expect(correctionsIn(renamed.slice(1)).map(({ key }) => key)).toEqual(['point-category-CX'])
    await held()
    expect(await corrections(ctx, id)).toEqual(
      expect.arrayContaining([
        { key: `agency-${ward.id}-open`, label: `${ward.name}: Đang mở`, issued: '10', now: '11' },
      ]),
    )
  })

  test('cannot be edited or removed in the database', async ({ db, sql, box }) => {
    const { ofWard } = await issue(db, box)
    const refused = /append-only/
    await expect(sql`update issued_reports set subject = 'x' where id = ${ofWard.id}`).rejects.toThrow(refused)
    await expect(sql`delete from issued_reports where id = ${ofWard.id}`).rejects.toThrow(refused)
    await expect(sql`truncate issued_reports`).rejects.toThrow(refused)
    const { id: _, ...copy } = ofWard
    const huge = { ...copy, runId: ofWard.mailingId, page: 'x'.repeat(2_000_001) }
    await expect(db.insert(issuedReports).values(huge)).rejects.toThrow()
  })

  test('is there only for accounts that see everything it counts', async ({ db, box }) => {
    const { ward, one, two, boss, kept, ofWard } = await issue(db, box)
    const below = await managerOf(db, await buildAgency(db, { parentId: ward.id }))
    const stranger = await managerOf(db, await buildAgency(db))
    const ofCity = kept.find(({ agencyIds }) => agencyIds === null)?.id ?? ''
    const seenBy = async ({ actor }: BuiltAccount) => {
      const ctx = at(db, actor, later)
      const listed = (await listIssued(ctx, null)).reports.map(({ id }) => id)
      const opened = await Promise.all(
        [ofCity, ofWard.id].map((id) =>
          issuedById(ctx, id).then(
            () => [id],
            () => [],
          ),
        ),
      )
      const own = listed.filter((id) => [ofCity, ofWard.id].includes(id)).sort()
      expect(own).toEqual(opened.flat().sort())
      return own
    }
    expect(await seenBy(boss)).toEqual([ofCity, ofWard.id].sort())
    // Boards and lists of the city hold more than the ward's report counts, so nothing of it is linked to them.
    const isOwn = async ({ actor }: BuiltAccount, id: string) => (await issuedById(at(db, actor, later), id)).isOwnScope
    const newer = await managerOf(db, ward)
    expect([await isOwn(boss, ofCity), await isOwn(boss, ofWard.id)]).toEqual([true, false])
    expect([await isOwn(two, ofWard.id), await isOwn(newer, ofWard.id)]).toEqual([true, false])
    expect(await seenBy(one)).toEqual([ofWard.id])
    expect(await seenBy(below)).toEqual([])
    expect(await seenBy(stranger)).toEqual([])
  })

  test('is listed page by page, newest first, each once', async ({ db, box }) => {
    const { ward, one, ofWard } = await issue(db, box)
    const { id: _, ...copy } = ofWard
    const runs = Array.from({ length: 60 }, (_, n) => ({
      ...copy,
      runId: crypto.randomUUID(),
      issuedAt: new Date(ofWard.issuedAt.getTime() + Math.floor(n / 3) * 60_000),
    }))
    await db.insert(issuedReports).values(runs)
    const ctx = at(db, one.actor, later)
    const first = await listIssued(ctx, null)
    const second = await listIssued(ctx, first.next)
    const all = [...first.reports, ...second.reports]
    expect([first.reports.length, second.reports.length, second.next]).toEqual([50, 11, null])
    expect(new Set(all.map(({ id }) => id)).size).toBe(61)
    expect(all.map(({ issuedAt }) => issuedAt.getTime())).toEqual(
      all.map(({ issuedAt }) => issuedAt.getTime()).toSorted((a, b) => b - a),
    )
    expect(ward.id).toBe(ofWard.agencyIds?.[0])
  })

  test('has its page for paper, unchanged and without scripts, for those who may see it', async ({ db, box }) => {
    const { one, ofWard } = await issue(db, box)
    const stranger = await managerOf(db, await buildAgency(db))
    const fetched = async ({ id, actor }: BuiltAccount, path: string, method = 'GET') => {
      const now = () => hanoi(later)
      const session = { id: 's', accountId: id, actor, lastSeenAt: now() }
      const server = createServer((req, res) => {
        void handleIssuedPages(req, res, { db, now, requestId: 'r', ip: null, session }).then(
          (taken) => taken || res.writeHead(404).end(),
        )
      })
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
      const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method })
      const page = await answer.text()
      server.close()
      return { status: answer.status, page, policy: answer.headers.get('content-security-policy') ?? '' }
    }
    const path = `${issuedPagesPath}${ofWard.id}`
    const answer = await fetched(one, path)
    expect([answer.status, answer.page]).toEqual([200, ofWard.page])
    expect(answer.policy).toContain(`default-src 'none'`)
    expect((await fetched(stranger, path)).status).toBe(404)
    expect((await fetched(one, `${issuedPagesPath}nonsense`)).status).toBe(404)
    expect((await fetched(one, path, 'POST')).status).toBe(404)
  })
})
