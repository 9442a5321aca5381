import type { z } from 'zod'
import { validAgencies } from '#server/agencies/queries.ts'
import { type ApiClient, actorOf } from '#server/api-clients/rules/api-client.ts'
import { validAreas } from '#server/areas/queries.ts'
import { sayFromClient } from '#server/citizen-links/commands/say-from-client.ts'
import type { Saying } from '#server/citizen-links/rules/saying.ts'
import type { ProgramVisit } from '#server/endpoints/request.ts'
import { receiveFromClient } from '#server/open311/commands/receive-from-client.ts'
import { ownPhoto } from '#server/open311/queries/requests.ts'
import { openServices } from '#server/open311/queries/services.ts'
import { keyOfReport, titleFrom } from '#server/open311/rules/submission.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { FileStore } from '#server/platform/files.ts'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import { reportUsage, type UsageDay } from '#server/usage/commands/report-usage.ts'
import { usageDaysOf } from '#server/usage/queries/usage.ts'
import { usageDay } from '#server/usage/rules/usage.ts'
import { document } from './http/document.ts'
import { listBulletins, readBulletin } from './queries/bulletins.ts'
import { incidentsPage } from './queries/incidents.ts'
import { listPublished, readPublished } from './queries/published.ts'
import { listOwnReports, ownReport } from './queries/reports.ts'
import { cursorOf, placeIn } from './rules/cursor.ts'
import { type OperationId, type operations, restPath } from './rules/operations.ts'
import { Problem } from './rules/problems.ts'
import { invalid, names } from './rules/request.ts'
import type { NewReport } from './rules/schemas.ts'
import { tagOf } from './tag.ts'

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type Member<Of, Name extends string> = Of extends { readonly [Key in Name]: infer Value } ? Value : undefined
type Of<Id extends OperationId> = (typeof operations)[Id]

type Exchange<Id extends OperationId> = {
  visit: ProgramVisit
  client: Of<Id>['permission'] extends 'public' ? ApiClient | null : ApiClient
  path: Output<Member<Of<Id>, 'path_parameters'>>
  query: Output<Member<Of<Id>, 'query'>>
  headers: Output<Member<Of<Id>, 'headers'>>
  body: Output<Member<Of<Id>, 'body'>>
  /** Those of a form; none beside a body in JSON. */
  photos: readonly Uint8Array[]
  store: FileStore
}
type Answers<Id extends OperationId> = Of<Id>['answers']
type Answer<Id extends OperationId> = {
  [Status in keyof Answers<Id>]: {
    status: Status
    body: Answers<Id>[Status] extends { schema: infer Schema } ? Output<Schema> : never
    headers?: Record<string, string>
  }
}[keyof Answers<Id>]

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

type Handlers = { [Id in OperationId]: (exchange: Exchange<Id>) => Promise<Answer<Id>> }

