import { isoInHanoi, type LocalDay } from '#server/platform/rules/local-day.ts'
import type { RejectReason } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'
import type { StandardError } from './standard-errors.ts'
import type { RequestStatus, UpdateStatus } from './status.ts'

/** A document in both formats: the value of the JSON, and the tree of the XML with the names of its elements. */
export type Document = { json: unknown; xml: object }

const specification = 'http://wiki.open311.org/GeoReport_v2'
/** Raised when the answers change in a way that a program should know of. */
const changeset = '2026-12-03T00:00:00+07:00'
export const jurisdictionId = 'hanoi.gov.vn'

export function errorsDocument(errors: readonly StandardError[]): Document {
  return { json: errors, xml: { errors: { error: errors } } }
}

/** `endpoint`: its whole address. */
export function discoveryDocument(home: string, endpointUrl: string, type: 'production' | 'test'): Document {
  const about = {
    changeset,
    contact: 'Hotline 1022',
    key_service: `Ask the city for a key. An administrator makes it at ${home}/admin/integrations`,
  }
  const endpoint = { specification, url: endpointUrl, changeset, type }
  const formats = ['text/xml', 'application/json']
  return {
    json: { ...about, endpoints: [{ ...endpoint, formats }] },
    xml: { discovery: { ...about, endpoints: { endpoint: [{ ...endpoint, formats: { format: formats } }] } } },
  }
}

export type Service = { code: string; name: string; group: string | null; keywords: readonly string[] }

export function servicesDocument(services: readonly Service[]): Document {
  const listed = services.map(({ code, name, group, keywords }) => ({
    service_code: code,
    service_name: name,
    description: null,
    metadata: true,
    type: 'realtime',
    keywords: keywords.join(', '),
    group,
  }))
  return { json: listed, xml: { services: { service: listed } } }
}

export type AttributeWords = Record<AttributeCode, { description: string; datatypeDescription: string }>
export const attributeCodes = ['title', 'occurred_at', 'external_id', 'fixmystreet_id'] as const
export type AttributeCode = (typeof attributeCodes)[number]
/**
 * `isAutomated`: filled in by the sending program, so it is no question to a citizen. FixMyStreet asks for everything
 * that is not `automated`, and sends its own number only where the definition has `fixmystreet_id`.
 */
const attributeKinds: Record<AttributeCode, { datatype: string; isAutomated: boolean }> = {
  title: { datatype: 'string', isAutomated: true },
  occurred_at: { datatype: 'datetime', isAutomated: false },
  external_id: { datatype: 'string', isAutomated: true },
  fixmystreet_id: { datatype: 'string', isAutomated: true },
}

export function definitionDocument(code: string, words: AttributeWords): Document {
  const attributes = attributeCodes.map((attribute, at) => ({
    variable: !attributeKinds[attribute].isAutomated,
    code: attribute,
    datatype: attributeKinds[attribute].datatype,
    required: false,
    datatype_description: words[attribute].datatypeDescription,
    order: at + 1,
    description: words[attribute].description,
    ...(attributeKinds[attribute].isAutomated && { automated: 'server_set' }),
  }))
  return {
    json: { service_code: code, attributes: attributes.map((attribute) => ({ ...attribute, values: [] })) },
    xml: { service_definition: { service_code: code, attributes: { attribute: attributes } } },
  }
}

/** Of the latest answer that was sent, as long as the matter rests with it. */
export type Concluded = { outcome: Outcome | null; plannedFor: LocalDay | null; rejectReason: RejectReason | null }

/** What of a report may leave by this door: never the reporter, nor a person, nor words among staff. */
export type OpenRequest = Concluded & {
  code: string
  status: RequestStatus
  /** The citizen was sent an answer or a refusal. Of a plan the request is open all the same. */
  isAnswered: boolean
  notes: string | null
  serviceCode: string
  serviceName: string
  description: string | null
  agencyName: string | null
  requestedAt: Date
  updatedAt: Date
  expectedAt: Date | null
  address: string | null
  lat: number | null
  lon: number | null
  /** Its path on this desk. */
  photoPath: string | null
}

/** `isExtended`: with the attributes for which the standard has no place, which a client has to ask for. */
export function requestsDocument(requests: readonly OpenRequest[], home: string, isExtended: boolean): Document {
  const listed = requests.map((request) => ({
    service_request_id: request.code,
    status: request.status,
    status_notes: request.notes,
    service_name: request.serviceName,
    service_code: request.serviceCode,
    description: request.description,
    agency_responsible: request.agencyName,
    service_notice: null,
    requested_datetime: isoInHanoi(request.requestedAt),
    updated_datetime: isoInHanoi(request.updatedAt),
    expected_datetime: request.expectedAt && isoInHanoi(request.expectedAt),
    address: request.address || null,
    address_id: null,
    zipcode: null,
    lat: request.lat,
    long: request.lon,
    media_url: request.photoPath && `${home}${request.photoPath}`,
    ...(isExtended && {
      extended_attributes: {
        outcome: request.outcome,
        planned_for: request.plannedFor,
        refusal_reason: request.rejectReason,
      },
    }),
  }))
  return { json: listed, xml: { service_requests: { request: listed } } }
}

/** `notice`: what of the request the desk did not do, in words for the citizen. */
export function createdDocument(code: string, notice: string | null): Document {
  const created = [{ service_request_id: code, service_notice: notice, account_id: null }]
  return { json: created, xml: { service_requests: { request: created } } }
}

export function tokenDocument(token: string, code: string): Document {
  const found = [{ service_request_id: code, token }]
  return { json: found, xml: { service_requests: { request: found } } }
}

/** What the citizen was told. */
export type Update = {
  id: string
  code: string
  status: UpdateStatus
  at: Date
  words: string
  /** Its path on this desk: the first photo of an answer. */
  photoPath: string | null
}

export function updatesDocument(updates: readonly Update[], home: string): Document {
  const listed = updates.map(({ id, code, status, at, words, photoPath }) => ({
    update_id: id,
    service_request_id: code,
    status,
    updated_datetime: isoInHanoi(at),
    description: words,
    media_url: photoPath && `${home}${photoPath}`,
  }))
  return { json: listed, xml: { service_requests_updates: { request_update: listed } } }
}

/** The answer to an accepted update. */
export function receivedUpdateDocument(update: { id: string; code: string }): Document {
  const received = [{ update_id: update.id, service_request_id: update.code }]
  return { json: received, xml: { service_request_updates: { request_update: received } } }
}
