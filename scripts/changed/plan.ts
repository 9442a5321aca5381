import { fixedJourneys, fixedTests } from '../fixed-tests.ts'
import { graphOf, reaching, standingFor, throughServer, withFrames } from './affected.ts'
import { type Candidate, choose, type Limits } from './choice.ts'
import type { Sources } from './implied.ts'
import { journeysIn } from './journey-titles.ts'

/** Seconds, of all workers together, for what is run besides the fixed tests and journeys. */
const limits = { tests: 60, journeys: 90 }
/** What one takes where no whole run was measured: the mean on two busy processors. */
const means = { tests: 3, journeys: 10 }
/** The share of the files of either from which on everything is affected. */
const everything = { tests: 0.5, journeys: 0.9 }

/** The ground on which every test and every journey stands; much of it is imported by none. */
const ground = [
  /^(package|package-lock|tsconfig)\.json$/,
  /^(next\.config|proxy|instrumentation[\w-]*)\.ts$/,
  /^scripts\/(bootstrap|run|production|journeys|journey-city|vitest[\w.-]*)\.m?[jt]s$/,
  /^db\/(client|testing)\.ts$/,
  /^e2e\/(playwright\.config|fixtures|visit|watch)\.ts$/,
]

/** By file, a journey also by its line; `left`: what is affected but would take too long. */
export type Choice = { run: string[]; left: string[] }

export type Plan =
  | { kind: 'everything'; why: string }
  | { kind: 'part'; tests: Choice; journeys: Choice; affected: { tests: number; journeys: number } }

/** Seconds that a test file, or a journey by its file and title, took when all were run. */
export type KnownTimes = ReadonlyMap<string, number>

type Given = { changed: readonly string[]; textOf: (file: string) => string; sources: Sources; known: KnownTimes }

/** What to run for a change: the fixed tests and journeys, and what is affected as far as the time allows. */
export function planFor({ changed, textOf, sources, known }: Given): Plan {
  const graph = graphOf(sources)
  const origins = changed.flatMap((file) => standingFor(file, textOf(file), sources))
  const toTests = reaching(graph, origins)
  const toJourneys = reaching(throughServer(graph), origins)
  const toFramed = reaching(withFrames(throughServer(graph)), origins)
  const files = [...sources.keys()]
  const [allTests, allSpecs] = [files.filter(isTest), files.filter(isJourney)]
  const tests = allTests.filter((file) => toTests.has(file))
  const specs = allSpecs.filter((file) => toFramed.has(file))

  const under = changed.find((file) => ground.some((pattern) => pattern.test(file)))
  if (under) return { kind: 'everything', why: under }
  if (tests.length >= allTests.length * everything.tests && specs.length >= allSpecs.length * everything.journeys) {
    const counts = `${tests.length} of ${allTests.length} test files, ${specs.length} of ${allSpecs.length} of journeys`
    return { kind: 'everything', why: `${changed.length === 1 ? changed[0] : `${changed.length} files`} (${counts})` }
  }
  const candidates = tests.map((file) => ({ id: file, file, text: file, seconds: known.get(file) ?? means.tests }))
  const journeys = specs.flatMap((file) => journeysOf(file, sources, known))
  const fixed = fixedJourneys.flatMap(({ file, title }) => {
    return journeysOf(file, sources, known).filter(({ text }) => text === `${file} ${title}`)
  })
  // What imports a changed file itself comes first, what only the frame of its page leads to last.
  const rank = (steps: Map<string, number>) => (file: string) => {
    const count = steps.get(file)
    return count === undefined ? 3 : Math.min(count, 2)
  }
  const [nearTest, nearJourney] = [rank(toTests), rank(toJourneys)]
  return {
    kind: 'part',
    tests: withFixed(fixedTests, candidates, { changed, limit: limits.tests, rank: nearTest }),
    journeys: withFixed(
      fixed.map(({ id }) => id),
      journeys,
      { changed, limit: limits.journeys, rank: nearJourney },
    ),
    affected: { tests: tests.length, journeys: journeys.length },
  }
}

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file)
const isJourney = (file: string): boolean => /^e2e\/.*\.spec\.ts$/.test(file)

/** The fixed ones first; the time is for the others. */
function withFixed(fixed: readonly string[], affected: readonly Candidate[], limits: Limits): Choice {
  const { run, left } = choose(
    affected.filter(({ id }) => !fixed.includes(id)),
    limits,
  )
  return { run: [...fixed, ...run.map(({ id }) => id)], left: left.map(({ text }) => text) }
}

/** Playwright finds a journey by its file and line. */
function journeysOf(file: string, sources: Sources, known: KnownTimes): Candidate[] {
  return journeysIn(sources.get(file)?.text ?? '').map(({ line, title }) => {
    const seconds = known.get(`${file} › ${title}`) ?? means.journeys
    return { id: `${file}:${line}`, file, text: `${file} ${title}`, seconds }
  })
}
