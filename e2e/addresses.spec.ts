import { expect } from '@playwright/test'
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
import { see } from './routes.ts'

const unknown = '00000000-0000-4000-8000-000000000000'
const naughty = ['...', '%', '?', '🚒', "'", '"', '\\', '\u0301', "'; drop table reports; --"]
const searchText = (name: string) => naughty.map((words) => `${name}=${encodeURIComponent(words)}`)

const known = { categories: ['CG'], areas: [1], agencies: ['so-xay-dung'], incidents: [unknown] }

/** Each filter of a list, set to the first of its samples and to the last. */
const onceEach = <F extends Filters>(filters: F, known: Parameters<typeof filterSamples>[1]): string[] =>
  Object.entries(filterSamples(filters, known)).flatMap(([name, samples]) => {
    const ends = filters[name]?.kind === 'text' ? [] : [samples[0], samples.at(-1)]
    return [...new Set(ends.map((value) => writeFilters(filters, { ...emptyOf(filters), [name]: value }).toString()))]
  })

/** Each list with each of its filters, as in a shared link. `server/trpc/lists.test.ts` runs all their queries. */
const lists = {
  '/reports?view=all': {
    username: 'dieuphoi',
    filters: [
      ...searchText('q'),
      ...onceEach(queueFilters, { ...known, figures: ['none'] }),
      ...['sort=match', 'sort=code&dir=asc'],
    ],
  },
  '/map?view=all': { username: 'dieuphoi', filters: [...searchText('q').slice(0, 4), 'area=1', 'tag=x'] },
  '/bulletins?view=all': {
    username: 'bientap',
    filters: [...searchText('q'), ...onceEach(deskFilters, known)],
  },
  '/incidents?kind=storm': { username: 'dieuphoi', filters: [...searchText('q'), ...onceEach(incidentFilters, {})] },
  '/admin/accounts?state=all': {
    username: 'quantri',
    filters: [...searchText('search').slice(0, 4), ...onceEach(accountFilters, { agencies: ['so-xay-dung'] })],
  },
  '/admin/events?subjectKind=report': {
    username: 'kiemtra',
    filters: ['subject=%25', ...onceEach(eventFilters, { events: ['report.'], agencies: ['so-xay-dung'] })],
  },
  '/admin/disclosures?to=2099-01-01': { username: 'kiemtra', filters: ['report=%25', ...onceEach(lookFilters, {})] },
  '/insights?period=30d': {
    username: 'lanhdao.tp',
    filters: onceEach(boardConditions, known),
  },
} as const

for (const [list, { username, filters }] of Object.entries(lists)) {
  test(`${list} opens with each of its filters and any search text`, async ({ signedInAs }) => {
    test.slow()
    const page = await signedInAs(username)
    for (const filter of filters) {
      await test.step(filter, async () => {
        await see(page, `${list}&${filter}`)
        await expect(page.locator('main [role="alert"]')).toHaveCount(0)
      })
    }
  })
}
