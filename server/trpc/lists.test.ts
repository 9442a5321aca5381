import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { describe, expect } from 'vitest'
import type { z } from 'zod'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { filterSamples } from '#db/factories/filters.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { naughtyStrings } from '#db/factories/naughty-strings.ts'
import { buildReport } from '#db/factories/reports.ts'
import { savedViewPins, savedViews } from '#db/schema/index.ts'
import { test as databaseTest } from '#db/testing.ts'
import { type Actor, type Role, roles } from '#server/accounts/rules/actor.ts'
import { accountFilters } from '#server/accounts/rules/filters.ts'
import type { accountListInput } from '#server/accounts/rules/schemas.ts'
import { type PublicFilter, publicBulletins } from '#server/bulletins/queries/public.ts'
import { bulletinKinds } from '#server/bulletins/rules/bulletin.ts'
import { deskFilters, noDeskFilters } from '#server/bulletins/rules/desk-filters.ts'
import { bulletinStates } from '#server/bulletins/rules/lifecycle.ts'
import { wordsToFind } from '#server/bulletins/rules/public-list.ts'
import type { listBulletinsInput } from '#server/bulletins/rules/schemas.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { deliveryFilters, noDeliveryFilter } from '#server/deliveries/rules/filters.ts'
import type { deliveryPageInput, undeliveredInput } from '#server/deliveries/rules/schemas.ts'
import { lookFilters, noLookFilter } from '#server/disclosures/rules/filters.ts'
import type { lookPageInput } from '#server/disclosures/rules/schemas.ts'
import { eventFilters, noEventFilter } from '#server/events/rules/filters.ts'
import type { eventPageInput } from '#server/events/rules/schemas.ts'
import { type IncidentFilter, incidentFilters, noIncidentFilter } from '#server/incidents/rules/filters.ts'
import type { boardFiltersSchema } from '#server/insights/rules/board-input.ts'
import { formatDrillDown } from '#server/insights/rules/data-point.ts'
import { boardConditions, comparisons, noBoardFilters, periodPresets } from '#server/insights/rules/filters.ts'
import type { issuedInput } from '#server/insights/rules/issued-input.ts'
import type { notificationPageInput } from '#server/notifications/rules/schemas.ts'
import type { FindPlaces } from '#server/places/rules/schemas.ts'
import { emptyOf } from '#server/platform/rules/filters/filters.ts'
import { anyText } from '#server/platform/rules/filters/ids.ts'
import { type PublishedFilter, publishedCopies } from '#server/publication/queries/published-copies.ts'
import type { awaitingCopiesInput } from '#server/publication/rules/schemas.ts'
import { updateSearch } from '#server/reports/commands/update-search.ts'
import { casesOf, readCases } from '#server/reports/queries/exported-cases.ts'
import { templateUses } from '#server/reports/rules/parts.ts'
import { type Queue, queueOf, queueSorts, queueViews } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { queueFilters } from '#server/reports/rules/queue-filters.ts'
import type { queueSchema } from '#server/reports/rules/queue-input.ts'
import type { duplicateDraftInput, earlierAnswersInput } from '#server/reports/rules/schemas.ts'
import { createWebhook } from '#server/webhooks/commands/keep-webhooks.ts'
import { webhookKinds } from '#server/webhooks/rules/kinds.ts'
import { deliveryKinds } from '#server/webhooks/rules/payload.ts'
import type { deliveriesInput } from '#server/webhooks/rules/schemas.ts'
import { deliveryStates } from '#server/webhooks/rules/webhook.ts'
import { createCallerFactory } from '../procedures/init.ts'
import { appRouter } from './root.ts'

const now = () => hanoi('2026-03-02 15:00')
const callerOf = createCallerFactory(appRouter)
type Caller = ReturnType<typeof callerOf>
type Asker = { db: Database; actor: Actor; caller: Caller; now: () => Date }

const everyRole = roles.filter((role): role is Exclude<Role, 'urgent_publisher'> => role !== 'urgent_publisher')

async function askerOf(db: Database, agency: BuiltAgency): Promise<Asker> {
  const { id, actor } = await buildAccount(db, { agency, roles: [...everyRole] })
  const session = { id: randomUUID(), accountId: id, actor, lastSeenAt: now() }
  return { db, actor, now, caller: callerOf({ db, now, requestId: 'request-1', ip: null, session }) }
}

