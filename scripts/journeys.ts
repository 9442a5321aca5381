import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '#db/setup-error.ts'
import type { JourneyTimes } from '#e2e/times-reporter.ts'
import { findChromium } from './browser.ts'
import type { Count } from './checks.ts'
import { startCitySignIn } from './city-sign-in.ts'
import { anyFreePort, startDesk } from './desk-server.ts'
import { journeyFiles, openJourneyCity } from './journey-city.ts'
import { readTimes } from './kept-times.ts'
import { buildIfChanged } from './production.ts'
import { run } from './run.ts'
import { step } from './step.ts'

type Options = {
  /** Measure the speed of the machine afterwards, in the same city. */
  measures?: boolean
  /** Told what begins now. */
  begins?: (part: string) => void
}

/** Runs the journeys in a real browser against the built desk with a separate city. */
export async function runJourneys(args: string[], { measures = false, begins }: Options = {}): Promise<Count> {
  begins?.('Browser')
  const browser = await step('Browser', findChromium)
  await step('Build', (progress) => buildIfChanged(progress))
  process.env.FILES_DIR = journeyFiles
  begins?.('City for the journeys')
  const city = await step('City for the journeys', openJourneyCity)
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-desk-journeys-'))
  const report = join(folder, 'report.json')
  const times = join(folder, 'times.json')
  const citySignIn = await startCitySignIn()
  const shared = {
    DATABASE_URL: city.url,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    // The journey that receives mail listens on this port.
    SMTP_URL: `smtp://127.0.0.1:${await anyFreePort()}`,
  }
  // The receivers of the end-to-end tests listen on this machine.
  const outbound = { OUTBOUND_INTERNAL: '127.0.0.1' }
  // A journey installs the file; until then there is none.
  const streets = { MAP_PMTILES: join(folder, 'streets.pmtiles') }
  const security = { SECURITY_CONTACT: 'baomat@example.com' }
  const mail = { MAIL_FROM: 'desk@example.com', MAIL_DOMAINS: 'example.com' }
  try {
    const port = await anyFreePort()
    const env = {
      ...shared,
      ...mail,
      ...outbound,
      ...security,
      ...streets,
      ...citySignIn.environment,
      NODE_ENV: 'production',
      DEMO: '1',
    }
    const log = join(folder, 'server.log')
    begins?.('Journeys in the browser')
    const desk = await step('Server', () => startDesk({ port, env, log }))
    let count: Count
    try {
      const forPlaywright = {
        ...shared,
        ...streets,
        DESK_URL: desk.url,
        DESK_LOG: log,
        CHROMIUM_PATH: browser,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        JOURNEY_TIMES: times,
      }
      const playwrightArgs = ['test', '--config', 'e2e/playwright.config.ts', ...args]
      const { code } = await run('playwright', playwrightArgs, { env: forPlaywright, show: true })
      count = { ...countOf(report, code), journeys: readTimes<JourneyTimes[]>(times) }
    } finally {
      await desk.stop()
    }
    if (!measures) return count
    begins?.('Speed of the machine')
    return { ...count, floorPage: await floorPage(shared) }
  } finally {
    await citySignIn.close()
    await city.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Undefined where it could not be measured: that is no failure of a journey. */
async function floorPage(env: Record<string, string>): Promise<number | undefined> {
  const { output } = await step('Speed of the machine', () => run('bench/floor-page.ts', [], { env }))
  const found = Number.parseFloat(output.trim().split('\n').at(-1) ?? '')
  return found > 0 ? found : undefined
}

type Journey = { title: string; file: string; line: number; ok: boolean }
type Suite = { suites?: Suite[]; specs: Journey[] }
type Report = { stats: Record<string, number>; suites: Suite[] }

function countOf(file: string, code: number): Count {
  try {
    const { stats, suites } = JSON.parse(readFileSync(file, 'utf8')) as Report
    const failed = stats.unexpected ?? 0
    const red = suites.flatMap(journeysOf).filter(({ ok }) => !ok)
    return {
      passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
      failed: code === 0 ? failed : Math.max(failed, 1),
      red: red.map(({ file, line, title }) => `e2e/${file}:${line} › ${title}`),
    }
  } catch (error) {
    throw new SetupError('The journeys did not run to their end: what Playwright said stands above.', error)
  }
}

const journeysOf = ({ suites = [], specs }: Suite): Journey[] => [...specs, ...suites.flatMap(journeysOf)]
