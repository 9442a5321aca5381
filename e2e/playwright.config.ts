import { defineConfig } from '@playwright/test'
import { chromiumArguments } from './chromium.ts'

/**
 * `npm run test:e2e` builds the desk, serves it with a separate city and passes its address here. A spec runs on a
 * desktop; one named *.phone.spec.ts runs on a phone.
 */
export default defineConfig({
  testDir: '.',
  // Playwright empties it at each start: the times of the last whole run (scripts/kept-times.ts) stand beside it.
  outputDir: '../test-results/journeys',
  fullyParallel: true,
  workers: 2,
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
    { name: 'desktop', testIgnore: '**/*.phone.spec.ts', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testMatch: '**/*.phone.spec.ts',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
  ],
})
