import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from '#db/client.ts'
import { test as databaseTest } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { answerMethod } from '#server/endpoints/open-methods.ts'
import { handleFeeds } from '../feeds.ts'
import { handleBulletinPages } from '../pages.ts'

export const onDay = (time: string): Date => hanoi(`2026-03-02 ${time}`)

/**
 * The public HTTP handlers under a clock that the test sets, with the statements they send. The pages behind them are
 * empty.
 */
export const test = databaseTest.extend('desk', async ({ databaseUrl }, { onCleanup }) => {
  const statements: string[] = []
  const { db, close } = connect(databaseUrl, { max: 1, record: (text) => statements.push(text) })
  const clock = { now: onDay('09:00') }
  const server = createServer(async (request, response) => {
    const visit = { db, now: () => clock.now, home: String(request.headers['x-home'] ?? origin), isShared: true }
    if (answerMethod(request, response)) return
    for (const door of [handleFeeds, handleBulletinPages]) if (await door(request, response, visit)) return
    response.end('page')
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(async () => {
    server.closeAllConnections()
    server.close()
    await close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, origin), { redirect: 'manual', headers: { 'accept-encoding': 'identity' }, ...init })
  const textOf = async (path: string) => (await ask(path)).text()
  let homes = 0
  /** As a process without a cached copy would answer: under a host name that was not used before. */
  const askAnew = async (path: string) => {
    const home = `http://desk-${homes++}.example`
    const answer = await ask(path, { headers: { 'x-home': home } })
    return { status: answer.status, text: (await answer.text()).replaceAll(home, origin) }
  }
  return { clock, origin, statements, ask, askAnew, textOf }
})
