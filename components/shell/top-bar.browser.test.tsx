import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'
import { hoursAgo } from '#app/testing/times.ts'

const { buildIncident } = onServer<typeof import('#db/factories/incidents.ts')>('db/factories/incidents.ts')
const { calmDown } = onServer<typeof import('#app/testing/beside/incidents.ts')>('app/testing/beside/incidents.ts')

test('the bar names every storm in progress; on narrow screens the names shrink and the search does not', async () => {
  const unique = Date.now().toString(36)
  const names = [`Ngập lụt kéo dài lưu vực sông Bùi, sông Tích ${unique}`, `Bão số 3 và hoàn lưu sau bão ${unique}`]
  const ids: string[] = []
  for (const name of names) ids.push((await buildIncident({ name, stormMode: true, startsAt: hoursAgo(3) })).id)
  try {
    await signInAs('dieuphoi')
    await visit('/incidents')
    const bar = page.getByRole('banner')
    const search = bar.css('search')
    for (const [width, least] of [
      [1366, 280],
      [1280, 220],
      [1024, 220],
      [768, 220],
      [390, 110],
    ] as const) {
      await page.viewport(width, 800)
      const { width: room } = search.element().getBoundingClientRect()
      expect([width, room >= least]).toEqual([width, true])
      expect(bar.element().getBoundingClientRect().height).toBeLessThanOrEqual(57)
      // What a script measures again after the resize is drawn a frame later.
      const overhang = () => document.documentElement.scrollWidth - window.innerWidth
      await expect.poll(() => [width, overhang()]).toEqual([width, 0])
      if (width > 700)
        for (const name of names) await expect.element(bar.getByRole('link', { name, exact: false })).toBeVisible()
      else await expect.element(bar.getByRole('link', { name: names[1] as string, exact: false })).toBeVisible()
    }
  } finally {
    await calmDown(ids)
  }
})
