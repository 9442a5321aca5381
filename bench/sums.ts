import process from 'node:process'
import { parseArgs } from 'node:util'
import type { DatabaseClient } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import { runScript } from '#scripts/step.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { catchUp, holdFigures } from '#server/insights/commands/catch-up.ts'
import { checkSums } from '#server/insights/commands/check-sums.ts'
import { fillDays, fillMonths } from '#server/insights/commands/fill-sums.ts'
import { writeFigures } from '#server/insights/commands/write-figures.ts'
import { withSeededCity } from './seeded-city.ts'

const sizes = [1, 20, 200]
const rounds = 5
/** Among reports of so many days, so that a batch is scattered over days that have sums. */
const days = 120

/**
 * How long the writer of figures takes for batches of reports, if it changes the sums by difference and if it deletes
 * them; in the second case also how long it takes to fill them again. In each batch the severity of every report
 * changes, and with it every row of it. `--reports N`: the size of the city, in a separate database.
 */
await runScript(async () => {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { reports: { type: 'string', default: '20000' } },
  })
  await withSeededCity('sums', values.reports, async (client) => {
    await fill(client)
    for (const size of sizes) process.stdout.write(`${await compare(client, size)}\n`)
    const { compared, failed } = await checkSums(client.db)
    process.stdout.write(`${compared} sums recounted, ${failed} differ\n`)
  })
  return 0
})

async function fill({ db }: DatabaseClient): Promise<number> {
  const started = performance.now()
  await catchUp(db)
  await fillDays(db, new Date())
  await fillMonths(db, new Date())
  return performance.now() - started
}

async function compare(client: DatabaseClient, size: number): Promise<string> {
  const taken = { changed: 0, forgotten: 0, filling: 0, gone: 0 }
  for (let round = 0; round < rounds; round += 1) {
    taken.changed += await write(client, size, 'changed')
    const before = await sumsOf(client)
    taken.forgotten += await write(client, size, 'forgotten')
    taken.gone += before - (await sumsOf(client))
    taken.filling += await fill(client)
  }
  const mean = (millis: number) => `${(millis / rounds).toFixed(0)} ms`
  const rate = (millis: number) => `${((1000 * size * rounds) / millis).toFixed(0)} reports/s`
  return [
    `${size} reports: changed by difference ${mean(taken.changed)} (${rate(taken.changed)})`,
    `deleted ${mean(taken.forgotten)} (${rate(taken.forgotten)}), ${(taken.gone / rounds).toFixed(0)} sums`,
    `filled again in ${mean(taken.filling)} (${rate(taken.forgotten + taken.filling)} with it)`,
  ].join('; ')
}

async function sumsOf({ sql }: DatabaseClient): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from figure_sums`
  return row?.count ?? 0
}

async function write({ db, sql }: DatabaseClient, size: number, sums: 'changed' | 'forgotten'): Promise<number> {
  const picked = await sql<{ id: number }[]>`
    update reports set severity = case severity when 'urgent' then 'normal' else 'urgent' end where id in (
      select id from reports where received_at > now() - make_interval(days => ${days}) order by random() limit ${size})
    returning id`
  const started = performance.now()
  await db.transaction(async (tx) => {
    await holdFigures(clientOf(tx))
    await writeFigures(tx, { ids: picked.map(({ id }) => id) }, await compiledCalendars(tx), sums)
  })
  return performance.now() - started
}
