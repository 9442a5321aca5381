import type { DatabaseClient } from '#db/client.ts'
import { issueCitizenLink } from '#server/citizen-links/links.ts'
import { type Shot, type Stretch, shoot, summed } from './measure.ts'
import { line } from './table.ts'

const visitors = 200

/**
 * Measures 200 reporters who open the pages of their own reports at the same time, each with a separate link and
 * address. The page is rendered for each request, so no static file serves as a floor: the figures are absolute times.
 */
export async function citizenFigures({ db, sql }: DatabaseClient, url: string, seconds: number): Promise<string> {
  const rows = await sql<{ id: number }[]>`
    select r.id from reports r where exists (select from report_answers a where a.report_id = r.id and a.status = 'sent')
      and r.state in ('answered', 'closed') order by r.id desc limit ${visitors}`
  const shots: Shot[] = []
  for (const [at, { id }] of rows.entries()) {
    const from = { 'x-forwarded-for': `10.0.${Math.floor(at / 250)}.${1 + (at % 250)}` }
    const path = await issueCitizenLink(db, id, { now: new Date() })
    const opened = await fetch(url + path, { redirect: 'manual', headers: from })
    const [cookie = ''] = opened.headers.getSetCookie()[0]?.split(';') ?? []
    const headers = { ...from, cookie, 'accept-encoding': 'gzip' }
    shots.push({ method: 'GET', path: new URL(opened.headers.get('location') ?? '/', url).pathname, headers })
  }
  const [first] = shots
  const answer = await fetch(url + first?.path, { headers: first?.headers ?? {} })
  if (!answer.ok) throw new Error(`the page of a report is answered with ${answer.status}`)
  const stretch: Stretch = await shoot({ url, connections: visitors, seconds }, shots)
  const { p50, p95, rate, failed } = summed([stretch])
  return line([
    `public: the pages of ${rows.length} reports for their senders, ${visitors} at once`,
    '',
    `${p50.toFixed(0)}/${p95.toFixed(0)} ms`,
    '',
    rate.toFixed(0),
    '',
    failed > 0 ? `${failed} FAILED` : '',
  ])
}
