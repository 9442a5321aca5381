import type { TestProject } from 'vitest/node'
import { startTemporaryPostgres } from '#db/embedded.ts'
import { migrateDatabase } from '#db/migrate.ts'

/** One PostgreSQL for the run, by default the embedded one, with a migrated database to copy. */
export async function provideDatabase(project: TestProject, programs?: string): Promise<() => Promise<unknown>> {
  const server = await startTemporaryPostgres(programs)
  const templateUrl = await server.database('template_ihanoi_desk')
  await migrateDatabase(templateUrl)
  project.provide('templateUrl', templateUrl)
  return server.stop
}

export default function setup(project: TestProject): Promise<() => Promise<unknown>> {
  return provideDatabase(project)
}
