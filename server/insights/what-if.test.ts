import { describe, expect } from 'vitest'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildAgencyLog } from '#db/factories/agency-log.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { catchUp } from './commands/catch-up.ts'
import { readWhatIf } from './queries/what-if.ts'

const test = base.extend('office', { scope: 'file' }, async ({ db }) => {
  const agency = await buildAgency(db)
  const below = await buildAgency(db, { parentId: agency.id })
  const young = await buildAgency(db)
  const [area, category] = [await buildArea(db), await buildCategory(db)]
  const staff = [await buildAccount(db, { agency: below }), await buildAccount(db, { agency: below })]
  const log = { areaId: area.id, categoryCode: category.code, staff }
  await buildAgencyLog(db, { ...log, agencyId: below.id, days: 133 })
  await buildAgencyLog(db, { ...log, agencyId: young.id, days: 10 })
  await catchUp(db)
  const head = await buildAccount(db, { agency, roles: ['approver'] })
  const officer = await buildAccount(db, { agency, roles: ['officer'] })
  const youngHead = await buildAccount(db, { agency: young, roles: ['approver'] })
  return { agency, below, young, head, officer, youngHead, manager: await buildActor(db, 'manager') }
})

const now = () => new Date()

describe('what if', () => {
  test('is asked by the head of an agency, of its own log and that of the agencies below it', async ({
    db,
    office,
  }) => {
    const ctx: Context = { db, now, actor: office.head.actor }
    const answer = await readWhatIf(ctx, null)
    if (answer.state !== 'ready') throw new Error(answer.state)
    expect(answer.agency).toEqual({ id: office.agency.id, name: office.agency.name })
    expect(answer.model.people).toBe(2)
    expect(answer.reports).toBe(answer.model.weeks.flat().length)
    expect(answer.weeks).toBeGreaterThanOrEqual(18)
    // Every tenth is late, in each quarter of the log.
    expect(answer.check.late / answer.check.due).toBeCloseTo(0.1, 1)
    expect(answer.check.predicted.share).toBeCloseTo(0.1, 1)
    expect(answer.check.result).toBe('fits')
    expect(await readWhatIf({ ...ctx, actor: office.manager }, office.agency.id)).toEqual(answer)
  })

  test('a manager of the city chooses an agency first', async ({ db, office }) => {
    expect(await readWhatIf({ db, now, actor: office.manager }, null)).toEqual({ state: 'choose' })
  })

  test('is not answered from a log of a few days', async ({ db, office }) => {
    const answer = await readWhatIf({ db, now, actor: office.youngHead.actor }, null)
    expect(answer).toMatchObject({ state: 'short', agency: { id: office.young.id } })
  })

  test('of other agencies, or without leading one, is not found', async ({ db, office }) => {
    const ask = (actor: Context['actor'], id: string) => readWhatIf({ db, now, actor }, id)
    await expect(ask(office.youngHead.actor, office.agency.id)).rejects.toThrow('not_found')
    await expect(ask(office.officer.actor, office.agency.id)).rejects.toThrow('not_found')
    await expect(ask(office.manager, 'khong-co')).rejects.toThrow('not_found')
  })
})
