import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import process from 'node:process'

/** The floor for public pages: a static file server. `BENCH_FILES` is the file with the list of files by path. */
type Served = { path: string; file: string; headers: Record<string, string> }

const served = new Map(
  (JSON.parse(readFileSync(process.env.BENCH_FILES ?? '', 'utf8')) as Served[]).map((one) => [one.path, one]),
)

const server = createServer(async (request, response) => {
  const found = served.get(request.url ?? '/')
  if (!found) {
    response.writeHead(404).end()
    return
  }
  const bytes = await readFile(found.file)
  response.writeHead(200, { ...found.headers, 'content-length': bytes.byteLength }).end(bytes)
})

process.on('SIGTERM', () => server.close(() => process.exit()))
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('open'))
