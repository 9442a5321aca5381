import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import sharp from 'sharp'
import type { DatabaseClient } from '#db/client.ts'
import { mostRows } from '#server/bulk/rules/run.ts'
import { noBoardFilters } from '#server/insights/rules/filters.ts'
import { heavyLimits, requestLimits } from '#server/platform/rules/limits.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import type { Attack as Sent } from './attacker.ts'
import { mutationBody, queryPath } from './jobs.ts'
import { summed } from './measure.ts'
import { signIn } from './sign-in.ts'
import { line } from './table.ts'

/** The maximum delay, in milliseconds, that one user's request may cause for others. */
const mostDelay = 200
const secondsEach = 8

type Headers = Record<string, string>
type Request = Sent['requests'][number]
type Attack = { title: string; requests: Request[] }

/** The largest allowed request of each kind, repeated, and the speed of another user's queue meanwhile. */
export async function neighbourFigures(client: DatabaseClient, app: { url: string }): Promise<string[]> {
  const [officer, manager, dispatcher] = await Promise.all(
    ['canbo.hoankiem', 'lanhdao.tp', 'dieuphoi'].map(async (name) => headersOf(await signIn(client, name), app.url)),
  )
  const look = () => timed(`${app.url}/reports`, { headers: officer as Headers })
  for (let time = 0; time < 10; time += 1) await look()
  const quiet = await looksWhile(look, pause(secondsEach * 1000))
  const rows = [rowOf('a page of the queue by itself', quiet, null, '')]
  for (const { title, requests } of await attacks(client, { manager, dispatcher } as Record<string, Headers>)) {
    const { under, statuses } = await attackWith(app.url, requests, look)
    rows.push(rowOf(title, under, quiet, statuses))
  }
  return rows
}

function headersOf({ token }: { token: string }, origin: string): Headers {
  return { cookie: `next-auth.session-token=${token}`, origin, 'content-type': 'application/json' }
}

async function attacks({ sql }: DatabaseClient, who: Record<string, Headers>): Promise<Attack[]> {
  const { manager = {}, dispatcher = {} } = who
  const stranger = { origin: dispatcher.origin ?? '', 'content-type': 'application/json' }
  const reportIds = (await sql<{ id: number }[]>`select id from reports order by id desc limit ${mostRows}`).map(
    ({ id }) => id,
  )
  const wholeCity = { west: 105.2, south: 20.5, east: 106.1, north: 21.5 }
  const year = ['app', 'hotline', 'web', 'email', 'walk_in', null] as const
  const boards = year.map((channel) => ({ ...noBoardFilters, period: 'year' as const, channel }))
  const post = (path: string, headers: Headers, body: BodyInit): Request => ({
    path,
    init: { method: 'POST', headers, body },
  })
  const read = (path: string, headers: Headers): Request => ({ path, init: { headers } })
  const form = { ...dispatcher, 'content-type': 'application/x-www-form-urlencoded' }
  return [
    {
      title: 'a stranger sends 4 kB',
      requests: [post('/api/trpc/accounts.setPassword', stranger, padded(requestLimits.anonymousBodyBytes - 200))],
    },
    {
      title: 'a stranger sends a number of 900,000 digits, refused',
      requests: [
        post('/api/trpc/accounts.setPassword', stranger, JSON.stringify(`[["BigInt","${'9'.repeat(900_000)}"]]`)),
      ],
    },
    {
      title: 'a draft of a megabyte',
      requests: [post('/api/trpc/me.rememberSearch', dispatcher, padded(requestLimits.bodyBytes - 200))],
    },
    {
      title: 'as many boards of the year as fit in one request',
      requests: [read(batchOf('insights.board', boards.slice(0, heavyLimits.perRequest)), manager)],
    },
    {
      title: 'what a change of 5,000 would do',
      requests: [
        post(
          '/api/trpc/bulk.preview',
          dispatcher,
          mutationBody({ reportIds, action: { name: 'change_tags', add: ['x'], remove: [] } }),
        ),
      ],
    },
    {
      title: 'the map of the whole city, all that was ever reported',
      requests: [
        read(queryPath('reports.mapView', { queue: parseQueue({}, 'all'), box: wholeCity, zoom: 22 }), dispatcher),
      ],
    },
    {
      title: 'a list of all reports, taken away',
      requests: [post('/api/reports/export', form, 'format=csv&columns=code,title,state,receivedAt&view=all')],
    },
    {
      title: 'a photo of 48 million pixels',
      requests: [post('/api/photos', { ...dispatcher, 'content-type': 'image/jpeg' }, await largePhoto())],
    },
  ]
}

const padded = (bytes: number) => JSON.stringify(wire.serialize({ words: 'x'.repeat(bytes) }))

function batchOf(name: string, inputs: readonly unknown[]): string {
  const input = Object.fromEntries(inputs.map((one, at) => [at, wire.serialize(one)]))
  const names = inputs.map(() => name).join(',')
  return `/api/trpc/${names}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`
}

const largePhoto = async (): Promise<BodyInit> => {
  const [width, height] = [8000, 6000]
  const drawn = sharp({ create: { width, height, channels: 3, background: '#7a8b6f' } }).jpeg({ quality: 90 })
  return new Uint8Array(await drawn.toBuffer())
}

/** Sends requests one after the other without a pause while `look` runs. */
async function attackWith(url: string, requests: Request[], look: () => Promise<number>) {
  const workerData: Sent = { url, requests, seconds: secondsEach }
  const attacker = new Worker(new URL('./attacker.ts', import.meta.url), { workerData })
  const attacking = once(attacker, 'message') as Promise<[Map<number, number>]>
  const under = await looksWhile(look, attacking)
  const [statuses] = await attacking
  return { under, statuses: [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ') }
}

async function looksWhile(look: () => Promise<number>, work: Promise<unknown>): Promise<number[]> {
  const millis: number[] = []
  let isOver = false
  const over = work.finally(() => {
    isOver = true
  })
  while (!isOver) {
    millis.push(await look())
    await pause(20)
  }
  await over
  return millis.sort((a, b) => a - b)
}

async function timed(address: string, init: RequestInit): Promise<number> {
  const begun = performance.now()
  const answer = await fetch(address, init)
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${address} is answered with ${answer.status}`)
  return performance.now() - begun
}

function rowOf(title: string, millis: readonly number[], quiet: readonly number[] | null, statuses: string): string {
  const { p50, p95 } = statsOf(millis)
  const most = millis.at(-1) ?? Number.NaN
  // The worst five of a hundred are left out: with two cores for everything, one in fifty is slow anyway.
  const delay = quiet ? p95 - statsOf(quiet).p50 : 0
  const words = quiet === null ? '' : delay <= mostDelay ? 'reached' : 'missed'
  const named = statuses ? `neighbour: ${title} (${statuses})` : `neighbour: ${title}`
  return line([named, '', `${p50.toFixed(0)}/${p95.toFixed(0)} ms`, `most ${most.toFixed(0)}`, '', '', words])
}

const statsOf = (millis: readonly number[]) =>
  summed([{ millis: [...millis], requests: millis.length, seconds: 1, failed: 0 }])
