import { randomUUID } from 'node:crypto'
import type { DatabaseClient } from '#db/client.ts'
import type { LiveSession } from '#server/accounts/session.ts'
import { fold } from '#server/platform/rules/text.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { appRouter } from '#server/trpc/root.ts'
import { type Job, mutationBody, queryPath, type Statement, spreadCodes, statementsOf } from './jobs.ts'
import { typedAmongMany } from './places.ts'

const callerOf = createCallerFactory(appRouter)

type Stage = { client: DatabaseClient; session: LiveSession; record: Statement[]; officer: LiveSession }

/** The reading jobs of docs/speed.md, each with requests over many agencies, words and reports. */
export async function readingJobs({ client, session, officer, record }: Stage): Promise<Job[]> {
  const context = (who: LiveSession) => ({
    db: client.db,
    now: () => new Date(),
    requestId: 'bench',
    ip: null,
    session: who,
  })
  const city = callerOf(context(session))
  const ward = callerOf(context(officer))

  const job = async (
    name: string,
    title: string,
    target: Job['target'],
    inputs: unknown[],
    call: (input: never) => Promise<unknown>,
    procedure: string,
  ): Promise<Job> => {
    const variants = []
    for (const input of inputs) {
      const statements = await statementsOf(record, () => call(input as never))
      variants.push({ path: queryPath(procedure, input), statements })
    }
    return { name, title, target, variants, once: false }
  }
  const agencies = await busyAgencies(client)
  const queueOf = (input: unknown) => city.reports.queue(input as never)
  const pages = agencies.map((agency) => ({ queue: parseQueue({ agency }, 'open') }))
  const deep = await deepCursors(city, agencies.length)
  return [
    await job(
      'queue',
      'queue page of 50 with exact total (one agency, open, by deadline)',
      { extraMillis: 3, share: 0.3 },
      pages,
      queueOf,
      'reports.queue',
    ),
    await job(
      'deep',
      'page 1000 by keyset (all reports, by receipt)',
      { extraMillis: 3, share: 0.3 },
      deep,
      queueOf,
      'reports.queue',
    ),
    await job(
      'duplicates',
      'likely duplicates of a report (300 m, 60 days around, ranked)',
      { mostP95: 50, share: 0 },
      await placedReports(client),
      (id: number) => city.reports.likelyDuplicates(id),
      'reports.likelyDuplicates',
    ),
    await job(
      'places',
      'places of an address among 200,000, one in seven misspelt',
      { mostP95: 30, share: 0 },
      await typedAmongMany(client.sql),
      (input) => city.places.find(input),
      'places.find',
    ),
    await job(
      'counts',
      'counts of every view, whole city',
      { extraMillis: 3, share: 0.3 },
      [undefined],
      () => city.reports.viewCounts(),
      'reports.viewCounts',
    ),
    await job(
      'rare',
      'search, rare phrase typed without accents',
      { mostMillis: 8, share: 0.3 },
      (await rarePhrases(client)).map((words) => ({ queue: parseQueue({ q: words }, 'all') })),
      queueOf,
      'reports.queue',
    ),
    await job(
      'phrase',
      'search, phrase with some thousands of hits, best matches first, exact total',
      { mostMillis: 35, share: 0.7 },
      commonPhrases.map((words) => ({ queue: parseQueue({ q: words }, 'all') })),
      queueOf,
      'reports.queue',
    ),
    await job(
      'common',
      'search with tens of thousands of hits, page and capped total',
      { mostMillis: 35, share: 0.7 },
      commonWords.map((words) => ({ queue: parseQueue({ q: words }, 'all') })),
      queueOf,
      'reports.queue',
    ),
    plainSearch(),
    await job(
      'report',
      'one report with its timeline',
      { extraMillis: 3, share: 0.15 },
      await spreadCodes(client.sql, 60),
      (code) => city.reports.byCode(code),
      'reports.byCode',
    ),
    await job(
      'map',
      'map of a hundred thousand reports, from the whole city to a street',
      { mostP95: 200, share: 0.3 },
      await mapViews(client),
      (input) => city.reports.mapView(input),
      'reports.mapView',
    ),
    await job(
      'mine',
      'queue page of an officer (own agency, open)',
      { extraMillis: 3, share: 0.3 },
      [{ queue: parseQueue({}, 'my_agency') }],
      (input) => ward.reports.queue(input),
      'reports.queue',
    ),
  ]
}

const mapPoints = 100_000

/** The first day since which the required number of reports with a place was received. */
export async function mapDay({ sql }: Pick<DatabaseClient, 'sql'>): Promise<string> {
  const [row] = await sql<{ day: string }[]>`
    select to_char(received_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day from reports
    where lon is not null order by received_at desc offset ${mapPoints} limit 1`
  return row?.day ?? '2000-01-01'
}

