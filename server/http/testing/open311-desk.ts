import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { expect } from 'vitest'
import { test as databaseTest } from '#db/testing.ts'
import { open311Door } from '#server/open311/http.ts'
import { directoryStore } from '#server/platform/files.ts'
import { restDoor } from '#server/rest/http.ts'
import { createDeskServer } from '../desk-server.ts'

export type Answer = { status: number; headers: Headers; text: string; json: () => Row[] }
export type Row = Record<string, unknown>

/** The server of the desk with the endpoints for programs, and a client that, like `curl`, sends no origin. */
export const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const folder = mkdtempSync(join(tmpdir(), 'open311-'))
  // A test may make it slow or break it.
  const store = directoryStore(folder)
  const server = createDeskServer({
    files: (_request, _response, otherwise) => otherwise(),
    environment: { trustedProxies: ['127.0.0.1'], appUrl: undefined },
    doors: [],
    programDoors: [open311Door(() => store), restDoor(() => store)],
    pages: (_request, response) => response.writeHead(404).end('page'),
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const send = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`${origin}${path}`, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
  }
  const post = (key: string | null, fields: Record<string, string>, init: RequestInit = {}) =>
    send('/open311/v2/requests.json', {
      method: 'POST',
      body: new URLSearchParams(fields),
      ...init,
      headers: { ...(key && { 'x-api-key': key }), ...init.headers },
    })
  const get = (path: string, key?: string) =>
    send(`/open311/v2/${path}`, key ? { headers: { authorization: `Bearer ${key}` } } : undefined)
  return { origin, store, send, post, get }
})

const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false })

export const xmlIn = (text: string): Record<string, unknown> => parser.parse(text)
