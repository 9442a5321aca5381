import { connect } from '#db/client.ts'
import { continueDemoCity, seedDemoCity } from '#db/seed.ts'
import { fileStore } from '#server/platform/files.ts'
import type { CityOptions } from './city-options.ts'
import type { Progress } from './step.ts'

/** Seeds the demo city into an empty database; into one that has it, the days gone by since. */
export async function fillCity(url: string, { reports, today, seed }: CityOptions, progress: Progress): Promise<void> {
  const client = connect(url)
  const store = fileStore().write
  const onProgress = (done: number, total: number, label: string) =>
    progress(`${label} ${Math.floor((100 * done) / Math.max(total, 1))} %`)
  try {
    const [report] = await client.sql`select 1 from reports limit 1`
    if (report) await continueDemoCity(client, { today, store, onProgress })
    else await seedDemoCity(client, { reports, today, seed, store, onProgress })
  } finally {
    await client.close()
  }
}
