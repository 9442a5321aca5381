import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uploadLimits } from '#server/platform/rules/limits.ts'
import { refusePhoto, withPhoto } from './photos.ts'

const pace = { stallSeconds: 0.3, longestSeconds: 1 }
let server: Server
let port = 0

beforeAll(async () => {
  server = createServer((req, res) => {
    withPhoto(req, req.headers.from ?? null, async (bytes) => bytes.length, pace).then(
      (length) => res.end(String(length)),
      (error) => refusePhoto(res, error, { requestId: 'r' } as never),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.closeAllConnections())

/** Sends a byte every `everyMillis` milliseconds and never ends; returns how the server aborts it. */
function drip(everyMillis: number, from = 'a'): Promise<{ status: number; code: string }> {
  return new Promise((settle, fail) => {
    const headers = { from, 'content-length': 1000 }
    const sent = request({ port, host: '127.0.0.1', method: 'POST', headers }, async (answer) => {
      clearInterval(drops)
      let told = ''
      for await (const part of answer) told += part
      settle({ status: answer.statusCode ?? 0, code: JSON.parse(told).code })
    })
    sent.on('error', fail)
    sent.write('x')
    const drops = setInterval(() => sent.write('x'), everyMillis)
  })
}

test('a sender who stops or is very slow is aborted, and others get the slot', async () => {
  const stalled = { status: 408, code: 'upload_stalled' }
  const slow = ['a', 'b', 'c'].flatMap((from) =>
    Array.from({ length: uploadLimits.underWayPerAccount }, (_, i) => drip(i % 2 ? 100 : 10_000, from)),
  )
  const answers = await Promise.all(slow)
  expect(answers.filter(({ code }) => code === 'upload_stalled')).toEqual(answers.map(() => stalled))
  const whole = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers: { from: 'a' }, body: 'a photo' })
  expect(await whole.text()).toBe('7')
})
