import type { DatabaseClient } from '#db/client.ts'
import { type BoardFilters, noBoardFilters, type Period } from '#server/insights/rules/filters.ts'
import { resolvePeriod } from '#server/insights/rules/period.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { type Job, queryPath, type Statement } from './jobs.ts'

/**
 * The board and the page of a storm, compared with counting the headline figures from the reports themselves.
 */
export async function insightJobs({ sql }: DatabaseClient): Promise<Job[]> {
  const agencies = await sql<{ id: string }[]>`
    select p.id from agencies p join agencies c on c.parent_id = p.id or c.id = p.id join reports r on r.agency_id = c.id
    where p.parent_id is not null group by 1 order by count(*) desc limit 8`
  const kinds = await sql<{ code: string }[]>`
    select coalesce(c.parent_code, c.code) as code from reports r join categories c on c.code = r.category_code
    group by 1 order by count(*) desc limit 8`
  const [storm] = await sql<{ id: string }[]>`
    select incident_id as id from reports where incident_id is not null group by 1 order by count(*) desc limit 1`
  const areas = await sql<{ id: number }[]>`
    select area_id as id from reports where area_id is not null group by 1 order by count(*) desc limit 8`
  const board = (name: string, title: string, mostP95: number, narrowed: Partial<BoardFilters>[]): Job => ({
    name,
    title,
    target: { mostP95, share: 0 },
    variants: narrowed.map((more) => {
      const filters = { ...noBoardFilters, ...more }
      return { path: queryPath('insights.board', filters), statements: scanOf(filters) }
    }),
    once: false,
  })
  const over = (period: Period) => [{ period }]
  const today = localDayOf(new Date())
  const lastWeek = { from: dayAfter(today, -7), to: dayAfter(today, -1) }
  /**
   * At a past moment rows may have been otherwise: those that changed since are looked for, and counted as they were.
   */
  const ofThePast = 300
  const past = [40, 100, 200, 400, 600].map((days) => dayAfter(today, -days))
  return [
    board('board', 'board of 30 days, whole city', 150, over('30d')),
    board('board_quarter', 'board of 90 days, whole city', 150, over('90d')),
    board('board_year', 'board of the year, whole city', 150, over('year')),
    board(
      'board_past_day',
      'board of a past day, whole city',
      ofThePast,
      past.map((day) => ({ period: { from: day, to: day } })),
    ),
    board(
      'board_past_month',
      'board of 30 past days, whole city',
      ofThePast,
      past.map((day) => ({ period: { from: dayAfter(day, -29), to: day } })),
    ),
    board(
      'board_issued',
      'board of 30 past days as issued a week later, whole city',
      ofThePast,
      past.map((day) => ({
        period: { from: dayAfter(day, -29), to: day },
        asked: { way: 'issued', at: startOfDay(dayAfter(day, 7)).toISOString() },
      })),
    ),
    board('board_launch', 'board since the launch, whole city', 150, over('launch')),
    board(
      'board_agency',
      'board of an agency and those below it, the year',
      150,
      agencies.map(({ id }) => ({ period: 'year' as const, agency: id })),
    ),
    board(
      'board_kind',
      'board of a group of categories and a severity, the year',
      150,
      kinds.map(({ code }) => ({ period: 'year' as const, category: code, severity: 'normal' as const })),
    ),
    board('board_channel', 'board of a channel, the year', 150, [
      { period: 'year', channel: 'app' },
      { period: 'year', channel: 'hotline' },
    ]),
    board(
      'board_area',
      'board of a commune, the year',
      150,
      areas.map(({ id }) => ({ period: 'year' as const, area: id })),
    ),
    {
      name: 'today',
      title: 'page of the morning, whole city',
      target: { mostP95: 150, share: 0 },
      variants: [
        {
          path: queryPath('insights.today', { agency: null }),
          statements: [...scanOf({ ...noBoardFilters, period: lastWeek }), ...openScan],
        },
      ],
      once: false,
    },
    {
      name: 'what_if',
      title: 'what-if of an agency: its log of a year, fitted and held against its last quarter',
      target: { mostP95: 300, share: 0 },
      variants: agencies.map(({ id }) => ({
        path: queryPath('insights.whatIf', { agency: id }),
        statements: deadlinesOf(id),
      })),
      once: false,
    },
    ...(storm
      ? [
          board('board_incident', 'board of an incident, since the launch', 150, [
            { period: 'launch', incident: storm.id },
          ]),
          {
            name: 'storm',
            title: 'page of a storm',
            target: { mostP95: 100, share: 0 },
            variants: [{ path: queryPath('insights.storm', storm.id), statements: stormScan(storm.id) }],
            once: false,
          },
        ]
      : []),
  ]
}

/** By agency and month, handled and on time, over reports and clocks: the query of a typical dashboard. */
function scanOf({ period }: BoardFilters): Statement[] {
  const { from, to } = resolvePeriod({ period, compare: 'none' }, new Date())
  const text = `select r.agency_id, date_trunc('month', r.received_at) as month, count(*) as received,
      count(*) filter (where r.state in ('answered', 'closed')) as handled,
      count(*) filter (where k.stopped_at <= k.due_at) as on_time, count(k.due_at) as due,
      percentile_disc(0.5) within group (order by r.answered_at - r.received_at) as median
    from reports r left join report_clocks k on k.report_id = r.id and k.kind = 'resolution'
    where r.received_at >= $1::timestamptz and r.received_at < $2::timestamptz and r.state <> 'merged' group by 1, 2`
  return [{ text, values: [from.toISOString(), to.toISOString()] }]
}

/** What is open by agency and kind, and how much of it is overdue or falls due within a day. */
const openScan: Statement[] = [
  {
    text: `select r.agency_id, r.category_code, r.severity, count(*) filter (where k.due_at < now()) as overdue,
        count(*) filter (where k.due_at >= now() and k.due_at < now() + interval '1 day') as today
      from reports r join report_clocks k on k.report_id = r.id and k.kind = 'resolution'
      where k.stopped_at is null group by 1, 2, 3`,
    values: [],
  },
]

/** The deadlines of an agency in a year, from reports and clocks. */
function deadlinesOf(agencyId: string): Statement[] {
  const text = `select k.started_at, k.due_at, k.stopped_at from reports r
      join report_clocks k on k.report_id = r.id and k.kind = 'resolution'
    where (r.agency_id = $1::text or r.agency_id in (select id from agencies where parent_id = $1::text))
      and k.started_at >= now() - interval '365 days' order by k.started_at`
  return [{ text, values: [agencyId] }]
}

function stormScan(incidentId: string): Statement[] {
  const text = `select date_trunc('hour', received_at) as hour, category_code, area_id, count(*), count(*) filter (where state in ('answered', 'closed'))
    from reports where incident_id = $1::uuid group by 1, 2, 3`
  return [{ text, values: [incidentId] }]
}
