import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { componentTests } from './component-tests.ts'
import { hasPostgres17 } from './postgres-17.ts'
import { SlowFirst } from './slow-first.ts'

const root = join(import.meta.dirname, '..')
/** Of the components, only the sender of the outbox uses a server. */
const pure = [
  'server/*/rules/**/*.test.ts',
  'components/**/!(sender).test.ts',
  'messages/**/*.test.ts',
  'bench/simulations/*.test.ts',
]
const elsewhere = ['node_modules/**', '.next/**', 'e2e/**', '**/*.browser.test.tsx']

/** Each of these files has a process of its own, because what it sets or measures is of the whole process. */
const alone = [
  // Settings that the process reads once: the folder of photos, the file of streets, the sign-on of the city.
  'app/\\(public\\)/phan-anh/citizen-page.test.ts',
  'server/{http/planted,publication/photos}.test.ts',
  'server/areas/street-file.test.ts',
  'server/accounts/single-sign-on.test.ts',
  'server/http/fuzz.test.ts',
  // A worker that stops ends the rests of its process for good.
  'server/{jobs/worker,bulletins/scheduler}.test.ts',
  // Measures the memory of the process.
  'server/reports/export-http.test.ts',
]

/** Migrations, a report on its way and a board: these tests run on PostgreSQL 17 as well where it is installed. */
const essential = [
  'db/{baseline,migrate,uuidv7}.test.ts',
  'server/reports/commands/{receive-report,assign-report,send-answer,close-report,reopen-report}.test.ts',
  'server/insights/golden/golden.test.ts',
]
if (!hasPostgres17) console.log('PostgreSQL 17 is not installed (apt-get install postgresql-17): no tests on it.')

const onDatabase = {
  globalSetup: ['scripts/vitest-database.ts'],
  env: { LOG_LEVEL: 'silent' },
  testTimeout: 120_000,
  hookTimeout: 120_000,
}

const isShuffled = process.argv.some((argument) => argument.startsWith('--sequence.shuffle'))

/** Pure tests need nothing and start at once; all others share one embedded PostgreSQL per run. */
export default defineConfig({
  root,
  test: {
    // One more than the processors that a run has: a worker waits for the database a third of its time.
    maxWorkers: 3,
    ...(!isShuffled && { sequence: { sequencer: SlowFirst } }),
    // In the window of the tests of components, also how long they wait for an element.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      componentTests,
      // Pure tests leave no state for the next file, so they run without isolation and modules load once. The
      // time-out is long because these tests do not measure speed and a busy machine may be slow.
      {
        root,
        test: {
          name: 'pure',
          include: pure,
          exclude: elsewhere,
          isolate: false,
          testTimeout: 60_000,
        },
      },
      // What a process keeps of a database it keeps with its connections, and each file has a database of its own.
      {
        root,
        test: {
          name: 'integration',
          include: ['**/*.test.ts'],
          exclude: [...pure, ...alone, ...elsewhere],
          isolate: false,
          ...onDatabase,
        },
      },
      { root, test: { name: 'alone', include: alone, exclude: elsewhere, ...onDatabase } },
      ...(hasPostgres17
        ? [
            {
              root,
              test: {
                name: 'postgres-17',
                include: essential,
                isolate: false,
                ...onDatabase,
                globalSetup: ['scripts/vitest-postgres-17.ts'],
              },
            },
          ]
        : []),
    ],
  },
})
