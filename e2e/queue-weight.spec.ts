import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'

/** The limits of the list screen: compressed bytes of script, as transferred, and requests for it. */
const readyBytes = 300_000
/** With what is opened and fetched while idle (docs/decisions/0031-one-kit.md, Weights). */
const openedBytes = 430_000
const openedRequests = 45

test.use({ viewport: { width: 1366, height: 768 } })

type Script = { bytes: number; isBeforeReady: boolean }

/** The scripts that the page has fetched, without those of the map: its library, known by its name for itself. */
const scriptsOf = (page: Page): Promise<Script[]> =>
  page.evaluate(async () => {
    const isOfMap = async ({ name, decodedBodySize }: PerformanceResourceTiming) =>
      decodedBodySize > 400_000 && (await (await fetch(name)).text()).includes('maplibregl')
    const [ready] = performance.getEntriesByName('ready')
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const scripts = resources.filter(
      ({ name, initiatorType }) => initiatorType !== 'fetch' && /\.m?js$/.test(new URL(name).pathname),
    )
    const areOfMap = await Promise.all(scripts.map(isOfMap))
    return scripts
      .filter((_, i) => !areOfMap[i])
      .map(({ encodedBodySize, startTime }) => ({
        bytes: encodedBodySize,
        isBeforeReady: startTime < (ready?.startTime ?? 0),
      }))
  })

const sum = (scripts: readonly Script[]) => scripts.reduce((total, { bytes }) => total + bytes, 0)

/** Waits until the page has fetched everything that it fetches by itself. */
async function rest(page: Page): Promise<void> {
  let before = -1
  await expect(async () => {
    const now = (await scriptsOf(page)).length
    const last = before
    before = now
    expect(now).toBe(last)
  }).toPass({ intervals: [4000] })
}

test('a browser without a cache loads little script before the queue responds to keys, and little more for the first dialog and report', async ({
  db,
  signedInAs,
}) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office, { title: 'Ổ gà trước chợ Hôm' })
  const page = await signedInAs(office.officer.username)
  await page.addInitScript(() => {
    performance.setResourceTimingBufferSize(1000)
    const watch = new MutationObserver(() => {
      if (!document.querySelector('tr[data-focused]')) return
      performance.mark('ready')
      watch.disconnect()
    })
    watch.observe(document, { subtree: true, childList: true, attributes: true })
  })
  await page.goto('/reports?view=open')
  await page.keyboard.press('j')
  await expect(page.locator('tr[data-focused]')).toBeVisible()
  await rest(page)
  await page.keyboard.press('a')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Ổ gà trước chợ Hôm' })).toBeVisible()
  await rest(page)

  const scripts = await scriptsOf(page)
  const ready = scripts.filter(({ isBeforeReady }) => isBeforeReady)
  console.log(`ready for keys: ${sum(ready)} B; opened: ${sum(scripts)} B in ${scripts.length} requests`)
  expect(sum(ready)).toBeGreaterThan(50_000)
  expect(sum(ready)).toBeLessThanOrEqual(readyBytes)
  expect(sum(scripts)).toBeGreaterThan(sum(ready))
  expect(sum(scripts)).toBeLessThanOrEqual(openedBytes)
  expect(scripts.length).toBeLessThanOrEqual(openedRequests)
})
