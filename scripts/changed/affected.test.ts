import { expect, test } from 'vitest'
import { graphOf, reaching, standingFor, throughServer, withFrames } from './affected.ts'
import type { Sources } from './implied.ts'

/** A small desk: its files with what they import and say. */
const sources: Sources = new Map(
  Object.entries({
    'db/schema/index.ts': {
      imports: ['db/schema/drafts.ts', 'db/schema/areas.ts'],
      text: "export * from './drafts.ts'",
    },
    'db/schema/drafts.ts': { imports: [], text: "export const reportDrafts = pgTable('report_drafts', {})" },
    'db/schema/areas.ts': { imports: [], text: "export const areas = pgTable('areas', {})" },
    'db/migrate.ts': { imports: [], text: "const folder = 'migrations'" },
    'server/drafts/save.ts': { imports: ['db/schema/index.ts'], text: 'insert(reportDrafts)' },
    'server/drafts/save.test.ts': { imports: ['server/drafts/save.ts'], text: '' },
    'server/drafts/router.ts': { imports: ['server/drafts/save.ts'], text: 'export const draftsRouter = router({})' },
    'server/drafts/jobs.ts': { imports: [], text: '' },
    'server/areas/router.ts': { imports: ['db/schema/index.ts'], text: 'export const areasRouter = from(areas)' },
    'server/areas/http.ts': { imports: [], text: "const path = '/api/map/areas.geojson'" },
    'server/trpc/root.ts': {
      imports: ['server/drafts/router.ts', 'server/areas/router.ts'],
      text: 'router({\n  drafts: draftsRouter,\n  areas: areasRouter,\n})',
    },
    'server/trpc/root.test.ts': { imports: ['server/trpc/root.ts'], text: '' },
    'server/trpc/caller.ts': { imports: ['server/trpc/root.ts'], text: '' },
    'server/main.ts': { imports: ['server/trpc/root.ts', 'server/http.ts'], text: '' },
    'server/http.ts': { imports: [], text: '' },
    'messages/catalog.ts': { imports: ['messages/vi/index.ts'], text: '' },
    'messages/vi/index.ts': { imports: ['messages/vi/drafts.json', 'messages/vi/map.json'], text: '' },
    'messages/vi/drafts.json': { imports: [], text: '{}' },
    'messages/vi/map.json': { imports: [], text: '{}' },
    'messages/messages.test.ts': { imports: ['messages/catalog.ts'], text: '' },
    'components/drafts/MyDrafts.tsx': {
      imports: ['messages/catalog.ts', 'components/drafts/MyDrafts.module.css'],
      text: "useTranslations('drafts'); trpc.drafts.list.queryOptions()",
    },
    'components/drafts/MyDrafts.module.css': { imports: [], text: '' },
    'components/shell/Rail.tsx': { imports: [], text: '' },
    'app/(staff)/layout.tsx': { imports: ['components/shell/Rail.tsx'], text: '' },
    'app/(staff)/drafts/page.tsx': {
      imports: ['components/drafts/MyDrafts.tsx', 'server/trpc/caller.ts'],
      text: 'await enter()',
    },
    'app/(staff)/map/[[...at]]/page.tsx': {
      imports: ['server/trpc/caller.ts'],
      text: 'const { areas } = await caller(); areas.list()',
    },
    'e2e/drafts.spec.ts': { imports: ['e2e/routes.ts'], text: "visit(page, '/drafts?view=mine')" },
    'e2e/map.spec.ts': { imports: ['e2e/open-map.ts'], text: "request.get('/api/map/areas.geojson')" },
    'e2e/open-map.ts': { imports: [], text: `visit(page, \`/map/\${place}/near\`)` },
    'e2e/every-page.spec.ts': { imports: ['e2e/routes.ts'], text: 'for (const [account, address] of routes)' },
    'e2e/routes.ts': { imports: [], text: "const routes = [['a', '/drafts'], ['b', '/map']]" },
  }),
)
const graph = graphOf(sources)

const testsFor = (file: string): string[] =>
  [...reaching(graph, [file]).keys()].filter((one) => one.endsWith('.test.ts')).sort()
const journeysFor = (file: string, over = throughServer(graph)): string[] =>
  [...reaching(over, [file]).keys()].filter((one) => one.endsWith('.spec.ts')).sort()

test('a changed file reaches the tests that import it, over other files too', () => {
  expect(testsFor('server/drafts/save.ts')).toEqual(['server/drafts/save.test.ts', 'server/trpc/root.test.ts'])
  expect(reaching(graph, ['server/drafts/save.ts']).get('server/drafts/save.test.ts')).toBe(1)
})

test('of all tables only those count that a file names', () => {
  expect(testsFor('db/schema/drafts.ts')).toContain('server/drafts/save.test.ts')
  expect(testsFor('db/schema/areas.ts')).toEqual(['server/trpc/root.test.ts'])
})

test('a journey is reached over the pages whose addresses it names, and a page over the procedures that it calls', () => {
  expect(journeysFor('server/drafts/save.ts')).toEqual(['e2e/drafts.spec.ts', 'e2e/every-page.spec.ts'])
  expect(journeysFor('components/drafts/MyDrafts.module.css')).toEqual(['e2e/drafts.spec.ts', 'e2e/every-page.spec.ts'])
  expect(journeysFor('server/areas/router.ts')).toEqual(['e2e/every-page.spec.ts', 'e2e/map.spec.ts'])
})

test('what a domain does after a call, and an endpoint named by its address, reach journeys as well', () => {
  expect(journeysFor('server/drafts/jobs.ts')).toEqual(['e2e/drafts.spec.ts', 'e2e/every-page.spec.ts'])
  expect(journeysFor('server/areas/http.ts')).toContain('e2e/map.spec.ts')
})

test('texts reach what names their domain, and the tests that read all of them', () => {
  expect(journeysFor('messages/vi/drafts.json')).toEqual(['e2e/drafts.spec.ts', 'e2e/every-page.spec.ts'])
  expect(testsFor('messages/vi/map.json')).toEqual(['messages/messages.test.ts'])
})

test('the frame of the pages and the server itself reach every journey', () => {
  const all = [...sources.keys()].filter((file) => file.endsWith('.spec.ts')).sort()
  for (const file of ['components/shell/Rail.tsx', 'server/http.ts', 'server/trpc/root.ts']) {
    expect(journeysFor(file, withFrames(throughServer(graph)))).toEqual(all)
  }
  expect(journeysFor('components/shell/Rail.tsx')).toEqual([])
})

test('a migration stands for the tables that it names, another file without imports for those who name it', () => {
  const migration = standingFor('db/migrations/0004_drafts.sql', 'alter table report_drafts add kind text', sources)
  expect(migration).toEqual(['db/migrations/0004_drafts.sql', 'db/schema/drafts.ts'])
  const page: Sources = new Map([...sources, ['scripts/page.test.ts', { imports: [], text: "read('docs/limits.md')" }]])
  expect(standingFor('docs/limits.md', '', page)).toEqual(['docs/limits.md', 'scripts/page.test.ts'])
  expect(standingFor('server/main.ts', '', page)).toEqual(['server/main.ts'])
})
