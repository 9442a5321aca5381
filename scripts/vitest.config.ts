import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '..')
/** Of the components, only the sender of the outbox uses a server. */
const pure = ['server/*/rules/**/*.test.ts', 'components/**/!(sender).test.ts', 'messages/**/*.test.ts']
const elsewhere = ['node_modules/**', '.next/**', 'e2e/**']

/** Pure tests need nothing and start at once; all others share one embedded PostgreSQL per run. */
export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [
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
      {
        root,
        test: {
          name: 'integration',
          include: ['**/*.test.ts'],
          exclude: [...pure, ...elsewhere],
          globalSetup: ['scripts/vitest-database.ts'],
          env: { LOG_LEVEL: 'silent' },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
