import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SetupError } from '#db/setup-error.ts'
import { allFaults } from './faults/all-faults.ts'
import { batchesOf } from './faults/batches.ts'
import { copyOfProject } from './faults/copy.ts'
import type { Fault } from './faults/fault.ts'
import { withFault } from './faults/matching.ts'
import {
  outcomeOf,
  patternOf,
  resultsOfPlaywright,
  resultsOfVitest,
  type TestResult,
  type VitestReport,
} from './faults/results.ts'
import { runCommand } from './run.ts'
import { runScript, step } from './step.ts'

/**
 * Applies each fault in a copy of the project and runs the test that must notice it; then runs the same tests without
 * a fault, because a test that fails anyway notices nothing.
 */
await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { alone: { type: 'boolean', default: false } },
  })
  const chosen = allFaults.filter(
    (fault) => positionals.length === 0 || positionals.some((part) => isNamed(fault, part)),
  )
  if (chosen.length === 0)
    throw new SetupError(`No fault has “${positionals.join('” or “')}” in its name, file or suite.`)
  const copy = await step('Copy of the project', copyOfProject)
  const journeys = chosen.filter(isJourney)
  const batches = [
    ...chosen.filter((fault) => !isJourney(fault)).map((fault) => [fault]),
    ...(values.alone ? journeys.map((fault) => [fault]) : batchesOf(journeys)),
  ]
  const caught = new Set<Fault>()
  for (const batch of batches) {
    const results = await withFaults(copy, batch, () => resultsOf(copy, batch))
    for (const fault of batch) {
      const { result, why } = outcomeOf(fault, results)
      if (result === 'failed') caught.add(fault)
      say(result === 'failed', fault, result === 'failed' ? `caught: ${why}` : `missed: its test ${result}`)
    }
  }
  await saySure(copy, caught)
  console.log(`${caught.size} caught, ${chosen.length - caught.size} missed`)
  return caught.size < chosen.length ? 1 : 0
})
process.exit()

function isNamed({ name, file, caughtBy }: Fault, part: string): boolean {
  return [name, file, caughtBy.suite].some((text) => text.toLowerCase().includes(part.toLowerCase()))
}

function isJourney({ caughtBy }: Fault): boolean {
  return caughtBy.suite === 'journey'
}

function say(good: boolean, { name, caughtBy }: Fault, text: string): void {
  console.log(`${good ? '✓' : '✗'} ${name} (${caughtBy.suite} ${caughtBy.file}) ${text}`)
}

/** Removes from the caught faults those whose test does not pass without them. */
async function saySure(copy: string, caught: Set<Fault>): Promise<void> {
  const faults = [...caught]
  const results = await step('The same tests without a fault', async () => [
    ...(await resultsOf(copy, faults.filter(isJourney))),
    ...(await resultsOf(
      copy,
      faults.filter((fault) => !isJourney(fault)),
    )),
  ])
  for (const fault of faults) {
    const { result, why } = outcomeOf(fault, results)
    if (result === 'passed') continue
    caught.delete(fault)
    say(false, fault, `missed: without the fault its test ${result}: ${why}`)
  }
}

/** Runs the work while these faults, of different files, are in the copy. */
async function withFaults<T>(copy: string, faults: readonly Fault[], work: () => Promise<T>): Promise<T> {
  const originals = faults.map(({ file }) => ({ path: join(copy, file), text: readFileSync(join(copy, file), 'utf8') }))
  try {
    for (const [at, fault] of faults.entries()) {
      const { path = '', text = '' } = originals[at] ?? {}
      writeFileSync(path, withFault(text, fault))
    }
    return await work()
  } finally {
    for (const { path, text } of originals) writeFileSync(path, text)
  }
}

/** Runs the tests that must notice these faults, all of which are journeys, or none. */
async function resultsOf(copy: string, faults: readonly Fault[]): Promise<TestResult[]> {
  const [first] = faults
  if (!first) return []
  const files = [...new Set(faults.map(({ caughtBy }) => caughtBy.file))]
  const titles = [...new Set(faults.map(({ caughtBy }) => patternOf(caughtBy)))].join('|')
  return isJourney(first) ? runPlaywright(copy, files, titles) : runVitest(copy, files, titles)
}

async function runVitest(copy: string, files: string[], titles: string): Promise<TestResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-desk-report-'))
  const report = join(folder, 'report.json')
  const vitest = realpathSync(join(copy, 'node_modules', '.bin', 'vitest'))
  const args = ['run', '--config', 'scripts/vitest.config.ts', '--reporter=json', `--outputFile=${report}`]
  try {
    const { output } = await runCommand(process.execPath, [vitest, ...args, ...files, '-t', titles], { cwd: copy })
    if (!existsSync(report)) throw new Error(`Vitest has not run:\n${output}`)
    return resultsOfVitest(JSON.parse(readFileSync(report, 'utf8')) as VitestReport, copy)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function runPlaywright(copy: string, files: string[], titles: string): Promise<TestResult[]> {
  const script = join(copy, 'scripts', 'test-e2e.ts')
  const args = [script, ...files, '-g', titles, '--retries=0']
  const { output } = await step('Journeys', (progress) =>
    runCommand(process.execPath, args, { cwd: copy, onLine: (line) => progress(line.slice(0, 60)) }),
  )
  if (!/^\d+ passed, \d+ failed$/m.test(output)) throw new Error(`The journeys did not run to their end:\n${output}`)
  return resultsOfPlaywright(output)
}
