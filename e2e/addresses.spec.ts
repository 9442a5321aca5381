import { expect, type Page } from '@playwright/test'
import { filterSamples } from '#db/factories/filters.ts'
import { accountFilters } from '#server/accounts/rules/filters.ts'
import { deskFilters } from '#server/bulletins/rules/desk-filters.ts'
import { lookFilters } from '#server/disclosures/rules/filters.ts'
import { eventFilters } from '#server/events/rules/filters.ts'
import { incidentFilters } from '#server/incidents/rules/filters.ts'
import { boardConditions } from '#server/insights/rules/filters.ts'
import { emptyOf, type Filters, writeFilters } from '#server/platform/rules/filters/filters.ts'
import { queueFilters } from '#server/reports/rules/queue-filters.ts'
import { test } from './fixtures.ts'
import { filled, see } from './routes.ts'
import { visit } from './visit.ts'

const unknown = '00000000-0000-4000-8000-000000000000'
/** A text without a word, and one of everything that an address or a statement could trip over. */
const naughty = ['...', `% ? 🚒 ' " \\ \u0301 '; drop table reports; --`]

/** One address for each text: with it all the filters that there are. */
const searching = (name: string, filters: readonly string[]) =>
  naughty.map((words, at) => [`${name}=${encodeURIComponent(words)}`, filters.at(at) ?? ''].join('&'))

const known = { categories: ['CG'], areas: [1], agencies: ['so-xay-dung'], incidents: [unknown] }

/** All filters of a list, each set to the first of its samples, and each to the last. */
const together = <F extends Filters>(filters: F, known: Parameters<typeof filterSamples>[1]): string[] => {
  const samples = Object.entries(filterSamples(filters, known)).filter(([name]) => filters[name]?.kind !== 'text')
  const ends = [0, -1].map((end) => Object.fromEntries(samples.map(([name, values]) => [name, values.at(end)])))
  return [...new Set(ends.map((values) => writeFilters(filters, { ...emptyOf(filters), ...values }).toString()))]
}

/** Each list with all of its filters. `server/trpc/lists.test.ts` runs the query of each alone. */
const lists = {
  '/reports?view=all': {
    username: 'dieuphoi',
    filters: searching(
      'q',
      together(queueFilters, { ...known, figures: ['none'] }).map(
        (filters, at) => `${filters}&${['sort=match', 'sort=code&dir=asc'][at]}`,
      ),
    ),
  },
  '/map?view=all': { username: 'dieuphoi', filters: searching('q', ['area=1', 'tag=x']) },
  '/bulletins?view=all': {
    username: 'bientap',
    filters: searching('q', together(deskFilters, known)),
  },
  '/incidents?kind=storm': { username: 'dieuphoi', filters: searching('q', together(incidentFilters, {})) },
  '/admin/accounts?state=all': {
    username: 'quantri',
    filters: searching('search', together(accountFilters, { agencies: ['so-xay-dung'] })),
  },
  '/admin/events?subjectKind=report': {
    username: 'kiemtra',
    filters: ['subject=%25', ...together(eventFilters, { events: ['report.'], agencies: ['so-xay-dung'] })],
  },
  '/admin/disclosures?to=2099-01-01': { username: 'kiemtra', filters: ['report=%25', ...together(lookFilters, {})] },
  '/insights?period=30d': {
    username: 'lanhdao.tp',
    filters: together(boardConditions, known),
  },
} as const

const listsByAccount = Map.groupBy(Object.entries(lists), ([, { username }]) => username)

for (const [username, those] of listsByAccount) {
  const names = those.map(([list]) => list).join(', ')
  test(`${names}: opens with all of its filters and any search text`, async ({ signedInAs }) => {
    test.slow()
    const page = await signedInAs(username)
    await visit(page, '/account')
    for (const [list, { filters }] of those) {
      for (const [at, filter] of filters.entries()) {
        await test.step(`${list}&${filter}`, async () => {
          const address = `${list}&${filter}`
          // The one with the text that a statement could trip over is opened as a shared link is.
          if (at === 1) await see(page, address)
          else await goTo(page, address)
          await expect(page.locator('main [role="alert"]')).toHaveCount(0)
        })
      }
    }
  })
}

/** Goes to an address as a link of the desk does, and waits until what it shows is there. */
async function goTo(page: Page, address: string): Promise<void> {
  const before = page.url()
  await page.evaluate(
    (to) => (window as unknown as { next: { router: { push(to: string): void } } }).next.router.push(to),
    address,
  )
  // The address changes with what is shown.
  await expect.poll(() => page.url()).not.toBe(before)
  await filled(page)
  await expect(page.locator('main [data-stale]')).toHaveCount(0)
}
