import { inArray } from 'drizzle-orm'
import { buildIncident } from '#db/factories/incidents.ts'
import { incidents } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { hoursAgo } from './office.ts'
import { visit } from './visit.ts'

test('the bar names every storm in progress; on narrow screens the names shrink and the search does not', async ({
  signedInAs,
  db,
}) => {
  const unique = Date.now().toString(36)
  const names = [`Ngập lụt kéo dài lưu vực sông Bùi, sông Tích ${unique}`, `Bão số 3 và hoàn lưu sau bão ${unique}`]
  const ids: string[] = []
  for (const name of names) ids.push((await buildIncident(db, { name, stormMode: true, startsAt: hoursAgo(3) })).id)
  try {
    const page = await signedInAs('dieuphoi')
    await visit(page, '/incidents')
    const bar = page.getByRole('banner')
    const search = bar.getByRole('search')
    for (const [width, least] of [
      [1366, 280],
      [1280, 220],
      [1024, 220],
      [768, 220],
      [390, 110],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      const box = await search.boundingBox()
      expect([width, (box?.width ?? 0) >= least]).toEqual([width, true])
      expect((await bar.boundingBox())?.height).toBeLessThanOrEqual(57)
      // What a script measures again after the resize is drawn a frame later.
      const wide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      await expect.poll(async () => [width, await wide()]).toEqual([width, 0])
      if (width > 700) for (const name of names) await expect(bar.getByRole('link', { name })).toBeVisible()
      else await expect(bar.getByRole('link', { name: names[1] as string })).toBeVisible()
    }
  } finally {
    await db.update(incidents).set({ stormMode: false }).where(inArray(incidents.id, ids))
  }
})
