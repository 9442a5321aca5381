import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { DatabaseClient } from '#db/client.ts'
import type { DemoUsername } from '#server/accounts/rules/demo-accounts.ts'
import { listingOf } from '#server/bulletins/rules/desk-address.ts'
import { noDeskFilters } from '#server/bulletins/rules/desk-filters.ts'
import { noBoardFilters } from '#server/insights/rules/filters.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { queryPath, spreadCodes } from './jobs.ts'
import { appLog, residentMemory, startApp } from './processes.ts'
import { signIn } from './sign-in.ts'
import { line } from './table.ts'

const perSecond = 20
/** In minutes. First requests compile, read and cache: memory is compared with its size after this time. */
const settledAfter = 2
/** Memory varies between collections: a figure is the median over this many seconds. */
const lookedAt = 20
/** The maximum number of requests in progress: a desk that falls behind is reported, not overloaded. */
const mostOnTheWay = 60
const mostMinutes = 60
/** How long a browser listens to the stream before it navigates to another page, in milliseconds. */
const listened = 5000
const goal = 1.1

/** `isStream`: a stream without an end, which is read for a while. */
type Visit = { username: DemoUsername | null; path: string; isStream?: true }

/**
 * Requests pages and procedures of every group of the desk at a fixed rate for some minutes, against a separate desk,
 * to see whether its memory grows. Nothing is written. The process traces its garbage collections, which gives the live
 * memory after each.
 */
export async function soakFigures(client: DatabaseClient, databaseUrl: string, minutes: number): Promise<string[]> {
  const seconds = Math.min(mostMinutes, Math.max(settledAfter + 1, minutes)) * 60
  const visits = await mixedVisits(client)
  const app = await startApp(databaseUrl, ['--trace-gc'])
  const memory: number[] = []
  const alive: number[] = []
  const look = () => {
    memory.push(residentMemory(app.pid))
    if (memory.length % 60 === 0) alive.push(aliveAfterCollection())
  }
  const watch = setInterval(look, 1000)
  try {
    const { asked, took, problems } = await visitAll(visits, app.url, await headersOf(client, app.url), seconds)
    const [early, late] = [middle(memory.slice(0, settledAfter * 60)), middle(memory)]
    const rows = [
      ['memory of the process after minute two, at the end', `${early}/${late} MB`, (late / early).toFixed(2)],
      ['of it alive after a collection', `${alive[settledAfter - 1]}/${alive.at(-1)} MB`, ''],
      [`minute by minute: ${eachMinute(memory).join(' ')} MB`, '', ''],
      [`${asked} pages and procedures of ${visits.length} kinds, ${(asked / took).toFixed(1)} a second`, '', ''],
      ...[...problems].map(([problem, count]) => [`${count} × ${problem}`, '', 'FAILED']),
    ]
    const told = late / early <= goal ? 'reached' : 'grows'
    return rows.map(([words = '', figure = '', ratio = ''], at) =>
      line([`soak: ${words}`, '', figure, '', '', ratio, at === 0 ? told : '']),
    )
  } finally {
    clearInterval(watch)
    await app.stop()
  }
}

type Headers = Record<string, string>

/** One after the other at the fixed rate; for at most `seconds`, even if the desk does not keep up. */
async function visitAll(visits: readonly Visit[], url: string, signedIn: Record<string, Headers>, seconds: number) {
  const problems = new Map<string, number>()
  const onTheWay = new Set<Promise<void>>()
  const begun = performance.now()
  let asked = 0
  while (asked < seconds * perSecond && performance.now() < begun + seconds * 1000) {
    await pause(Math.max(0, begun + (asked * 1000) / perSecond - performance.now()))
    while (onTheWay.size >= mostOnTheWay) await Promise.race(onTheWay)
    const { username, path, isStream } = visits[asked % visits.length] as Visit
    const visit: Promise<void> = ask(url + path, signedIn[username ?? ''] ?? {}, isStream).then((problem) => {
      onTheWay.delete(visit)
      if (problem) problems.set(`${problem} ${path}`, (problems.get(`${problem} ${path}`) ?? 0) + 1)
    })
    onTheWay.add(visit)
    asked += 1
  }
  const took = (performance.now() - begun) / 1000
  await Promise.all(onTheWay)
  return { asked, took, problems }
}

/** What is wrong with the response; null if nothing. */
async function ask(address: string, headers: Headers, isStream = false): Promise<string | null> {
  const left = isStream ? AbortSignal.timeout(listened) : null
  try {
    const answer = await fetch(address, { headers, redirect: 'manual', signal: left })
    await answer.arrayBuffer()
    return answer.ok ? null : String(answer.status)
  } catch (error) {
    return left?.aborted ? null : String(error)
  }
}

const staff = ['dieuphoi', 'canbo.hoankiem', 'lanhdao.tp', 'bientap', 'quantri', 'kiemtra'] as const

