import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import type { DatabaseClient } from '#db/client.ts'
import { dataFolder } from '#db/embedded-home.ts'
import { runScript } from '#scripts/step.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { workingCalendars } from '#server/calendars/queries.ts'
import { catchUp } from '#server/insights/commands/catch-up.ts'
import { readAgencyLog } from '#server/insights/queries/what-if.ts'
import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { withSeededCity } from '../seeded-city.ts'
import {
  backtest,
  coverageOf,
  type Held,
  medianWidth,
  simulatedAgencies,
  simulatedUntil,
  type TriedAgency,
} from './what-if-backtest.ts'

/**
 * How many ranges of the what-if page held what came, at eight origins four weeks apart: over the log of the demo city
 * and over simulated agencies whose load and work wander. `--reports N`: the size of the city, in a separate database.
 * The usual city has had its present load for 400 days, too few for a year before each origin; with 48,000 reports it
 * has it from its first year on.
 */
await runScript(async () => {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { reports: { type: 'string', default: '48000' }, simulated: { type: 'string', default: '60' } },
  })
  process.env.FILES_DIR = join(dataFolder, 'bench', 'files')
  await withSeededCity('what_if', values.reports, async (client) => {
    await catchUp(client.db)
    const until = startOfDay(localDayOf(new Date()))
    const city = await backtest(await agenciesOf(client, until), until)
    const simulated = await backtest(simulatedAgencies(Number(values.simulated), 1), simulatedUntil)
    for (const held of city) process.stdout.write(`demo city  ${rowOf(held)}\n`)
    for (const held of simulated) process.stdout.write(`simulated  ${rowOf(held)}\n`)
  })
  return 0
})

function rowOf(held: Held): string {
  const { weeks, agencies, windows, below, above } = held
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  return [
    `${weeks} weeks: ${agencies} agencies, ${windows} windows, ${percent(coverageOf(held))} within`,
    `(${below} below, ${above} above), median width ${percent(medianWidth(held))}`,
  ].join(' ')
}

async function agenciesOf({ db, sql }: DatabaseClient, until: Date): Promise<TriedAgency[]> {
  const [manager] = await sql<{ id: string }[]>`select id from accounts where username = 'lanhdao.tp'`
  const actor = manager && (await actorOf(db, manager.id, until))
  if (!actor) throw new Error('the city has no manager')
  const calendars = await workingCalendars(db)
  const rows = await sql<{ id: string; calendarId: string }[]>`
    select id, calendar_id as "calendarId" from agencies order by id`
  const tried = rows.map(async ({ id, calendarId }): Promise<TriedAgency | null> => {
    const calendar = calendars.find((each) => each.id === calendarId)
    if (!calendar) return null
    const { log } = await readAgencyLog({ db, actor }, id, until)
    return { name: id, calendar, came: log.reports, logAt: (origin) => readAgencyLog({ db, actor }, id, origin) }
  })
  return (await Promise.all(tried)).filter((each) => each !== null)
}
