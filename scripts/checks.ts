import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JourneyTimes } from '#e2e/times-reporter.ts'
import { allFaults } from './faults/all-faults.ts'
import { obstaclesOf } from './faults/matching.ts'
import { type Finished, type Run, root, run as runAlone, runAside } from './run.ts'
import { step } from './step.ts'
import type { UnitTimes } from './times-reporter.ts'

/**
 * The result of a suite; `red` names what failed, as in the output of the suite. `floorPage`: milliseconds of the queue
 * page of the floor, where it was measured. `units` and `journeys`: what took how long.
 */
export type Count = {
  passed: number
  failed: number
  red?: string[]
  floorPage?: number | undefined
  units?: UnitTimes | undefined
  journeys?: JourneyTimes[] | undefined
}

/** It runs its programs with what it is given: alone, or at a low priority beside the tests. */
type Check = { name: string; work: (run: Run) => Promise<Finished> }

/** The minimum number of parsed modules: far fewer mean that the parser is broken, not that the code is clean. */
const leastModules = 500
const folders = ['app', 'components', 'db', 'messages', 'server', 'scripts', 'e2e']

const biome = ['check', '--error-on-warnings', '--no-errors-on-unmatched']

/** In parallel: the compiler leaves capacity for the others, which use one thread each and run one after another. */
const all: Check[][] = [
  [{ name: 'types', work: types }],
  [
    { name: 'lint', work: (run) => run('biome', [...biome, '.']) },
    { name: 'import rules', work: importRules },
    { name: 'nothing unused', work: (run) => run('knip', ['--config', 'scripts/knip.json', '--no-progress']) },
    { name: 'faults', work: faultsStillMatch },
  ],
]

/** A change of one file can break the types of any other, so the compiler reads all. */
const ofChanged = (files: readonly string[]): Check[][] => [
  [{ name: 'types', work: types }],
  [{ name: 'lint', work: (run) => run('biome', [...biome, ...files]) }],
]

type ChecksOptions = { changed?: readonly string[]; aside?: boolean }

/** Runs every check, or types and lint of the changed files; shows the output of failing ones, and counts them. */
export async function runChecks({ changed, aside = false }: ChecksOptions = {}): Promise<Count> {
  const count = { passed: 0, failed: 0, red: [] as string[] }
  const runLane = async (checks: Check[]) => {
    for (const { name, work } of checks) {
      const ok = await passes(name, work, aside)
      count[ok ? 'passed' : 'failed']++
      if (!ok) count.red.push(name)
    }
  }
  await Promise.all((changed ? ofChanged(changed) : all).map(runLane))
  return count
}

/** Shows the step with its result, `aside` only that; the output of a failed step follows. */
export async function passes(name: string, work: Check['work'], aside: boolean): Promise<boolean> {
  let output = ''
  try {
    await step(
      name,
      async () => {
        const finished = await work(aside ? runAside : runAlone)
        output = finished.output
        if (finished.code !== 0) throw new Error(name)
      },
      { onlyItsEnd: aside },
    )
    return true
  } catch (error) {
    process.stdout.write(`${output.trimEnd() || (error instanceof Error ? error.stack : error)}\n`)
    return false
  }
}

/** Next writes the types of its routes before the compiler reads them. */
async function types(run: Run) {
  const routes = await run('next', ['typegen'])
  return routes.code === 0 ? run('tsc', ['--noEmit', '--project', '.']) : routes
}

async function importRules(run: Run) {
  const cruise = await run('depcruise', ['--config', 'server/import-rules.cjs', ...folders])
  const modules = Number(/(\d+) modules/.exec(cruise.output)?.[1] ?? 0)
  if (modules >= leastModules) return cruise
  return { code: 1, output: `${cruise.output}\nOnly ${modules} modules were seen, fewer than ${leastModules}.` }
}

/** Each deliberate fault can still be applied, and its test exists: `npm run test:faults` takes too long to say so. */
async function faultsStillMatch() {
  const obstacles = obstaclesOf(allFaults, (file) => {
    const path = join(root, file)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  })
  return { code: obstacles.length > 0 ? 1 : 0, output: obstacles.join('\n') }
}
