import { defineConfig } from '@playwright/test'
import { chromiumArguments } from './chromium.ts'

/** Most of these wait for the jobs of a minute, with a page that rests. */
export const waiting = [
  'bulletins',
  'report-journey',
  'incident-desk',
  'duplicates',
  'take-back',
  'weekly',
  'night',
  'share',
  'deliveries',
]
const specs = waiting.map((name) => `**/${name}.spec.ts`)
/** In a part of the journeys those that wait would otherwise be what the others wait for. */
const isPart = process.argv.some((argument) => argument.includes('.spec.ts'))
const desktop = { viewport: { width: 1440, height: 900 } }

/**
 * `npm run test:e2e` builds the desk, serves it with a separate city and passes its address here. A spec runs on a
 * desktop; one named *.phone.spec.ts runs on a phone.
 */
export default defineConfig({
  testDir: '.',
  // Playwright empties it at each start: the times of the last whole run (scripts/kept-times.ts) stand beside it.
  outputDir: '../test-results/journeys',
  fullyParallel: true,
  // One more than the processors that a run has: it waits.
  workers: 3,
  // A machine that is busy may miss a time limit: a second try is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json'], ['./times-reporter.ts']],
  use: {
    baseURL: process.env.DESK_URL,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    // Recording a trace of every test costs a tenth of its time: where there is a second try, only that one is
    // recorded.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: chromiumArguments,
    },
  },
  projects: [
    { name: 'waiting', workers: isPart ? 2 : 1, testMatch: specs, use: desktop },
    {
      name: 'phone',
      workers: 1,
      testMatch: '**/*.phone.spec.ts',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
    // Last, because only these run two at a time: none of the workers is without one for long.
    { name: 'desktop', workers: 2, testIgnore: ['**/*.phone.spec.ts', ...specs], use: desktop },
  ],
})
