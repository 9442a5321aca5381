import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { removePostgres } from '#db/embedded.ts'
import { dataFolder, makeFolder } from '#db/embedded-home.ts'
import { SetupError } from '#db/setup-error.ts'
import { step } from './step.ts'

/** Removes what the demo created itself; never the data of your own database server. */
export async function forgetDemo(): Promise<void> {
  if (process.env.DATABASE_URL) {
    throw new SetupError('--reset removes the embedded database only: name an empty database in DATABASE_URL instead.')
  }
  await step('Starting afresh', async () => {
    makeFolder(dataFolder)
    await removePostgres()
    rmSync(join(dataFolder, 'files'), { recursive: true, force: true })
  })
}