/** A little data of every kind, and two accounts that may query all of it: one of the city, one of an agency. */
async function buildDesk(db: Database) {
  const agency = await buildAgency(db)
  const [area, category, incident] = [await buildArea(db), await buildCategory(db), await buildIncident(db)]
  const texts = ['Cây đổ chắn lối', 'Cháy 🚒 ngập "50%"', '...']
  const written = []
  for (const [at, title] of texts.entries()) {
    const state = at === 0 ? 'answered' : 'in_progress'
    written.push(await buildReport(db, { title, state, agencyId: agency.id, tags: ['cây', 'gấp'] }))
  }
  const ids = written.map(({ id }) => id)
  await db.transaction((tx) => updateSearch(tx, ids))
  await buildBulletin(db, { content: contentOf('Cấm cầu', { areaIds: [area.id] }), incidentId: incident.id })
  const [city, local] = [await askerOf(db, await buildCity(db)), await askerOf(db, agency)]
  const { id: webhookId } = await createWebhook(city, {
    name: 'Ứng dụng',
    address: 'https://hook.example/',
    kinds: [...webhookKinds],
    agencyId: agency.id,
    clientId: null,
  })
  return { agency, area, category, incident, reportId: ids[0] as number, webhookId, askers: { city, local } }
}
type Desk = Awaited<ReturnType<typeof buildDesk>>

const test = databaseTest.extend('desk', { scope: 'file' }, ({ db }) => buildDesk(db))

/**
 * Values for each filter, tried one at a time: a filter of a list without values here does not compile.
 */
type Samples<Input> = { readonly [Name in keyof Input]-?: readonly Input[Name][] }
/** Returns the count if it counts the same list as the other queries, else null. */
type Query<Input> = (asker: Asker, input: Input) => Promise<number | null>
type List = {
  samples: (desk: Desk) => Readonly<Record<string, readonly unknown[]>>
  /** Queries of the same list, by the names of their procedures or of what else reads it. */
  queries: Readonly<Record<string, Query<never>>>
  unfiltered: (desk: Desk) => object
}

const list = <Input extends object>(
  unfiltered: (desk: Desk) => Input,
  samples: (desk: Desk) => Samples<Input>,
  queries: Record<string, Query<Input>>,
): List => ({ unfiltered, samples, queries })

const day = '2026-03-02'
const box = { west: 105, south: 20, east: 106, north: 22 }
const unknown = '00000000-0000-4000-8000-000000000000'
const mark = formatDrillDown({ dataPoint: { measure: 'received' }, filters: noBoardFilters, asOf: now() })

/** The existing ids, by what filters name. */
const knownTo = ({ agency, area, category, incident }: Desk) => ({
  agencies: [agency.id],
  areas: [area.id],
  categories: [category.code],
  incidents: [incident.id],
})

type QueueInput = z.output<typeof queueSchema>
const queues = list<QueueInput>(
  () => queueOf('all'),
  (desk) => ({
    ...filterSamples(queueFilters, { ...knownTo(desk), figures: [mark, 'no mark'] }),
    view: queueViews,
    sort: queueSorts,
    dir: ['asc', 'desc'],
  }),
  {
    'reports.queue': ({ caller }, queue) => caller.reports.queue({ queue }).then(({ total }) => total?.count ?? null),
    'reports.size': ({ caller }, queue) => caller.reports.size(queue).then(({ count }) => count),
    'reports.selection': ({ caller }, queue) => caller.reports.selection(queue).then(({ ids }) => ids.length),
    'reports.mapSummary': ({ caller }, queue) => caller.reports.mapSummary(queue).then(({ total }) => total),
    'reports.mapView': ({ caller }, queue) => uncounted(caller.reports.mapView({ queue, box, zoom: 11 })),
    'reports.mapList': ({ caller }, queue) => uncounted(caller.reports.mapList({ queue, box })),
    'reports.changes': ({ caller }, queue) => uncounted(caller.reports.changes({ queue, since: now() })),
    'savedViews.counts': countedWhenSaved,
    export: exported,
  },
)

const uncounted = (asked: Promise<unknown>): Promise<null> => asked.then(() => null)

/** The count that the sidebar shows for the list when it is a saved view. */
async function countedWhenSaved({ db, actor, caller }: Asker, queue: Queue): Promise<number | null> {
  const [id, accountId] = [actor.id ?? '', actor.id ?? '']
  const address = queueAddress(queue)
  const view = { id, ownerId: accountId, name: 'Của tôi', audience: 'mine' as const, address, savedAt: now() }
  await db.insert(savedViews).values(view).onConflictDoUpdate({ target: savedViews.id, set: { address } })
  await db.insert(savedViewPins).values({ accountId, viewId: id, position: 0 }).onConflictDoNothing()
  return (await caller.savedViews.counts()).counts[id] ?? null
}

