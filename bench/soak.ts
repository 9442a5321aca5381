import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { DatabaseClient } from '#db/client.ts'
import type { DemoUsername } from '#server/accounts/rules/demo-accounts.ts'
import { listingOf, noDeskFilters } from '#server/bulletins/rules/desk-address.ts'
import { noBoardFilters } from '#server/insights/rules/filters.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { queryPath, spreadCodes } from './jobs.ts'
import { appLog, residentMemory, startApp } from './processes.ts'
import { signIn } from './sign-in.ts'
import { line } from './table.ts'

const perSecond = 20
/** What is asked for the first time is compiled, read and kept: memory is held against what it is after this. */
const settledAfter = 2
/** Memory goes up and down between collections: a figure is the middle one of so many seconds. */
const lookedAt = 20
/** More than these are never on their way at once: a desk that falls behind is told, not buried. */
const mostOnTheWay = 60
const mostMinutes = 60
const goal = 1.1

type Visit = { username: DemoUsername | null; path: string }

/**
 * Pages and procedures of every group of the desk, so many a second for so many minutes, against a desk of its own:
 * whether what it keeps grows. Nothing is written. The process traces its collections, for what was alive after each.
 */
export async function soakFigures(client: DatabaseClient, databaseUrl: string, minutes: number): Promise<string[]> {
  const length = Math.min(mostMinutes, Math.max(settledAfter + 1, minutes)) * 60
  const visits = await mixedVisits(client)
  const app = await startApp(databaseUrl, ['--trace-gc'])
  try {
    const headers = await headersOf(client, app.url)
    const problems = new Map<string, number>()
    const memory: number[] = []
    const alive: number[] = []
    const onTheWay = new Set<Promise<void>>()
    const begun = performance.now()
    for (let at = 0; at < length * perSecond; at += 1) {
      const due = begun + (at * 1000) / perSecond
      if (due > performance.now()) await pause(due - performance.now())
      if (at % perSecond === 0) {
        memory.push(residentMemory(app.pid))
        alive.push(aliveAfterCollection())
      }
      while (onTheWay.size >= mostOnTheWay) await Promise.race(onTheWay)
      const { username, path } = visits[at % visits.length] as Visit
      const visit: Promise<void> = ask(app.url + path, headers[username ?? ''] ?? {}).then((problem) => {
        onTheWay.delete(visit)
        if (problem) problems.set(`${problem} ${path}`, (problems.get(`${problem} ${path}`) ?? 0) + 1)
      })
      onTheWay.add(visit)
    }
    const took = (performance.now() - begun) / 1000
    await Promise.all(onTheWay)
    const asked = length * perSecond
    const [early, late] = [middle(memory.slice(0, settledAfter * 60)), middle(memory)]
    const rows = [
      ['memory of the process after minute two, at the end', `${early}/${late} MB`, (late / early).toFixed(2)],
      ['of it alive after a collection', `${middle(alive.slice(0, settledAfter * 60))}/${middle(alive)} MB`, ''],
      [`minute by minute: ${eachMinute(memory).join(' ')} MB`, '', ''],
      [`${asked} pages and procedures of ${visits.length} kinds, ${(asked / took).toFixed(1)} a second`, '', ''],
      ...[...problems].map(([problem, count]) => [`${count} × ${problem}`, '', 'FAILED']),
    ]
    const told = late / early <= goal ? 'reached' : 'grows'
    return rows.map(([words = '', figure = '', ratio = ''], at) =>
      line([`soak: ${words}`, '', figure, '', '', ratio, at === 0 ? told : '']),
    )
  } finally {
    await app.stop()
  }
}

/** What is wrong with the answer; nothing where it is one. */
async function ask(address: string, headers: Record<string, string>): Promise<string | null> {
  try {
    const answer = await fetch(address, { headers, redirect: 'manual' })
    await answer.arrayBuffer()
    return answer.ok ? null : String(answer.status)
  } catch (error) {
    return String(error)
  }
}

const staff = ['dieuphoi', 'canbo.hoankiem', 'lanhdao.tp', 'bientap', 'quantri', 'kiemtra'] as const

async function headersOf(client: DatabaseClient, origin: string): Promise<Record<string, Record<string, string>>> {
  const signedIn: Record<string, Record<string, string>> = {}
  for (const username of staff) {
    const { token } = await signIn(client, username)
    signedIn[username] = { cookie: `next-auth.session-token=${token}`, origin }
  }
  return signedIn
}

/** Every kind of page, and the procedures that people call most, a page and a procedure in turn. */
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
    ...as(null, ['/ban-tin', '/en/ban-tin', '/feeds/alerts.atom', '/api/health']),
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
  const longer = Math.max(pages.length, procedures.length)
  return Array.from({ length: longer }, (_, at) => [pages[at % pages.length], procedures[at % procedures.length]])
    .flat()
    .filter((visit) => visit !== undefined)
}

const as = (username: Visit['username'], paths: readonly string[]): Visit[] => paths.map((path) => ({ username, path }))

/** Megabytes alive after the last collection of everything, as the process itself told. */
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
