import { describe, expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { xmlIn } from '#server/http/testing/open311-desk.ts'
import { partner } from '#server/http/testing/open311-partner.ts'
import { test } from '#server/http/testing/rest-desk.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'

const problemOf = ({ status, body }: { status: number; body: { type: string } }) => [
  status,
  body.type.replace('tag:hanoi.gov.vn,2026:desk/problems/', ''),
]

describe('a body', () => {
  test('that is unreadable is refused with its cause, and creates no report', async ({ api, db }) => {
    const { key, reportsOf } = await partner(db)
    const good = JSON.stringify({ description: 'Cây đổ', address: '73 phố Lò Đúc' })
    const type = (value: string) => ({ 'content-type': value })
    const large = good.replace('Cây đổ', 'x'.repeat(apiLimits.jsonBytes))
    for (const [body, headers, status, problem] of [
      ['{', {}, 400, 'malformed_request'],
      ['', {}, 400, 'malformed_request'],
      ['['.repeat(120_000), {}, 400, 'malformed_request'],
      [`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, {}, 400, 'malformed_request'],
      [`"${'\\"'.repeat(100_000)}`, {}, 400, 'malformed_request'],
      [good, type('text/plain'), 415, 'unsupported_media_type'],
      [good, type('application/json; charset=latin1'), 415, 'unsupported_media_type'],
      [good, type('application/x-www-form-urlencoded'), 415, 'unsupported_media_type'],
      [good, { 'content-encoding': 'gzip' }, 415, 'unsupported_media_type'],
      [large, {}, 413, 'body_too_large'],
    ] as const) {
      const sent = { key, body, headers: { 'content-type': 'application/json', ...headers } }
      expect([body.slice(0, 20), ...problemOf(await api('POST', '/reports', sent))]).toEqual([
        body.slice(0, 20),
        status,
        problem,
      ])
    }
    expect(await reportsOf()).toEqual([])
    const utf8 = { key, body: good, headers: type('application/json; charset="UTF-8"') }
    expect((await api('POST', '/reports', utf8)).status).toBe(201)
  })

  test('in another charset than UTF-8 is refused', async ({ desk, db }) => {
    const { key } = await partner(db)
    const body = new Uint8Array(Buffer.from('{"description":"C\u00e2y"}', 'latin1'))
    const headers = { 'content-type': 'application/json', 'x-api-key': key }
    const { status, text } = await desk.send('/api/v1/reports', { method: 'POST', body, headers })
    expect([status, JSON.parse(text).errors[0].detail]).toEqual([400, 'the body is not UTF-8'])
  })
})

describe('an address', () => {
  test('that does not exist, and a method that it does not have, are problems', async ({ api, db }) => {
    const { key } = await partner(db)
    for (const path of ['', '/', '/none', '/reports/', '/reports/a/b/c', '/openapi.yaml'])
      expect([path, ...problemOf(await api('GET', path, { key }))]).toEqual([path, 404, 'not_found'])
    for (const method of ['DELETE', 'PUT', 'PATCH']) {
      const answer = await api(method, '/reports', { key, body: {} })
      expect([method, ...problemOf(answer), answer.headers.get('allow')]).toEqual([
        method,
        405,
        'method_not_allowed',
        'GET, HEAD, POST, OPTIONS',
      ])
    }
    expect(problemOf(await api('GET', '/reports/%E0%A4%A', { key }))).toEqual([400, 'malformed_request'])
  })

  test('answers HEAD without a body and OPTIONS with what pages of other origins may do', async ({ api, db }) => {
    const { key } = await partner(db)
    const [get, head] = [await api('GET', '/reports', { key }), await api('HEAD', '/reports', { key })]
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', String(get.text.length)])
    const options = await api('OPTIONS', '/reports')
    expect([options.status, options.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD, OPTIONS'])
    expect(get.headers.get('access-control-allow-origin')).toBe('*')
    const foreign = { key, body: {}, headers: { origin: 'https://elsewhere.example' } }
    expect(problemOf(await api('POST', '/reports', foreign))).toEqual([403, 'foreign_origin'])
  })
})

test('an answer has a tag, by which an unchanged one is not sent again', async ({ api, db }) => {
  const { key, id } = await partner(db)
  const first = await api('GET', '/reports', { key })
  const tag = first.headers.get('etag') ?? ''
  const asked = (value: string) => api('GET', '/reports', { key, headers: { 'if-none-match': value } })
  for (const value of [tag, `W/${tag}`, `"other", ${tag}`, '*'])
    expect([value, (await asked(value)).status, (await asked(value)).text]).toEqual([value, 304, ''])
  await buildReport(db, { source: sourceOf(id) })
  expect((await asked(tag)).status).toBe(200)
  expect(first.headers.get('cache-control')).toBe('private, no-cache')
})

test('only JSON is answered', async ({ api, db }) => {
  const { key } = await partner(db)
  for (const [accept, status] of [
    ['application/json', 200],
    ['text/html, application/*;q=0.5', 200],
    ['*/*', 200],
    ['text/html', 406],
    ['application/json;q=0, */*', 406],
    ['application/xml', 406],
  ] as const)
    expect([accept, (await api('GET', '/reports', { key, headers: { accept } })).status]).toEqual([accept, status])
})

test('a key reads how many requests are left, and is refused beyond them', async ({ api, db }) => {
  const { key } = await partner(db, { requestsPerMinute: 2 })
  const answers = [await api('GET', '/reports', { key }), await api('GET', '/reports', { key })]
  expect(answers.map(({ headers }) => headers.get('ratelimit')?.replace(/t=\d+/, 't=n'))).toEqual([
    '"minute";r=1;t=n',
    '"minute";r=0;t=n',
  ])
  expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"minute";q=2;w=60')
  const refused = await api('GET', '/reports', { key })
  expect(problemOf(refused)).toEqual([429, 'too_many_requests'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('an address without a key reads how many requests are left, and is refused beyond them, others are not', async ({
  desk,
  db,
}) => {
  const { key } = await partner(db)
  const get = (path: string, from = '203.0.113.77', headers: Record<string, string> = {}) =>
    desk.send(path, { headers: { 'x-forwarded-for': from, ...headers } })
  const { requests } = apiLimits.anonymous
  const left = ({ headers }: { headers: Headers }) =>
    ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-policy'].map((name) => headers.get(name))
  const policy = `"minute";q=${requests};w=60`
  expect(left(await get('/api/v1/categories'))).toEqual([String(requests), String(requests - 1), policy])
  expect(left(await get('/open311/v2/services.json'))).toEqual([String(requests), String(requests - 2), policy])
  for (let sent = 2; sent < requests; sent += 20) {
    const many = Array.from({ length: Math.min(20, requests - sent) }, () => get('/open311/discovery.json'))
    expect(new Set((await Promise.all(many)).map(({ status }) => status))).toEqual(new Set([200]))
  }
  const rest = await get('/api/v1/categories')
  expect([
    rest.headers.get('content-type'),
    ...problemOf({ status: rest.status, body: JSON.parse(rest.text) }),
  ]).toEqual(['application/problem+json', 429, 'too_many_requests'])
  const json = await get('/open311/v2/requests.json')
  expect([json.status, json.json()]).toEqual([
    429,
    [{ code: 429, description: expect.stringContaining('Retry-After') }],
  ])
  const xml = await get('/open311/v2/requests.xml')
  expect([xml.status, xmlIn(xml.text)]).toMatchObject([429, { errors: { error: { code: '429' } } }])
  for (const refused of [rest, json, xml]) {
    expect(left(refused)).toEqual([String(requests), '0', policy])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  // The documented rule: a key from this address waits as well.
  expect((await get('/api/v1/reports', undefined, { 'x-api-key': key })).status).toBe(429)
  for (const path of ['/api/v1/categories', '/open311/v2/requests.json'])
    expect([path, (await get(path, '203.0.113.78')).status]).toEqual([path, 200])
})