async function exported(asker: Asker, queue: Queue): Promise<number> {
  const cases = await casesOf(asker, queue)
  return asker.db.transaction(async (tx) => {
    let rows = 0
    for await (const batch of readCases(tx, { queue, cases, withReporters: true })) rows += batch.length
    return rows
  })
}

const bulletins = list<z.output<typeof listBulletinsInput>>(
  () => ({
    ...noDeskFilters,
    ...{ states: [], mine: false, needsLookBack: false, after: null, limit: 50 },
  }),
  (desk) => ({
    states: bulletinStates.map((state) => [state]),
    ...filterSamples(deskFilters, knownTo(desk)),
    mine: [true],
    needsLookBack: [true],
    after: [{ at: now(), id: unknown }],
    limit: [1],
  }),
  {
    'bulletins.list': ({ caller }, input) => uncounted(caller.bulletins.list(input)),
    'bulletins.counts': ({ caller }, input) => uncounted(caller.bulletins.counts(input)),
  },
)

const published = list<PublicFilter>(
  () => ({}),
  ({ area, incident }) => ({
    areaId: [area.id, 999],
    incidentId: [incident.id],
    kind: bulletinKinds,
    english: [true],
    words: naughtyStrings.map(wordsToFind),
    force: [
      { at: now(), is: true },
      { at: now(), is: false },
    ],
    before: [{ at: now(), id: unknown }],
    limit: [1],
  }),
  { publicBulletins: ({ db }, filter) => uncounted(publicBulletins(db, filter)) },
)

const accounts = list<z.output<typeof accountListInput>>(
  () => ({ ...emptyOf(accountFilters), state: 'all' }),
  ({ agency }) => ({
    ...filterSamples(accountFilters, { agencies: [agency.id, 'none'] }),
    cursor: [{ word: 'lan', name: 'Nguyễn Thị Lan', id: unknown }],
  }),
  { 'accounts.list': ({ caller }, input) => uncounted(caller.accounts.list(input)) },
)

const incidents = list<IncidentFilter>(
  () => noIncidentFilter,
  () => filterSamples(incidentFilters, {}),
  { 'incidents.list': ({ caller }, filter) => uncounted(caller.incidents.list(filter)) },
)

const events = list<z.output<typeof eventPageInput>>(
  () => noEventFilter,
  ({ agency }) => ({
    ...filterSamples(eventFilters, {
      events: ['report.assigned', 'report.', ...naughtyStrings.flatMap((text) => anyText(60).read(text) ?? [])],
      agencies: [agency.id, 'none'],
    }),
    cursor: [{ at: now(), id: 1 }],
  }),
  { 'events.list': ({ caller }, input) => uncounted(caller.events.list(input)) },
)

const looks = list<z.output<typeof lookPageInput>>(
  () => noLookFilter,
  () => ({ ...filterSamples(lookFilters, {}), cursor: [{ at: now(), id: 1 }] }),
  { 'disclosures.list': ({ caller }, input) => uncounted(caller.disclosures.list(input)) },
)

const notifications = list<z.output<typeof notificationPageInput>>(
  () => ({ before: null, unreadOnly: false }),
  () => ({ before: [{ shownAt: now(), id: 1 }], unreadOnly: [true] }),
  { 'notifications.page': ({ caller }, input) => uncounted(caller.notifications.page(input)) },
)

const draftDuplicates = list<z.output<typeof duplicateDraftInput>>(
  ({ category: { code } }) => ({
    title: 'Cây đổ',
    body: '',
    categoryCode: code,
    address: '',
    point: { lon: 105.85, lat: 21.02 },
  }),
  ({ category }) => ({
    title: naughtyStrings,
    body: naughtyStrings,
    categoryCode: [category.code, ''],
    address: naughtyStrings,
    point: [{ lon: 105.85, lat: 21.02 }, null],
  }),
  { 'reports.duplicatesOfDraft': ({ caller }, input) => uncounted(caller.reports.duplicatesOfDraft(input)) },
)

const foundPlaces = list<FindPlaces>(
  () => ({ text: '95 Đê La Thành' }),
  ({ area }) => ({ text: naughtyStrings, near: [{ lon: 105.85, lat: 21.02 }], areaId: [area.id] }),
  { 'places.find': ({ caller }, input) => uncounted(caller.places.find(input)) },
)

