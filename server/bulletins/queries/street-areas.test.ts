import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildArea } from '#db/factories/areas.ts'
import { buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { buildPlace } from '#db/factories/places.ts'
import { places } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import type { StreetLine } from '#server/places/rules/place.ts'
import { checkSaved } from './check.ts'
import { areasOfStreets } from './street-areas.ts'

test('the streets that a text names propose every commune they run through', async ({ db }) => {
  const now = () => hanoi('2026-03-02 08:00')
  const west = await buildArea(db, { name: 'Phường Tây Phố', lon: 105.8, lat: 21.2 })
  const east = await buildArea(db, { name: 'Phường Đông Phố', lon: 105.82, lat: 21.2 })
  await buildPlace(db, 'Phố Hoa Lâm', { lon: 105.8, lat: 21.2 })
  await buildPlace(db, 'Phố Hoa Lâm Thượng', { lon: 105.82, lat: 21.2 })
  const areasOf = (text: string) => areasOfStreets({ db, now }, text)
  expect(await areasOf('Ngập sâu phố Hoa Lâm')).toEqual([west.id])
  expect(await areasOf('Ngập sâu phố Hoa Lâm Thượng')).toEqual([east.id])
  expect(await areasOf('Ngập sâu ở làng Hoa Lâm')).toEqual([])
  const lines: StreetLine[] = [
    [
      [105.8, 21.2],
      [105.825, 21.2],
    ],
  ]
  // So the check of a text for the whole city that names nothing but the street says whose it is.
  const { id } = await buildBulletin(db, { content: contentOf('Ngập sâu phố Hoa Lâm') })
  expect(await checkSaved({ db, now }, { id, at: null })).toMatchObject([
    { code: 'area_wider_than_text', level: 'warning', words: 'Phường Tây Phố' },
  ])
  await db.update(places).set({ lines }).where(eq(places.key, 'hoa lam'))
  expect(await areasOf('Cấm đường Hoa Lâm từ 20 giờ')).toEqual([west.id, east.id].sort((a, b) => a - b))
})
