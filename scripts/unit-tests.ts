import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { findChromium } from './browser.ts'
import type { Count } from './checks.ts'
import { readTimes } from './kept-times.ts'
import { root, run } from './run.ts'
import { step } from './step.ts'
import type { UnitTimes } from './times-reporter.ts'

type Result = { fullName: string; status: string }
type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; assertionResults: Result[] }[]
}

/**
 * Runs the unit and integration tests, or those in these files, and counts them; a file that could not be loaded counts
 * as one failure.
 */
export async function runUnitTests(files: readonly string[] = []): Promise<Count> {
  const browser = await step('Browser', findChromium)
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-desk-report-'))
  const file = join(folder, 'report.json')
  const times = join(folder, 'times.json')
  const reporters = ['default', 'json', './scripts/times-reporter.ts'].map((reporter) => `--reporter=${reporter}`)
  const args = ['run', '--config', 'scripts/vitest.config.ts', ...reporters, `--outputFile.json=${file}`, ...files]
  const env = {
    CHROMIUM_PATH: browser,
    UNIT_TIMES: times,
    CLONING_TIMES: join(folder, 'cloning.jsonl'),
    ...(files.length === 0 && { COMPONENTS_AHEAD: '1' }),
  }
  const { code } = await run('vitest', args, { env, show: true })
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    const failed = report.numFailedTests
    return {
      passed: report.numPassedTests,
      failed: code === 0 ? failed : Math.max(failed, 1),
      red: redOf(report),
      units: readTimes<UnitTimes>(times),
    }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The failed tests; for a file that could not be loaded, its name. */
function redOf({ testResults }: Report): string[] {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const file = relative(root, name)
      const failed = assertionResults.filter(({ status }) => status === 'failed')
      return failed.length > 0 ? failed.map(({ fullName }) => `${file} › ${fullName}`) : [file]
    })
}