async function headersOf(client: DatabaseClient, origin: string): Promise<Record<string, Headers>> {
  const signedIn: Record<string, Headers> = {}
  for (const username of staff) {
    const { token } = await signIn(client, username)
    signedIn[username] = { cookie: `next-auth.session-token=${token}`, origin }
  }
  return signedIn
}

/** Every kind of page, and the most used procedures, alternating. */
async function mixedVisits(client: DatabaseClient): Promise<Visit[]> {
  const { sql } = client
  const codes = await spreadCodes(sql, 12)
  const [incident] = await sql<{ id: string }[]>`
    select incident_id as id from reports where incident_id is not null group by 1 order by count(*) desc limit 1`
  const [bulletin] = await sql<{ id: string }[]>`select id from bulletins order by updated_at desc limit 1`
  const placed = await sql<{ id: number }[]>`select id from reports where lon is not null order by id desc limit 12`
  const pages = [
    ...as('dieuphoi', ['/reports', '/reports?view=all&q=ngap', '/map', '/triage', '/incidents', '/reports?view=open']),
    ...as('dieuphoi', incident ? [`/incidents/${incident.id}`, `/incidents/${incident.id}/after-action`] : []),
    ...as('canbo.hoankiem', ['/reports', '/drafts', '/notifications', '/account']),
    ...as(
      'canbo.hoankiem',
      codes.slice(6).map((code) => `/reports/${code}`),
    ),
    ...as(
      'dieuphoi',
      codes.slice(0, 6).map((code) => `/reports/${code}`),
    ),
    ...as('lanhdao.tp', ['/insights', '/insights?period=year', '/insights/storm', '/insights/weekly', '/reports']),
    ...as('lanhdao.tp', ['/insights/annotations', '/insights/targets', '/insights/mailings']),
    ...as('bientap', ['/bulletins', '/bulletins?view=all', ...(bulletin ? [`/bulletins/${bulletin.id}`] : [])]),
    ...as('quantri', ['/admin', '/admin/accounts', '/admin/agencies', '/admin/categories', '/admin/calendars']),
    ...as('quantri', ['/admin/templates', '/admin/settings']),
    ...as('kiemtra', ['/admin/events']),
    ...as(null, ['/ban-tin', '/en/ban-tin', '/feeds/alerts.atom']),
  ]
  const words = ['rac', 'cây đổ', 'den duong', 'cua nha van hoa', 'ngap', 'xe cuu thuong']
  const all = parseQueue({}, 'all')
  const box = { west: 105.7, south: 20.9, east: 105.95, north: 21.15 }
  const procedures = [
    ...as(
      'dieuphoi',
      words.map((q) => queryPath('reports.queue', { queue: { ...all, words: q } })),
    ),
    ...as(
      'dieuphoi',
      codes.map((code) => queryPath('reports.byCode', code)),
    ),
    ...as(
      'dieuphoi',
      placed.map(({ id }) => queryPath('reports.likelyDuplicates', id)),
    ),
    ...as(
      'dieuphoi',
      [9, 11, 13].map((zoom) => queryPath('reports.mapView', { queue: all, box, zoom })),
    ),
    ...as('dieuphoi', [queryPath('reports.viewCounts', undefined)]),
    ...as('canbo.hoankiem', [queryPath('reports.queue', { queue: parseQueue({}, 'my_agency') })]),
    ...as('lanhdao.tp', [queryPath('insights.board', noBoardFilters)]),
    ...as('bientap', [queryPath('bulletins.list', { ...listingOf({ ...noDeskFilters, view: 'all' }), after: null })]),
  ]
  const streams = as('dieuphoi', ['/api/trpc/live.stream']).map((visit): Visit => ({ ...visit, isStream: true }))
  const longer = Math.max(pages.length, procedures.length)
  return Array.from({ length: longer }, (_, at) => [pages[at % pages.length], procedures[at % procedures.length]])
    .flat()
    .concat(streams)
    .filter((visit) => visit !== undefined)
}

const as = (username: Visit['username'], paths: readonly string[]): Visit[] => paths.map((path) => ({ username, path }))

/** Live megabytes after the last full collection, from the trace of the process. */
function aliveAfterCollection(): number {
  const told = [...readFileSync(appLog, 'utf8').matchAll(/Mark-Compact.*?\) -> ([\d.]+) /g)].at(-1)
  return Math.round(Number(told?.[1] ?? 0))
}

function middle(values: readonly number[]): number {
  const last = values.slice(-lookedAt).sort((a, b) => a - b)
  return last[Math.floor(last.length / 2)] ?? Number.NaN
}

const eachMinute = (values: readonly number[]): number[] =>
  Array.from({ length: Math.floor(values.length / 60) }, (_, minute) => middle(values.slice(0, (minute + 1) * 60)))