const earlierAnswers = list<z.output<typeof earlierAnswersInput>>(
  ({ reportId }) => ({ reportId, words: '' }),
  ({ reportId }) => ({ reportId: [reportId], words: naughtyStrings }),
  { 'reports.earlierAnswers': ({ caller }, input) => uncounted(caller.reports.earlierAnswers(input)) },
)

const templates = list<{ use: (typeof templateUses)[number]; categoryCode: string }>(
  ({ category }) => ({ use: 'answer', categoryCode: category.code }),
  ({ category }) => ({ use: templateUses, categoryCode: [category.code, 'none'] }),
  { 'answerTemplates.forReport': ({ caller }, input) => uncounted(caller.answerTemplates.forReport(input)) },
)

const boards = list<z.output<typeof boardFiltersSchema>>(
  () => noBoardFilters,
  (desk) => ({
    period: [...periodPresets, { from: '2026-02-01', to: day }],
    compare: comparisons,
    comparedAgency: [desk.agency.id],
    ...filterSamples(boardConditions, knownTo(desk)),
  }),
  {
    'insights.board': ({ caller }, filters) => uncounted(caller.insights.board(filters)),
    'insights.caseMix': ({ caller }, filters) => uncounted(caller.insights.caseMix({ filters, asOf: now() })),
    'insights.explain': ({ caller }, filters) =>
      uncounted(caller.insights.explain({ filters, kpi: 'received', dimension: 'agency', asOf: now() })),
  },
)

const awaitingCopies = list<z.output<typeof awaitingCopiesInput>>(
  () => ({ cursor: null }),
  () => ({ cursor: [{ receivedAt: now(), id: 1 }] }),
  { 'publication.awaiting': ({ caller }, input) => uncounted(caller.publication.awaiting(input)) },
)

const undeliveredOnes = list<z.output<typeof undeliveredInput>>(
  () => ({ cursor: null }),
  () => ({ cursor: [{ createdAt: now(), id: unknown }] }),
  { 'deliveries.undelivered': ({ caller }, input) => uncounted(caller.deliveries.undelivered(input)) },
)

const issuedOnes = list<z.output<typeof issuedInput>>(
  () => ({ cursor: null }),
  () => ({ cursor: [{ issuedAt: now(), id: unknown }] }),
  { 'insights.issued': ({ caller }, input) => uncounted(caller.insights.issued(input)) },
)

const webhookDeliveries = list<z.output<typeof deliveriesInput>>(
  ({ webhookId }) => ({ webhookId, state: null, kind: null }),
  ({ webhookId }) => ({
    webhookId: [webhookId],
    state: [...deliveryStates, null],
    kind: [...deliveryKinds, null],
    cursor: [unknown, null],
  }),
  {
    'webhooks.deliveries': ({ caller }, input) => uncounted(caller.webhooks.deliveries(input)),
  },
)

const publishedReports = list<PublishedFilter>(
  () => ({}),
  ({ category }) => ({
    codes: [['HN-260302-0001'], []],
    categoryCodes: [[category.code], []],
    isEnded: [true, false],
    notFrom: ['test'],
    receivedFrom: [now()],
    receivedBefore: [now()],
    changedFrom: [now()],
    changedBefore: [now()],
    cursor: [{ receivedAt: now(), id: 1 }, null],
    limit: [1, 0, 5000],
  }),
  { publishedCopies: ({ db }, filter) => uncounted(publishedCopies(db, filter)) },
)

/** For the whole city only: accounts of an agency are refused. */
const deliveryLists = list<z.output<typeof deliveryPageInput>>(
  () => noDeliveryFilter,
  (desk) => ({ ...filterSamples(deliveryFilters, knownTo(desk)), cursor: [{ createdAt: now(), id: unknown }] }),
  {
    'deliveries.log': (asker, filter) => uncounted(ofCity(asker, () => asker.caller.deliveries.log(filter))),
    'deliveries.counts': (asker, filter) => uncounted(ofCity(asker, () => asker.caller.deliveries.counts(filter))),
  },
)

const ofCity = ({ actor }: Asker, ask: () => Promise<unknown>): Promise<unknown> =>
  actor.grants.some(({ cityWide }) => cityWide) ? ask() : Promise.resolve(null)

const lists = {
  queues,
  awaitingCopies,
  undeliveredOnes,
  issuedOnes,
  deliveryLists,
  webhookDeliveries,
  publishedReports,
  bulletins,
  published,
  accounts,
  events,
  incidents,
  looks,
  notifications,
  draftDuplicates,
  foundPlaces,
  earlierAnswers,
  templates,
  boards,
}

