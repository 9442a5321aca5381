import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { builtFiles } from './built-files.ts'

const script = 'console.log("xin chào")\n'.repeat(200)

async function serve() {
  const root = mkdtempSync(join(tmpdir(), 'ihanoi-built-'))
  mkdirSync(join(root, '.next/static/chunks'), { recursive: true })
  writeFileSync(join(root, '.next/static/chunks/a.js'), script)
  writeFileSync(join(root, '.next/static/chunks/a.js.br'), brotliCompressSync(script))
  const files = builtFiles(root)
  const server = createServer((request, response) =>
    files(request, response, () => response.end(`page ${request.url}`)),
  )
  await new Promise<void>((open) => server.listen(0, open))
  onTestFinished(() => void server.close())
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

function fetched(url: string, encoding: string): Promise<{ headers: IncomingMessage['headers']; body: Buffer }> {
  return new Promise((settle, fail) => {
    get(url, { headers: { 'accept-encoding': encoding } }, async (response) => {
      const parts: Buffer[] = []
      for await (const part of response) parts.push(part as Buffer)
      settle({ headers: response.headers, body: Buffer.concat(parts) })
    }).on('error', fail)
  })
}

test('a browser that accepts brotli gets the compressed script, immutably cacheable', async () => {
  const { headers, body } = await fetched(`${await serve()}/_next/static/chunks/a.js`, 'gzip, br')
  expect(headers['content-encoding']).toBe('br')
  expect(headers['cache-control']).toContain('immutable')
  expect(brotliDecompressSync(body).toString()).toBe(script)
})

test('one that does not gets the uncompressed script', async () => {
  const { headers, body } = await fetched(`${await serve()}/_next/static/chunks/a.js`, 'identity')
  expect(headers['content-encoding']).toBeUndefined()
  expect(body.toString()).toBe(script)
})

test('files that were not built, or are outside the folder, are passed to the pages with their address', async () => {
  const url = await serve()
  for (const path of ['/reports', '/_next/static/chunks/b.js', '/_next/static/..%2f..%2fpackage.json']) {
    expect((await fetched(url + path, 'br')).body.toString()).toBe(`page ${path}`)
  }
})
