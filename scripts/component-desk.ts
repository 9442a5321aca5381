import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { closeDatabase, db } from '#db/client.ts'
import { doors, openDoors } from '#server/doors.ts'
import { createDeskServer } from '#server/http/desk-server.ts'
import { following, jobs, schedule } from '#server/jobs/registry.ts'
import { startWorker } from '#server/jobs/worker.ts'
import { environment } from '#server/platform/environment.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { journeyFiles, openJourneyCity } from './journey-city.ts'
import { root } from './run.ts'

/**
 * The desk without pages, for tests of components: the procedures and endpoints with their jobs over the city of the
 * journeys, and `/bridge`, through which a test calls functions beside the database. It tells its parent the port and
 * ends with it.
 */
process.env.FILES_DIR = journeyFiles
const city = await openJourneyCity(() => undefined)
process.env.DATABASE_URL = city.url

const desk = createDeskServer({
  environment: environment(),
  files: (_request, _response, otherwise) => otherwise(),
  pages: (_request, response) => response.writeHead(404).end(),
  doors,
  openDoors,
})
const worker = await startWorker({ jobs, schedule, following })

const server = createServer((request, response) => {
  if (request.url !== '/bridge') return desk.emit('request', request, response)
  answer(request).then((text) => response.end(text))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (process.connected) process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})

type Call = { path: string; name: string; args: unknown[] }

async function answer(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  try {
    const { path, name, args } = wire.deserialize(JSON.parse(body)) as Call
    const module = (await import(pathToFileURL(join(root, path)).href)) as Record<
      string,
      (...given: unknown[]) => unknown
    >
    return JSON.stringify({ result: wire.serialize(await module[name]?.(db, ...args)) })
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.stack : String(error) })
  }
}

async function leave(): Promise<void> {
  server.closeAllConnections()
  await worker.stop()
  await closeDatabase()
  await city.close()
  process.exit()
}
process.on('disconnect', leave)
process.on('SIGTERM', leave)
