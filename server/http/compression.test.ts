import { createServer, get, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compressAnswer } from './compression.ts'

type Answer = (response: ServerResponse) => unknown

/** What goes over the line, as it is. */
async function sent(answer: Answer, { method = 'GET', headers = {} } = {}) {
  const server = createServer((request, response) => {
    compressAnswer(request, response)
    answer(response)
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  const accepted = { 'accept-encoding': 'gzip, deflate, br', ...headers }
  const answered = await new Promise<IncomingMessage>((settle, fail) =>
    get({ host: '127.0.0.1', port, method, headers: accepted, agent: false }, settle).on('error', fail),
  )
  const body = await buffer(answered)
  server.close()
  return { ...answered.headers, body }
}

const long = JSON.stringify(Array.from({ length: 200 }, (_, n) => `Đèn đường số ${n} không sáng`))
const withHead =
  (headers: OutgoingHttpHeaders, text = long, status = 200): Answer =>
  (response) =>
    response.writeHead(status, { 'content-length': Buffer.byteLength(text), ...headers }).end(text)

test.each([
  'application/json; charset=utf-8',
  'application/geo+json',
  'application/problem+json',
  'text/xml; charset=utf-8',
  'text/csv',
])('a long answer of %s is sent compressed, and names on what that depends', async (type) => {
  const answer = await sent(withHead({ 'Content-Type': type, Vary: 'Accept, Authorization' }))
  expect(answer).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept, Authorization, accept-encoding' })
  expect(answer['content-length']).toBeUndefined()
  expect(gunzipSync(answer.body).toString()).toBe(long)
})

const json = { 'content-type': 'application/json' }

test.each<[string, Answer, { method?: string; headers?: Record<string, string> }?]>([
  ['a client that does not accept it', withHead(json), { headers: { 'accept-encoding': 'br' } }],
  ['a short text', withHead(json, '{"status":"ok"}')],
  ['a picture', withHead({ 'content-type': 'image/jpeg' })],
  ['a sheet', withHead({ 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })],
  ['a part of a file', withHead({ 'content-type': 'text/plain' }, long, 206)],
  ['events as they happen', withHead({ 'content-type': 'text/event-stream' })],
])('is sent as it is: %s', async (_, answer, asked) => {
  const { body, ...headers } = await sent(answer, asked)
  expect(headers['content-encoding']).toBeUndefined()
  expect(headers['content-length']).toBe(String(body.byteLength))
})

test('the head alone, an unchanged document and what is compressed already keep their headers', async () => {
  const head = await sent((response) => response.writeHead(200, { ...json, 'content-length': 9000 }).end(), {
    method: 'HEAD',
  })
  expect([head['content-encoding'], head['content-length']]).toEqual([undefined, '9000'])
  const unchanged = await sent((response) => response.writeHead(304, { ...json, etag: '"a"' }).end())
  expect([unchanged['content-encoding'], unchanged.etag, unchanged.body.byteLength]).toEqual([undefined, '"a"', 0])
  const packed = await sent(withHead({ ...json, 'content-encoding': 'br' }))
  expect([packed['content-encoding'], packed.body.toString()]).toEqual(['br', long])
})

test('a large file that is written in parts arrives whole', async () => {
  const rows = Array.from({ length: 60_000 }, (_, n) => `HN-260302-${n};Ổ gà sâu;phường Hoàn Kiếm\n`)
  const answer = await sent(async (response) => {
    response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' })
    await pipeline(Readable.from(rows), response)
  })
  expect(answer['content-encoding']).toBe('gzip')
  expect(answer.body.byteLength).toBeLessThan(600_000)
  expect(gunzipSync(answer.body).toString()).toBe(rows.join(''))
})

test('without a head the first part decides, also where it is short', async () => {
  const short = await sent((response) => {
    response.setHeader('content-type', 'application/json')
    response.write('[')
    response.end(long)
  })
  expect([short['content-encoding'], short.body.toString()]).toEqual([undefined, `[${long}`])
  const whole = await sent((response) => response.end(long))
  expect([whole['content-encoding'], gunzipSync(whole.body).toString()]).toEqual(['gzip', long])
})
