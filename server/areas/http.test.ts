import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { test } from '#db/testing.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { areaNamesPath, areasPath, handleMap, mapSettingsPath, schematicPath } from './http.ts'

test('the base map is compressed, and sent again only when it has changed', async ({ db, onTestFinished }) => {
  await buildArea(db, { name: 'Phường Cửa Nam', shortName: 'Cửa Nam' })
  const context = { db, now: () => new Date('2026-03-02T03:00:00Z') } as RequestContext
  const server = createServer((req, res) => {
    void handleMap(req, res, context).then((taken) => taken || res.writeHead(404).end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const map = await fetch(home + areasPath, { headers: { 'accept-encoding': 'br' } })
  expect(map.headers.get('content-encoding')).toBe('br')
  expect(await map.json()).toMatchObject({ features: [{ properties: { name: 'Phường Cửa Nam' } }] })
  const again = await fetch(home + areasPath, { headers: { 'if-none-match': map.headers.get('etag') as string } })
  expect(again.status).toBe(304)
  const names = await (await fetch(home + areaNamesPath)).json()
  expect(names).toMatchObject({ features: [{ properties: { name: 'Cửa Nam' }, geometry: { type: 'Point' } }] })
  const drawing = (await (await fetch(home + schematicPath)).json()) as { features: { properties: { name: string } }[] }
  expect(drawing.features.map(({ properties }) => properties.name)).toContain('Sông Hồng')
  expect(await (await fetch(home + mapSettingsPath)).json()).toEqual({ styleUrl: null, streetsUrl: null })
  expect((await fetch(home + areasPath, { method: 'POST' })).status).toBe(404)
})
