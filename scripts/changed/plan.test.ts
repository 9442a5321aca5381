import { expect, test } from 'vitest'
import { fixedJourneys, fixedTests } from '../fixed-tests.ts'
import type { Sources } from './implied.ts'
import { planFor } from './plan.ts'

const source = (imports: string[], text = '') => ({ imports, text })
const tests = Array.from({ length: 8 }, (_, at) => `server/domain-${at}/rule.test.ts`)
const [journey] = fixedJourneys
if (!journey) throw new Error('There are no fixed journeys')

/** Each test reads a rule of its own domain; all but one read the platform. */
const sources: Sources = new Map([
  ['server/platform/errors.ts', source([])],
  ['app/drafts/page.tsx', source(['server/platform/errors.ts'])],
  [
    journey.file,
    source([], `visit('/drafts')\n\ntest('${journey.title}', async () => {\ntest('another', async () => {`),
  ],
  ...tests.flatMap((file, at): [string, ReturnType<typeof source>][] => [
    [file, source([file.replace('.test', '')])],
    [file.replace('.test', ''), source(at === 0 ? [] : ['server/platform/errors.ts'])],
  ]),
])

const planOf = (...changed: string[]) => planFor({ changed, textOf: () => '', sources, known: new Map() })

test('the tests of what has changed are run beside the fixed ones', () => {
  expect(planOf('server/domain-0/rule.ts')).toEqual({
    kind: 'part',
    tests: { run: [...fixedTests, 'server/domain-0/rule.test.ts'], left: [] },
    journeys: { run: [`${journey.file}:3`], left: [] },
    affected: { tests: 1, journeys: 0 },
  })
})

test('a changed page adds its journeys, each once', () => {
  const plan = planOf('app/drafts/page.tsx')
  expect(plan).toMatchObject({ journeys: { run: [`${journey.file}:3`, `${journey.file}:4`], left: [] } })
})

test('a change that reaches half of the tests and nearly every journey affects everything', () => {
  expect(planOf('server/platform/errors.ts')).toEqual({
    kind: 'everything',
    why: 'server/platform/errors.ts (7 of 8 test files, 1 of 1 of journeys)',
  })
})

test.each(['package.json', 'db/client.ts', 'scripts/vitest.config.ts', 'e2e/fixtures.ts'])(
  '%s is the ground of everything',
  (file) => {
    expect(planOf('server/domain-0/rule.ts', file)).toEqual({ kind: 'everything', why: file })
  },
)
