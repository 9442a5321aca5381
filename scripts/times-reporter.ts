import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import type { CloningTime } from '#db/testing.ts'
import { root } from './run.ts'

/** Seconds of one test file: of all, and of preparing (set-up files and Vitest's own), imports and cloning. */
export type FileTimes = {
  file: string
  project: string
  seconds: number
  preparing: number
  imports: number
  cloning: number
}

/** Of a run: its files, and the seconds that starting the workers took in all. */
export type UnitTimes = { startUp: number; files: FileTimes[] }

/** Vitest's reporter that writes the times of the test files, as JSON, to the file that UNIT_TIMES names. */
export default class TimesReporter implements Reporter {
  private vitest: Vitest | undefined
  private readonly files: FileTimes[] = []

  onInit(vitest: Vitest): void {
    this.vitest = vitest
  }

  onTestModuleEnd(module: TestModule): void {
    const { prepareDuration, setupDuration, collectDuration, duration } = module.diagnostic()
    this.files.push({
      file: relative(root, module.moduleId),
      project: module.project.name,
      seconds: (prepareDuration + setupDuration + collectDuration + duration) / 1000,
      preparing: (prepareDuration + setupDuration) / 1000,
      imports: collectDuration / 1000,
      cloning: 0,
    })
  }

  onTestRunEnd(): void {
    for (const { file, seconds } of cloningTimes()) {
      const times = this.files.find((one) => one.file === relative(root, file))
      if (times) times.cloning += seconds
    }
    const times: UnitTimes = { startUp: (this.vitest?.state.startupTime ?? 0) / 1000, files: this.files }
    if (process.env.UNIT_TIMES) writeFileSync(process.env.UNIT_TIMES, JSON.stringify(times))
  }
}

function cloningTimes(): CloningTime[] {
  const file = process.env.CLONING_TIMES
  if (!file || !existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as CloningTime)
}
