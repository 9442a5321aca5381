import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseClient } from '#db/client.ts'
import { type Measured, type Stretch, shoot, summed } from './measure.ts'
import { startFileServer } from './processes.ts'
import { line } from './table.ts'

const visitors = 200
/** File server and desk take turns, as in all measurements. */
const turns = 4

type Look = { title: string; path: string; headers: Record<string, string> }

/**
 * The public pages and feeds during a storm: many concurrent clients request the same one without a pause, compared
 * with a static file of the same bytes.
 */
export async function publicFigures(client: DatabaseClient, app: { url: string }, seconds: number): Promise<string[]> {
  const looks = await looksAt(client, app.url)
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-bench-public-'))
  const files = await Promise.all(looks.map((look, at) => fileOf(app.url, look, join(folder, String(at)))))
  const floor = await startFileServer(writeList(folder, files))
  try {
    const rows: string[] = []
    for (const look of looks) rows.push(await judge(look, app.url, floor.url, seconds))
    return rows
  } finally {
    await floor.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function looksAt({ sql }: DatabaseClient, url: string): Promise<Look[]> {
  const [storm] = await sql<{ id: string; slug: string }[]>`
    select incident_id as id, max(slug) as slug from bulletins
    where incident_id is not null and state = 'published' group by incident_id order by count(*) desc limit 1`
  if (!storm) throw new Error('the city has no bulletins of an incident')
  const packed = { 'accept-encoding': 'gzip' }
  const feed = `/feeds/bulletins.atom?incident=${storm.id}`
  const { etag } = (await answerTo(url, { path: feed, headers: packed })).answer.headers
  return [
    { title: 'the list of bulletins', path: '/ban-tin', headers: packed },
    { title: 'one bulletin', path: `/ban-tin/${storm.slug}`, headers: packed },
    { title: 'the feed of a storm', path: feed, headers: packed },
    {
      title: 'the same feed, by readers who have it already (304)',
      path: feed,
      headers: { ...packed, 'if-none-match': etag ?? '' },
    },
    { title: 'the alerts in force on the map', path: '/feeds/alerts.geojson', headers: packed },
  ]
}

async function answerTo(url: string, { path, headers }: Pick<Look, 'path' | 'headers'>) {
  const [answer] = (await once(request(url + path, { headers }).end(), 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part)
  return { answer, bytes: Buffer.concat(parts) }
}

/** The exact bytes that the desk sends, compressed as it compresses them. */
async function fileOf(url: string, look: Look, file: string) {
  const { answer, bytes } = await answerTo(url, { ...look, headers: { 'accept-encoding': 'gzip' } })
  if (answer.statusCode !== 200) throw new Error(`${look.path} is answered with ${answer.statusCode}`)
  writeFileSync(file, bytes)
  const { 'content-type': type = '', 'content-encoding': coding } = answer.headers
  return { path: look.path, file, headers: { 'content-type': type, ...(coding && { 'content-encoding': coding }) } }
}

function writeList(folder: string, files: Awaited<ReturnType<typeof fileOf>>[]): string {
  const list = join(folder, 'list.json')
  writeFileSync(list, JSON.stringify(files))
  return list
}

async function judge({ title, path, headers }: Look, app: string, floor: string, seconds: number): Promise<string> {
  const stretches: Record<'floor' | 'app', Stretch[]> = { floor: [], app: [] }
  const range = { connections: visitors, seconds: seconds / turns, headers }
  for (let turn = 0; turn < turns; turn += 1) {
    stretches.floor.push(await shoot({ url: floor, ...range }, [{ method: 'GET', path }]))
    stretches.app.push(await shoot({ url: app, ...range }, [{ method: 'GET', path }]))
  }
  return rowOf(title, summed(stretches.floor), summed(stretches.app), 'if-none-match' in headers)
}

const ms = ({ p50, p95 }: Measured) => `${p50.toFixed(0)}/${p95.toFixed(0)} ms`

/** If 304 is expected, the load generator counts it as a failure, so failures are ignored. */
function rowOf(title: string, floor: Measured, app: Measured, isKnown: boolean): string {
  const failed = floor.failed + (isKnown ? 0 : app.failed)
  return line([
    `public: ${title}, ${visitors} at once`,
    ms(floor),
    ms(app),
    floor.rate.toFixed(0),
    app.rate.toFixed(0),
    (app.rate / floor.rate).toFixed(2),
    failed > 0 ? `${failed} FAILED` : '',
  ])
}
