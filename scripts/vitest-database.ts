import type { TestProject } from 'vitest/node'
import { startTemporaryPostgres } from '#db/embedded.ts'
import { migrateDatabase } from '#db/migrate.ts'

type Server = { templateUrl: string; stop: () => Promise<unknown> }

/** One PostgreSQL for the run, by default the embedded one, with a migrated database to copy. */
async function startServer(programs?: string): Promise<Server> {
  const server = await startTemporaryPostgres(programs)
  const templateUrl = await server.database('template_ihanoi_desk')
  await migrateDatabase(templateUrl)
  return { templateUrl, stop: server.stop }
}

/** Vitest loads this file once for each project. */
const shared = globalThis as { ihanoiDeskTests?: Map<string, Promise<Server>> }

/** The projects that use the same programs share the server: the first one starts it, the first to end stops all. */
export async function provideDatabase(project: TestProject, programs?: string): Promise<() => Promise<unknown>> {
  shared.ihanoiDeskTests ??= new Map()
  const [servers, key] = [shared.ihanoiDeskTests, programs ?? 'embedded']
  const starting = servers.get(key) ?? startServer(programs)
  servers.set(key, starting)
  const { templateUrl, stop } = await starting
  project.provide('templateUrl', templateUrl)
  return async () => void (servers.delete(key) && (await stop()))
}

export default function setup(project: TestProject): Promise<() => Promise<unknown>> {
  return provideDatabase(project)
}
