import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queuePage } from '#server/reports/queries/queue.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import { countDataPoint, reportsOfDrillDown } from '../queries/drill-down.ts'
import { parseDrillDown } from '../rules/data-point.ts'
import { parseBoard } from '../rules/filters.ts'
import '../router.ts'

async function openCity(db: Database): Promise<Context> {
  await writeGoldenLog(db)
  await catchUp(db)
  return { db, actor: await buildActor(db, 'manager'), now: () => new Date('2026-05-01T03:00:00Z') }
}

const test = base.extend('city', { scope: 'file' }, ({ db }) => openCity(db))
const moment = '2026-03-20T03:00:00.000Z'

describe('an address that was typed manually', () => {
  test.for([
    'period=2000-01-01..2000-01-02',
    'period=2099-12-30..2099-12-31',
    'period=2000-01-01..2099-12-31',
    'period=2000-02-29&compare=year',
    'period=2026-02-30',
    'period=today&agency=nobody&area=999999999&category=none&incident=00000000-0000-0000-0000-000000000000',
  ])('opens a board: %s', async (address, { city }) => {
    const board = await readBoard(city, parseBoard(Object.fromEntries(new URLSearchParams(address))))
    expect(board.kpis.received.value).toBeGreaterThanOrEqual(0)
  })

  test.for([
    `received~days=2026-13-45..2026-13-46~period=launch~${moment}`,
    `received~came=2026-99-99T99:99:99.999Z..2026-03-20T03:00:00.000Z~period=launch~${moment}`,
    `received~happened=2026-02-30T00:00:00.000Z..2026-03-20T03:00:00.000Z~period=launch~${moment}`,
    `ended~ended=2026-03-20T03:00:00.000Z..2026-03-19T03:00:00.000Z~period=launch~${moment}`,
    'received~~period=launch~+275760-09-13T00:00:00.000Z',
    'received~~period=launch~yesterday',
    'received~~period=launch~',
    `received~~period=launch&as=issued:2026-02-30T00:00:00.000Z~${moment}`,
    `received~~period=launch&as=~${moment}`,
    `received~~period=launch&as=issued:2026-03-19T00:00:00.000Z~${moment}`,
    `received~~period=launch&as=known:2026-03-19T00:00:00.000Z~${moment}`,
  ])('that names no data point opens no report and no error page: %s', async (dataPoint, { city }) => {
    expect(parseDrillDown(dataPoint)).toBeNull()
    expect(await reportsOfDrillDown(city, dataPoint)).toBeNull()
    const queue = parseQueue({ mark: dataPoint }, 'all')
    expect((await queuePage(city, { queue })).rows).toEqual([])
  })

  test.for([
    'backlog~age=21-~period=2000-01-01..2000-01-02~2000-01-02T00:00:00.000Z',
    'backlog~standing=in_2d~period=launch~1999-01-01T00:00:00.000Z',
    'coming_due~days=2000-01-01..2099-12-31~period=launch~2099-12-31T00:00:00.000Z',
    'received~days=2026-03-05..2026-03-01~period=launch~2026-03-20T03:00:00.000Z',
    'received~~period=launch&as=issued:1999-12-31T00:00:00.000Z~1999-12-31T00:00:00.000Z',
  ])('at the limits of time counts what there is: %s', async (text, { city }) => {
    const bound = parseDrillDown(text)
    if (!bound) throw new DomainError('not_found')
    expect((await countDataPoint(city, bound)).count).toBeGreaterThanOrEqual(0)
  })
})
