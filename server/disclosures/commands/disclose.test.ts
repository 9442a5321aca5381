import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { disclosedReporters, disclosures, events, sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { disclosureLimits } from '#server/platform/rules/limits.ts'
import { revealReporter } from '#server/reports/commands/reveal-reporter.ts'
import { disclose, personsLeft } from './disclose.ts'

const reason = 'Gọi hỏi vị trí cây đổ'
const { budget, ceiling } = disclosureLimits.persons

/** An officer who signed in this morning, so that step-up would be required, and their disclosures. */
async function desk(db: Database) {
  const agency = await buildAgency(db)
  const account = await buildAccount(db, { agency })
  let at = hanoi('2026-03-02 14:00')
  const { id: sessionId } = await buildSession(db, account.username, hanoi('2026-03-02 08:00'))
  const ctx = { db, actor: account.actor, now: () => at }
  const look = (reportIds: readonly number[], more: { reason?: string; searchedPhone?: string } = {}) =>
    db.transaction((tx) =>
      disclose(tx, ctx, sessionId, {
        purpose: more.searchedPhone === undefined ? 'export' : 'phone_search',
        reason,
        reportIds,
        ...more,
      }),
    )
  const written = () => db.select().from(disclosures).where(eq(disclosures.accountId, account.id))
  const confirm = () => db.update(sessions).set({ confirmedAt: at }).where(eq(sessions.id, sessionId))
  const goOnAt = (time: string) => {
    at = hanoi(`2026-03-02 ${time}`)
  }
  return { agency, account, ctx, sessionId, look, written, confirm, goOnAt }
}

/** Ids of reports that do not exist: `disclose` only counts reporters. */
let lastId = 1_000_000
const strangers = (count: number) => Array.from({ length: count }, () => ++lastId)

describe('a disclosure of personal data', () => {
  test('is refused without a proper reason, and to anyone but civil servants', async ({ db }) => {
    const { look, ctx, written } = await desk(db)
    await expect(look(strangers(1), { reason: '   gọi     ' })).rejects.toThrow('reason_too_short')
    const robot = { ...ctx, actor: { kind: 'robot' as const, id: null, name: 'robot', grants: [] } }
    const looking = db.transaction((tx) => disclose(tx, robot, null, { purpose: 'reveal', reason, reportIds: [1] }))
    await expect(looking).rejects.toThrow('forbidden')
    expect(await written()).toEqual([])
  })

  test('records who, why and each person', async ({ db }) => {
    const { agency, account, ctx, sessionId, written } = await desk(db)
    const reporter = { name: 'Lê Văn Tám', phone: '0951234567' }
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, reporter })
    await revealReporter({ ...ctx, requestId: 'r-1', ip: '10.0.0.1' }, sessionId, { reportId: report.id, reason })
    const [look, ...others] = await written()
    expect(others).toEqual([])
    expect(look).toMatchObject({
      accountId: account.id,
      purpose: 'reveal',
      reason,
      persons: 1,
      sessionId,
      ip: '10.0.0.1',
    })
    const persons = await db
      .select()
      .from(disclosedReporters)
      .where(eq(disclosedReporters.disclosureId, look?.id ?? 0))
    expect(persons.map(({ reportId }) => reportId)).toEqual([report.id])
  })

  test('counts a person once, regardless of the number of reports and the format of the phone number', async ({
    db,
  }) => {
    const { agency, ctx, look, written } = await desk(db)
    const phones = ['0951234568', '+84 951 234 568', '095.123.4568', '0951234569']
    const ids: number[] = []
    for (const phone of phones) ids.push((await buildReport(db, { agencyId: agency.id, reporter: { phone } })).id)
    await look(ids)
    await look(ids.slice(0, 1))
    expect((await written()).map(({ persons }) => persons)).toEqual([2, 1])
    expect(await personsLeft(ctx)).toBe(budget - 2)
  })
})

describe('the hourly budget of an account', () => {
  test('is shared by all files and screens: beyond it the identity must be confirmed', async ({ db }) => {
    const { agency, ctx, sessionId, look, confirm, goOnAt, written } = await desk(db)
    await look(strangers(budget - 1))
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, reporter: { name: 'Lê Tám' } })
    await revealReporter(ctx, sessionId, { reportId: report.id, reason })
    await expect(look(strangers(1))).rejects.toThrow('step_up_needed')
    // Persons already shown do not count again.
    await expect(revealReporter(ctx, sessionId, { reportId: report.id, reason })).resolves.toBeDefined()
    await confirm()
    await look(strangers(200))
    expect((await written()).map(({ persons }) => persons)).toContain(200)
    goOnAt('14:11')
    await expect(look(strangers(1))).rejects.toThrow('step_up_needed')
    goOnAt('15:01')
    await expect(look(strangers(budget))).resolves.toBeDefined()
  })

  test('is also used up by searches that find no one', async ({ db }) => {
    const { ctx, look } = await desk(db)
    for (let i = 0; i < budget; i++) await look([], { searchedPhone: '••••••••21' })
    expect(await personsLeft(ctx)).toBe(0)
    await expect(look([], { searchedPhone: '••••••••22' })).rejects.toThrow('step_up_needed')
  })

  test('cannot be bypassed by concurrent requests', async ({ db }) => {
    const { ctx, look } = await desk(db)
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => look(strangers(10))))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(budget / 10)
    expect(await personsLeft(ctx)).toBe(0)
  })

  test('has a ceiling that no confirmation lifts, and an alarm in the log', async ({ db }) => {
    const { account, look, confirm, written } = await desk(db)
    await confirm()
    await look(strangers(ceiling))
    await expect(look(strangers(1))).rejects.toMatchObject({ code: 'too_many_persons', details: { ceiling } })
    expect(await written()).toHaveLength(1)
    const alarms = async () => {
      const told = await db.select().from(events).where(eq(events.subjectId, account.id))
      return told.filter(({ event }) => event === 'account.personal_data_refused')
    }
    await expect
      .poll(alarms)
      .toMatchObject([{ actorId: account.id, details: { purpose: 'export', persons: ceiling + 1 } }])
  })

  test('belongs to the account, not to a sign-in', async ({ db }) => {
    const { account, ctx, look } = await desk(db)
    await look(strangers(budget))
    const { id } = await buildSession(db, account.username, hanoi('2026-03-02 08:00'))
    const more = db.transaction((tx) => disclose(tx, ctx, id, { purpose: 'reveal', reason, reportIds: strangers(1) }))
    await expect(more).rejects.toThrow('step_up_needed')
    const unknown = db.transaction((tx) =>
      disclose(tx, ctx, randomUUID(), { purpose: 'reveal', reason, reportIds: strangers(1) }),
    )
    await expect(unknown).rejects.toThrow('signed_out')
  })
})
