import { and, asc, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { actingAt } from '#db/factories/team.ts'
import { accounts, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { actorOf } from '../queries/actors.ts'
import { substitutionsOf } from '../queries/substitutions.ts'
import { holds } from '../rules/actor.ts'
import { appointSubstitute, endSubstitution } from './appoint-substitute.ts'

const [starts, ends] = [hanoi('2026-03-02 08:00'), hanoi('2026-03-09 00:00')]

describe('a substitution', () => {
  test('counts from its first instant to its last, with the name of its holder', async ({ db }) => {
    const ward = await buildAgency(db)
    const holder = await buildAccount(db, { agency: ward, roles: ['approver'], name: 'Trần Văn Hùng' })
    const standIn = await buildAccount(db, { agency: ward, roles: ['officer'] })
    const ctx = actingAt(db, holder.actor, '2026-03-01 10:00')
    const substitution = { holderId: holder.id, standInId: standIn.id, role: 'approver' as const, agencyId: ward.id }
    const { id } = await appointSubstitute(ctx, { ...substitution, startsAt: starts, endsAt: ends })
    await expect(appointSubstitute(ctx, { ...substitution, startsAt: starts, endsAt: ends })).rejects.toThrow(
      'role_lent_already',
    )
    const mayApprove = async (local: string) => {
      const actor = await actorOf(db, standIn.id, hanoi(local))
      return actor && holds(actor, 'approver', ward.id)
    }
    expect(await mayApprove('2026-03-02 07:59')).toBe(false)
    expect(await mayApprove('2026-03-02 08:00')).toBe(true)
    expect(await mayApprove('2026-03-09 00:00')).toBe(false)
    expect(await actorOf(db, standIn.id, starts)).toMatchObject({
      grants: [
        { role: 'officer', substituteFor: null },
        { role: 'approver', substituteFor: { id: holder.id, name: holder.name } },
      ],
    })
    const at = actingAt(db, standIn.actor, '2026-03-02 10:00')
    expect((await substitutionsOf(at, standIn.id)).taken).toMatchObject([
      { id, inForce: true, holder: { name: holder.name } },
    ])
    await endSubstitution(at, { id })
    await endSubstitution(at, { id })
    expect(await mayApprove('2026-03-02 10:00')).toBe(false)
    const log = await db.select().from(events).where(eq(events.subjectId, holder.id)).orderBy(asc(events.id))
    expect(log).toMatchObject([
      { event: 'account.role_lent', actorId: holder.id, details: { standInId: standIn.id, role: 'approver' } },
      { event: 'account.loan_ended', actorId: standIn.id, details: { standInId: standIn.id } },
    ])
  })

  test('ends with the holder, and with the agency they share', async ({ db }) => {
    const [ward, other] = [await buildAgency(db), await buildAgency(db)]
    const holder = await buildAccount(db, { agency: ward, roles: ['approver'] })
    const standIn = await buildAccount(db, { agency: ward, roles: [] })
    const ctx = actingAt(db, holder.actor, '2026-03-01 10:00')
    const substitution = { holderId: holder.id, standInId: standIn.id, role: 'approver' as const, agencyId: ward.id }
    await appointSubstitute(ctx, { ...substitution, startsAt: starts, endsAt: ends })
    const grants = async () => (await actorOf(db, standIn.id, starts))?.grants.length
    expect(await grants()).toBe(1)
    for (const change of [{ isActive: false }, { isActive: true, agencyId: other.id }]) {
      await db.update(accounts).set(change).where(eq(accounts.id, holder.id))
      expect(await grants()).toBe(0)
    }
  })

  test('is appointed by the holder or an administrator, and hidden from everyone else', async ({ db }) => {
    const ward = await buildAgency(db)
    const holder = await buildAccount(db, { agency: ward, roles: ['approver'] })
    const standIn = await buildAccount(db, { agency: ward })
    const substitution = { holderId: holder.id, standInId: standIn.id, role: 'approver' as const, agencyId: ward.id }
    const span = { startsAt: starts, endsAt: ends }
    const stranger = actingAt(db, await buildActor(db, 'approver', ward), '2026-03-01 10:00')
    await expect(appointSubstitute(stranger, { ...substitution, ...span })).rejects.toThrow('not_found')
    await expect(substitutionsOf(stranger, holder.id)).rejects.toThrow('not_found')
    const admin = actingAt(db, await buildActor(db, 'admin'), '2026-03-01 10:00')
    const { id } = await appointSubstitute(admin, { ...substitution, ...span })
    await expect(endSubstitution(stranger, { id })).rejects.toThrow('not_found')
    await endSubstitution(admin, { id })
    const made = and(eq(events.subjectId, holder.id), eq(events.actorId, admin.actor.id))
    expect((await db.select().from(events).where(made)).map(({ event }) => event)).toEqual([
      'account.role_lent',
      'account.loan_ended',
    ])
  })
})