/** The number of samples: an account that sees a part of the city has other conditions, but the same words. */
const samplesOf = { city: Number.POSITIVE_INFINITY, local: 15 }

describe.for(['city', 'local'] as const)('queried by an account of the %s', (who) => {
  test.for(Object.entries(lists))(
    'every query of %s answers, with each filter set once',
    async ([, each], { desk }) => {
      const broken: unknown[] = []
      for (const [filter, values] of Object.entries(each.samples(desk))) {
        for (const value of values.slice(0, samplesOf[who])) {
          const input = { ...each.unfiltered(desk), [filter]: value } as never
          const queries = Object.entries(each.queries)
          const answers = await Promise.allSettled(queries.map(([, query]) => query(desk.askers[who], input)))
          const told = Object.fromEntries(
            answers.map((answer, at) => [
              queries[at]?.[0],
              answer.status === 'fulfilled' ? answer.value : answer.reason,
            ]),
          )
          const counts = new Set(Object.values(told).filter((count) => count !== null))
          if (counts.size > 1 || [...counts].some((count) => typeof count !== 'number'))
            broken.push({ filter, value, told })
        }
      }
      expect(broken).toEqual([])
    },
  )

  test('every query without filters answers, or refuses this account', async ({ desk }) => {
    const caller = desk.askers[who].caller as unknown as Record<string, Record<string, () => Promise<unknown>>>
    const broken: string[] = []
    for (const path of queriesTaking((inputs) => inputs === 0)) {
      const [domain = '', name = ''] = path.split('.')
      await caller[domain]?.[name]?.().catch((error) => statusOf(error) < 500 || broken.push(`${path}: ${error}`))
    }
    expect(broken).toEqual([])
  })
})

const statusOf = (error: unknown): number => (error instanceof TRPCError ? getHTTPStatusCodeFromError(error) : 500)

type Procedure = { _def: { type: string; inputs: unknown[] } }

const queriesTaking = (isOne: (inputs: number) => boolean): string[] =>
  Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)
    .filter(([, { _def }]) => _def.type === 'query' && isOne(_def.inputs.length))
    .map(([path]) => path)

/** Queries about one thing by its id, code or day, which have no filters. */
const aboutOne = [
  ...[
    'accounts.substitutions',
    'accounts.passwordLink',
    'calendars.days',
    'calendars.preview',
    'categories.suggestedAgency',
    'places.at',
  ],
  ...[
    'incidents.byId',
    'incidentClosing.left',
    'afterAction.log',
    'afterAction.report',
    'insights.storm',
    'insights.wall',
    'insights.weekly',
    'insights.issuedById',
    'insights.issuedNow',
  ],
  ...[
    'byId',
    'revisions',
    'diff',
    'timeline',
    'check',
    'consequence',
    'reach',
    'streetAreas',
    'isAlerting',
    'alert',
    'announcement',
    'readers',
    'stormCounters',
  ].map((name) => `bulletins.${name}`),
  ...[
    'byCode',
    'brief',
    'likelyDuplicates',
    'partsToPick',
    'colleagues',
    'mentionable',
    'sendTime',
    'likelyAgencies',
  ].map((name) => `reports.${name}`),
  ...['suggestions', 'breakdown', 'points', 'batches', 'recipients'].map((name) => `incidentDesk.${name}`),
  ...[
    'drafts.on',
    'bulk.run',
    'bulk.rows',
    'figures.incidents',
    'figures.dryRun',
    'insights.drillDown',
    'disclosures.persons',
  ],
  'insights.mailingRuns',
  'insights.today',
  'insights.whatIf',
  'publication.copy',
  'deliveries.letter',
  'deliveries.attempts',
  ...['byId', 'delivery'].map((name) => `webhooks.${name}`),
]

test('no list is missing here', () => {
  const known = [...Object.values(lists).flatMap(({ queries }) => Object.keys(queries)), ...aboutOne]
  expect(queriesTaking((inputs) => inputs > 0).filter((path) => !known.includes(path))).toEqual([])
})

test('search texts without searchable words find nothing instead of everything', async ({ desk: { askers } }) => {
  const { caller } = askers.city
  const { total, rows } = await caller.reports.queue({ queue: queueOf('all', { words: '...' }) })
  expect({ total, rows }).toEqual({ total: { count: 0, capped: false }, rows: [] })
})