/** Map views of a screen of 1440 × 900 points around the lake, with increasing zoom. */
async function mapViews(client: DatabaseClient) {
  const queue = parseQueue({ received: `${await mapDay(client)}..` }, 'all')
  return [9, 11, 13, 15].map((zoom) => {
    const [width, height] = [(1000 / 512 / 2 ** zoom) * 360, (700 / 512 / 2 ** zoom) * 336]
    const box = { west: 105.8 - width / 2, south: 21 - height / 2, east: 105.8 + width / 2, north: 21 + height / 2 }
    return { queue, box, zoom }
  })
}

const commonPhrases = [
  'can cau thap quay',
  'cua nha van hoa bi do',
  'xe cuu thuong khong qua duoc cau vuot',
  'nap ho ga truoc cong truong',
  'chuong bao chay keu',
]
const commonWords = ['cay do', 'rac', 'den duong', 'via he', 'ngap']

/**
 * The same search compared with plain SQL: the newest hits, and their number up to the cap. The desk's own statements
 * are planned by estimates and take a fraction of that time, so a comparison with them would say little about the desk.
 */
function plainSearch(): Job {
  const page = `select r.id, r.code, r.title, left(r.body, 240) as excerpt, r.state, r.category_code, r.area_id, r.agency_id, r.due_at, r.received_at
    from reports r join report_search s on s.report_id = r.id where s.words @@ $1::tsquery order by r.received_at desc, r.id desc limit 51`
  const total = `select count(*)::int from (select 1 from report_search where words @@ $1::tsquery limit 1001) counted`
  return {
    name: 'common_plain',
    title: 'the same search beside plain SQL for it',
    target: { mostMillis: 35, share: 0.7 },
    variants: commonWords.map((words) => {
      const values = [words.split(' ').join(' & ')]
      const statements = [page, total].map((text) => ({ text, values }))
      return { path: queryPath('reports.queue', { queue: parseQueue({ q: words }, 'all') }), statements }
    }),
    once: false,
  }
}

/**
 * What a caller remembers of one report: its house number and street with two words of the matter, without diacritics.
 */
async function rarePhrases({ sql }: DatabaseClient): Promise<string[]> {
  const codes = await spreadCodes(sql, 400)
  const rows = await sql<{ address: string; title: string }[]>`
    select address, title from reports where code = any(${codes}) and address ~ '^[0-9]+ '`
  const phrases = rows.map(({ address, title }) =>
    fold(`${address.split(',')[0]} ${title.split(' ').slice(0, 2).join(' ')}`).replace(/[^a-z0-9 ]/g, ' '),
  )
  const found: string[] = []
  for (const phrase of phrases) {
    const query = phrase
      .trim()
      .split(/\s+/)
      .map((word) => `'${word}'`)
      .join(' & ')
    const [row] = await sql<
      { hits: number }[]
    >`select count(*)::int as hits from report_search where words @@ ${query}::tsquery`
    if (row && row.hits > 0 && row.hits <= 20) found.push(phrase.trim())
    if (found.length === 24) break
  }
  return found
}

export async function busyAgencies({ sql }: DatabaseClient): Promise<string[]> {
  const rows = await sql<{ agency_id: string }[]>`
    select agency_id from reports where agency_id is not null and due_at is not null group by 1 order by count(*) desc limit 24`
  return rows.map((row) => row.agency_id)
}

const deepPage = 1000

/** Cursors far down the list of all reports: a page a thousand pages further is queried like the first. */
async function deepCursors(city: ReturnType<typeof callerOf>, count: number) {
  const queue = parseQueue({}, 'all')
  const inputs: { queue: typeof queue; cursor: unknown }[] = []
  let cursor: unknown = null
  for (let page = 0; page < deepPage + count; page += 1) {
    const found = await city.reports.queue({ queue, cursor } as never)
    if (!found.nextCursor) break
    cursor = found.nextCursor
    if (page >= deepPage) inputs.push({ queue, cursor })
  }
  return inputs
}

/** The text of a new report; there are many, so that the newest reports are not all about one thing. */
type Words = { title: string; body: string; category_code: string }

export const wordsOfMany = async ({ sql }: DatabaseClient): Promise<Words[]> =>
  sql<Words[]>`select title, body, category_code from reports where code = any(${await spreadCodes(sql, 400)})`

/** The reporter of the bench's reports: identifies what the bench wrote, as opposed to the seeded city. */
export const benchReporter = { name: 'Nguyễn Thị Thử', phone: '0950000001' }

/** The body of a new report through the intake that staff use; each request is another report. */
export function insertBody(areaPoint: { lon: number; lat: number }, { title, body, category_code }: Words): string {
  return mutationBody({
    key: randomUUID(),
    channel: 'hotline',
    title,
    body,
    categoryCode: category_code,
    severity: 'urgent',
    address: '12 phố Lò Đúc',
    point: areaPoint,
    reporter: { ...benchReporter, email: '', address: '' },
  })
}

/** Reports with a point, spread over the whole city and its years. */
async function placedReports({ sql }: DatabaseClient): Promise<number[]> {
  const codes = await spreadCodes(sql, 400)
  const rows = await sql<
    { id: number }[]
  >`select id from reports where code = any(${codes}) and lon is not null limit 200`
  return rows.map(({ id }) => id)
}
