import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '..')
/** Of the components, only what sends from the outbox speaks to a server. */
const pure = ['server/*/rules/**/*.test.ts', 'components/**/!(sender).test.ts', 'messages/**/*.test.ts']
const elsewhere = ['node_modules/**', '.next/**', 'e2e/**']

/** What is pure needs nothing and starts at once; everything else shares one embedded PostgreSQL per run. */
export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [
      // Pure as they are, they leave nothing behind that the next file could find: it need not start and read
      // everything anew. On a busy machine five seconds pass quickly, and none of them is judged by its speed.
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
