import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { FullConfig, Reporter, TestCase, TestResult, TestStep } from '@playwright/test/reporter'

type Kind = 'startUp' | 'visiting' | 'axe' | 'waiting'

/**
 * Seconds of one journey with the start of its worker, and what of them went into starting (worker, contexts,
 * fixtures), opening pages, axe and waiting for what is expected.
 */
export type JourneyTimes = { file: string; title: string; seconds: number; visits: number } & Record<Kind, number>

/** Writes the times of every journey, as JSON, to the file that JOURNEY_TIMES names. */
export default class TimesReporter implements Reporter {
  private folder = ''
  private began = 0
  private readonly journeys: JourneyTimes[] = []
  /** When the last journey in each of the workers that run side by side ended. */
  private readonly ended = new Map<number, number>()

  onBegin({ rootDir }: FullConfig): void {
    this.folder = rootDir
    this.began = Date.now()
  }

  onTestEnd({ location, title }: TestCase, { startTime, duration, parallelIndex, steps }: TestResult): void {
    const started = startTime.getTime()
    const before = (started - (this.ended.get(parallelIndex) ?? this.began)) / 1000
    this.ended.set(parallelIndex, started + duration)
    const times = { visits: 0, startUp: before, visiting: 0, axe: 0, waiting: 0 }
    for (const step of steps) addStep(step, times)
    this.journeys.push({
      file: relative(this.folder, location.file),
      title,
      seconds: before + duration / 1000,
      ...times,
    })
  }

  onEnd(): void {
    if (process.env.JOURNEY_TIMES) writeFileSync(process.env.JOURNEY_TIMES, JSON.stringify(this.journeys))
  }
}

/** A step of a known kind counts as a whole; of another, the steps within it are looked at. */
function addStep(step: TestStep, times: Record<Kind | 'visits', number>): void {
  const kind = kindOf(step)
  if (kind === 'visiting') times.visits++
  if (kind) times[kind] += step.duration / 1000
  else for (const inner of step.steps) addStep(inner, times)
}

/** The titles are those of Playwright, and of the steps in visit.ts and fixtures.ts. */
function kindOf({ category, title }: TestStep): Kind | undefined {
  if (title === 'axe') return 'axe'
  if (title === 'visit' || /^(Navigate|Reload|Go back|Go forward)\b/.test(title)) return 'visiting'
  if (category === 'fixture' || /^(Create|Close) (context|page)\b/.test(title)) return 'startUp'
  return category === 'expect' || /^Wait for\b/.test(title) ? 'waiting' : undefined
}
