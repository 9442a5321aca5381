import { connect, type Sql } from '#db/client.ts'
import { landmarksFile } from '#db/demo/files.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { cityGenerator, continueDemoCity, seedDemoCity } from '#db/seed.ts'
import { SetupError } from '#db/setup-error.ts'
import { catchUp } from '#server/insights/commands/catch-up.ts'
import { rebuildFigures } from '#server/insights/commands/rebuild.ts'
import { learnPlaces } from '#server/places/commands/learn-places.ts'
import { takeInPlaces } from '#server/places/commands/take-in-places.ts'
import { openPlaces } from '#server/places/files.ts'
import { fileStore } from '#server/platform/files.ts'
import { issueSent } from './city-issued.ts'
import type { CityOptions } from './city-options.ts'
import type { ScriptDatabase } from './database.ts'
import type { Progress } from './step.ts'

const usualReports = 24_000
const usualSeed = 1

/** The marker of a city; one of before has no generator. */
type CityFound = { generator?: number; reports: number; seed: number }
type Found = CityFound | 'unfinished' | undefined

type Filling = {
  /** Whether figures of days and months are added up and places learned now, or left to the jobs of the desk. */
  doesJobs?: boolean
}

/** Seeds the demo city into a migrated, empty database; in a database that has it, adds the days passed since. */
export async function fillCity(
  database: ScriptDatabase,
  options: CityOptions,
  progress: Progress,
  { doesJobs = true }: Filling = {},
): Promise<void> {
  const found = await findCity(database.url)
  if (found === 'unfinished') await clearUnfinished(database)
  const client = connect(database.url)
  const store = fileStore().write
  const onProgress = (done: number, total: number, label: string) =>
    progress(`${label} ${Math.floor((100 * done) / Math.max(total, 1))} %`)
  const { reports = usualReports, seed = usualSeed, today } = options
  try {
    if (typeof found === 'object') {
      refuseAnother(found, options)
      await continueDemoCity(client, { today, onProgress })
      await catchUp(client.db)
    } else {
      await seedDemoCity(client, { reports, seed, today, store, onProgress })
      await rebuildFigures(client.db, {
        addsUp: doesJobs,
        onProgress: (done, total) => onProgress(done, total, 'figures'),
        onMonth: (month) => progress(`sums up to ${month.slice(0, 7)}`),
      })
    }
    const file = await openPlaces(landmarksFile)
    await takeInPlaces({ db: client.db, now: () => today }, { origin: 'demo-landmarks', file })
    if (doesJobs) {
      progress('places')
      while (await learnPlaces(client));
    }
    progress('issued reports')
    await issueSent(client.db)
  } finally {
    await client.close()
  }
}

/** The marker of the city is the last thing that seeding writes. */
async function findCity(url: string): Promise<Found> {
  const { sql, close } = connect(url, { max: 1 })
  try {
    const [mark] = await sql<{ value: CityFound }[]>`
      select value from settings where key = 'demo_city'`
    return mark?.value ?? ((await holdsAgencies(sql)) ? 'unfinished' : undefined)
  } finally {
    await close()
  }
}

async function holdsAgencies(sql: Sql): Promise<boolean> {
  return (await sql`select 1 from agencies limit 1`).length > 0
}

/** Removes the remains of an interrupted seeding, but only from a database that the demo created itself. */
async function clearUnfinished({ url, renew }: ScriptDatabase): Promise<void> {
  if (!renew) {
    throw new SetupError('The database of DATABASE_URL holds agencies but no whole demo city: name an empty database.')
  }
  await renew()
  await migrateDatabase(url)
}

function refuseAnother(found: CityFound, { reports, seed }: CityOptions): void {
  if (found.generator !== cityGenerator) {
    throw new SetupError('There is a demo city that an earlier version of the desk made: add --reset to replace it.')
  }
  if ((reports ?? found.reports) === found.reports && (seed ?? found.seed) === found.seed) return
  throw new SetupError(
    `There is already a demo city of ${found.reports} reports (seed ${found.seed}): add --reset to replace it.`,
  )
}