/** The implementation of each operation, called after key, parameters and body are checked. */
export const handlers: Handlers = {
  async listReports({ visit, client, query }) {
    return { status: 200, body: await listOwnReports(visit.db, client.id, query) }
  },
  async getReport({ visit, client, path }) {
    const report = await ownReport(visit.db, { clientId: client.id, code: path.code, home: visit.home })
    if (!report) throw new DomainError('not_found')
    return { status: 200, body: report }
  },
  async getReportPhoto({ visit, client, path: { code, photo: id } }) {
    const key = uuid.test(id) ? await ownPhoto(visit.db, client.id, code, id) : null
    if (key === null) throw new DomainError('not_found')
    return { status: 200, body: { key, id } }
  },
  async sendReport({ visit, client, headers, body, photos, store }) {
    const submission = submissionOf(body, headers['idempotency-key'] ?? null)
    const { code, repeated } = await receiveFromClient(visit, client, { submission, photos }, store)
    return {
      status: repeated ? 200 : 201,
      body: { code, is_repeated: repeated },
      headers: { location: `${restPath}/reports/${encodeURIComponent(code)}` },
    }
  },
  async rateReport(exchange) {
    return said(exchange, { is: 'rating', input: exchange.body })
  },
  async addInformation(exchange) {
    return said(exchange, { is: 'information', input: exchange.body })
  },
  async reopenReport(exchange) {
    return said(exchange, { is: 'reopening', input: exchange.body })
  },
  async listPublishedReports({ visit, query }) {
    return { status: 200, body: await listPublished(visit.db, query, { home: visit.home, now: visit.now() }) }
  },
  async getPublishedReport({ visit, path }) {
    const report = await readPublished(visit.db, path.code, visit.home)
    if (!report) throw new DomainError('not_found')
    return { status: 200, body: report }
  },
  async listBulletins({ visit, query }) {
    return { status: 200, body: await listBulletins(visit.db, query, { home: visit.home, at: visit.now() }) }
  },
  async getBulletin({ visit, path }) {
    const bulletin = await readBulletin(visit.db, path.name, { home: visit.home, at: visit.now() })
    if (!bulletin) throw new DomainError('not_found')
    return { status: 200, body: bulletin }
  },
  async listIncidents({ visit, query }) {
    return { status: 200, body: await incidentsPage(visit, query) }
  },
  async reportUsage({ visit, client, path, headers, body }) {
    const check = (stored: UsageDay | null) => {
      const tag = stored && tagOf(JSON.stringify(usageOf(stored)))
      const expected = headers['if-match']
      const isRefused =
        (headers['if-none-match'] === '*' && stored !== null) ||
        (expected !== undefined && (tag === null || !names(expected, tag, 'strong')))
      if (isRefused) throw new Problem('changed_meanwhile')
    }
    const usage = usageOf(await reportUsage({ ...visit, actor: actorOf(client) }, { day: path.day, ...body }, check))
    return { status: 200, body: usage, headers: { etag: tagOf(JSON.stringify(usage)) } }
  },
  async listUsage({ visit, client, query }) {
    const { cursor, limit, from, to } = query
    const before = cursor === undefined ? null : placeIn(cursor)
    if (cursor !== undefined && !usageDay.safeParse(before).success)
      throw invalid('parameter', 'cursor', 'is not the `next` of a page')
    const days = await usageDaysOf(visit.db, client.id, {
      before,
      from: from ?? null,
      to: to ?? null,
      limit: limit + 1,
    })
    const shown = days.slice(0, limit)
    return {
      status: 200,
      body: { items: shown.map(usageOf), next: days.length > limit ? cursorOf(shown.at(-1)?.day ?? '') : null },
    }
  },
  async listAgencies({ visit }) {
    const agencies = await validAgencies(visit.db, visit.now())
    return {
      status: 200,
      body: { items: agencies.map(({ id, name, parentId }) => ({ id, name, parent_id: parentId })) },
    }
  },
  async listAreas({ visit }) {
    const areas = await validAreas(visit.db, visit.now())
    return { status: 200, body: { items: areas.map(({ code, name }) => ({ code, name })) } }
  },
  async listCategories({ visit }) {
    const services = await openServices(visit.db)
    return {
      status: 200,
      body: { items: services.map(({ keywords, ...each }) => ({ ...each, keywords: [...keywords] })) },
    }
  },
  async getDocument({ visit }) {
    return { status: 200, body: { ...document(visit.home) } }
  },
}

type Handler = (exchange: unknown) => Promise<{ status: number; body: unknown; headers?: Record<string, string> }>

/** For a caller that has checked the request by the operation; TypeScript cannot follow that relation. */
export const handlerOf = (id: OperationId): Handler => handlers[id] as Handler

const usageOf = ({ day, accounts, visits, reportedAt }: UsageDay) => ({
  day,
  accounts,
  visits,
  reported_at: isoInHanoi(reportedAt),
})

async function said(
  { visit, client, path, headers }: Pick<Exchange<'rateReport'>, 'visit' | 'client' | 'path' | 'headers'>,
  saying: Saying,
) {
  const { 'if-match': expected, 'idempotency-key': key } = headers
  // Read after the version that the command compares, so that a change in between causes a conflict.
  const assertAsSeen = async () => {
    const report = await ownReport(visit.db, { clientId: client.id, code: path.code, home: visit.home })
    if (!report) throw new DomainError('not_found')
    if (!names(expected, tagOf(JSON.stringify(report)), 'strong')) throw new Problem('changed_meanwhile')
  }
  const more = { key, ...(expected !== undefined && { assertAsSeen }) }
  const { code, repeated } = await sayFromClient(visit, client, path.code, saying, more).catch((error) => {
    const isOvertaken = expected !== undefined && error instanceof DomainError && error.code === 'conflict'
    throw isOvertaken ? new Problem('changed_meanwhile') : error
  })
  return { status: 200 as const, body: { code, is_repeated: repeated } }
}

function submissionOf({ reporter, ...given }: NewReport, idempotencyKey: string | null) {
  const person = { name: '', phone: '', email: '', address: '', ...reporter }
  return {
    title: given.title || titleFrom(given.description),
    body: given.description,
    categoryCode: given.category ?? null,
    severity: null,
    address: given.address ?? '',
    point: given.point ?? null,
    receivedAt: null,
    occurredAt: given.occurred_at ? new Date(given.occurred_at) : null,
    incidentId: null,
    reporter: Object.values(person).some((part) => part !== '') ? person : null,
    tags: [],
    key: keyOfReport(given.reference?.trim() ?? '', idempotencyKey),
  }
}
