import type { TestProject } from 'vitest/node'
import { startTemporaryPostgres } from '#db/embedded.ts'
import { migrateDatabase } from '#db/migrate.ts'

/** One embedded PostgreSQL for the run, with a migrated database to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const server = await startTemporaryPostgres()
  const templateUrl = await server.database('template_ihanoi_desk')
  await migrateDatabase(templateUrl)
  project.provide('templateUrl', templateUrl)
  return server.stop
}
