import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PMTiles } from 'pmtiles'
import { expect, test } from 'vitest'
import { buildStreetTiles } from '#db/factories/street-tiles.ts'
import { handleStreets, streetsPath, streetsUrl } from './street-file.ts'

const path = join(tmpdir(), `streets-${process.pid}.pmtiles`)
process.env.MAP_PMTILES = path

const street = {
  layer: 'transportation',
  kind: 'line' as const,
  places: [
    [105.8, 21],
    [105.9, 21.05],
  ] as const,
  properties: { class: 'primary' },
}

test('the file is served in parts, and another one under another address', async ({ onTestFinished }) => {
  const server = createServer((req, res) => {
    void handleStreets(req, res).then((taken) => taken || res.writeHead(400).end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.close()
    rmSync(path, { force: true })
  })
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const read = (headers: Record<string, string>, method = 'GET') => fetch(home + streetsPath, { headers, method })

  expect(await streetsUrl()).toBeNull()
  expect((await read({ range: 'bytes=0-9' })).status).toBe(404)
  writeFileSync(path, 'not a map')
  expect(await streetsUrl()).toBeNull()
  expect((await read({ range: 'bytes=0-9' })).status).toBe(404)

  const file = buildStreetTiles([street])
  writeFileSync(path, file)
  const url = await streetsUrl()
  expect(url).toContain(streetsPath)
  const part = await read({ range: 'bytes=7-20' })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes 7-20/${file.length}`)
  expect(Buffer.from(await part.arrayBuffer())).toEqual(file.subarray(7, 21))
  const tag = part.headers.get('etag') as string
  expect((await read({ range: 'bytes=7-20', 'if-none-match': tag })).status).toBe(304)
  expect((await read({ range: 'bytes=7-20', 'if-range': '"another"' })).status).toBe(416)
  expect((await read({})).status).toBe(416)
  expect((await read({ range: 'bytes=0-5000000' })).status).toBe(206)
  expect((await read({}, 'HEAD')).headers.get('content-length')).toBe(String(file.length))
  expect((await read({}, 'POST')).status).toBe(400)

  const archive = new PMTiles(home + url)
  expect(await archive.getHeader()).toMatchObject({ tileType: 1, maxZoom: 8 })
  expect((await archive.getZxy(8, 203, 112))?.data.byteLength).toBeGreaterThan(20)
  expect(await archive.getZxy(8, 204, 112)).toBeUndefined()

  writeFileSync(path, buildStreetTiles([street, { ...street, properties: { class: 'minor' } }]))
  expect(await streetsUrl()).not.toBe(url)
})
