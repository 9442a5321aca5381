import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { exportLimits } from '#server/platform/rules/limits.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { handleExport } from './export.ts'
import { beginDownload } from './refusal.ts'

const pace = { stallSeconds: 1, longestSeconds: 4 }
const part = Buffer.alloc(64_000)

function* endless(): Generator<Buffer> {
  for (;;) yield part
}

async function* slowlyRead(): AsyncGenerator<Buffer> {
  yield part
  await pause(2 * pace.stallSeconds * 1000)
  yield part
}

const manager: Actor = {
  kind: 'staff',
  id: 'a-manager',
  name: 'Lê Thị Bưởi',
  grants: [{ role: 'manager', agencyId: 'city', agencyIds: ['city'], cityWide: true }],
}

type Write = (res: ServerResponse) => Promise<void> | void

/** A desk where every request comes from the same manager, and `write` writes every file. */
async function openDesk(write: Write) {
  const session = { id: 's', accountId: 'a-manager', actor: manager, lastSeenAt: new Date() }
  const context = { requestId: 'r', ip: null, session, now: () => new Date() } as unknown as RequestContext
  let underWay = 0
  const server: Server = createServer(async (req, res) => {
    underWay++
    await handleExport(
      req,
      res,
      context,
      'reports.read',
      async () => {
        beginDownload(res, { name: 'x.csv', type: 'text/csv' })
        await write(res)
      },
      pace,
    )
    underWay--
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const ask = () =>
    new Promise<IncomingMessage>((answered, failed) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      request({ port, method: 'POST', headers, agent: false }, answered).on('error', failed).end('format=csv')
    })
  return { ask, underWay: () => underWay }
}

test('a reader who stops reading loses the slot to the next one', async () => {
  const desk = await openDesk((res) => pipeline(endless, res))
  const readers = await Promise.all(Array.from({ length: exportLimits.perAccount }, desk.ask))
  for (const reader of readers) reader.on('error', () => undefined).pause()
  expect((await desk.ask()).statusCode).toBe(429)
  await expect.poll(desk.underWay, { timeout: 5000 }).toBe(0)
  expect((await desk.ask()).statusCode).toBe(200)
})

test('so does one who stops before the end of the data already written', async () => {
  const desk = await openDesk((res) => void res.end(Buffer.alloc(50_000_000)))
  const readers = await Promise.all(Array.from({ length: exportLimits.perAccount }, desk.ask))
  for (const reader of readers) reader.on('error', () => undefined).pause()
  expect((await desk.ask()).statusCode).toBe(429)
  await expect.poll(desk.underWay, { timeout: 5000 }).toBe(0)
  expect((await desk.ask()).statusCode).toBe(200)
})

test('a very slow reader is disconnected in the end', async () => {
  const desk = await openDesk((res) => pipeline(endless, res))
  const reader = await desk.ask()
  const drops = async () => {
    for await (const _ of reader) await pause(50)
  }
  await expect(drops()).rejects.toThrow('aborted')
  await expect.poll(desk.underWay).toBe(0)
})

test('a reader is not disconnected because the database is slow', async () => {
  const desk = await openDesk((res) => pipeline(slowlyRead, res))
  const reader = await desk.ask()
  let bytes = 0
  for await (const chunk of reader) bytes += (chunk as Buffer).length
  expect([reader.complete, bytes]).toEqual([true, 2 * part.length])
})
