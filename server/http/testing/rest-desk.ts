import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect } from 'vitest'
import { document } from '#server/rest/http/document.ts'
import { operationsAt } from '#server/rest/rules/address.ts'
import { operationOf, restPath } from '#server/rest/rules/operations.ts'
import { test as deskTest } from './open311-desk.ts'

// biome-ignore lint/suspicious/noExplicitAny: whatever was answered, which the document has checked
export type RestAnswer = { status: number; headers: Headers; text: string; body: any; operation: string | null }
type Sent = { key?: string; body?: unknown; headers?: Record<string, string> }

const written = document('http://desk')
const ajv = new Ajv2020({ strict: false, allErrors: true })
// The types of the package wrongly declare a default property.
;(formats as unknown as (to: Ajv2020) => void)(ajv)
ajv.addSchema(written, 'doc')

/** The documented answers that occurred in tests, as `operation status`. */
export const met = new Set<string>()

/** Sends requests to the REST interface and checks every answer against the OpenAPI document. */
export const test = deskTest.extend('api', { scope: 'file' }, async ({ desk }) => {
  return async (method: string, path: string, { key, body, headers = {} }: Sent = {}): Promise<RestAnswer> => {
    const response = await fetch(`${desk.origin}${restPath}${path}`, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key && { authorization: `Bearer ${key}` }),
        ...headers,
      },
    })
    const text = await response.text()
    const answer = { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : null }
    return { ...answer, operation: assertDocumented(method, path, answer) }
  }
})

function assertDocumented(method: string, path: string, { status, headers, body }: Omit<RestAnswer, 'operation'>) {
  const found = addressOf(path)
  const asked = method === 'HEAD' ? 'GET' : method
  const id = found?.ids.find((each) => operationOf(each).method === asked)
  if (status >= 400) {
    if (method !== 'HEAD') expect(failuresOf('#/components/schemas/Problem', body)).toEqual([])
    expect(headers.get('content-type')).toBe('application/problem+json')
  }
  // Paths without an operation are answered by a problem that the document describes in its text.
  if (!id) return null
  const operation = written.paths?.[operationOf(id).path]?.[asked.toLowerCase() as 'get']
  const answers = operation?.responses as Record<string, { content?: Record<string, unknown> }>
  expect(Object.keys(answers), `${id} ${status}`).toContain(String(status))
  met.add(`${id} ${status}`)
  const [type = ''] = headers.get('content-type')?.split(';') ?? []
  const content = answers[status]?.content
  if (content && method !== 'HEAD') {
    expect(Object.keys(content)).toContain(type)
    const pointer = ['paths', operationOf(id).path, asked.toLowerCase(), 'responses', status, 'content', type, 'schema']
    const place = pointer.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
    expect(failuresOf(`#/${encodeURI(place)}`, body), `${id} ${status} ${JSON.stringify(body)}`).toEqual([])
  }
  return id
}

/** Null if the address cannot be decoded. */
function addressOf(path: string) {
  try {
    return operationsAt(new URL(`${restPath}${path}`, 'http://desk').pathname)
  } catch {
    return null
  }
}

function failuresOf(place: string, body: unknown): string[] {
  const validate = ajv.getSchema(`doc${place}`)
  if (!validate) throw new Error(`the document has no ${place}`)
  validate(body)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
