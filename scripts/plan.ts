import { graphOf, reaching, type Sources, standingFor, withFrames } from './affected.ts'
import { type Candidate, type Choice, choose } from './choice.ts'
import { fixedJourneys, fixedTests } from './fixed-tests.ts'
import { journeysIn } from './journey-titles.ts'

/** Seconds, of all workers together, for what is run besides the fixed tests and journeys. */
const limits = { tests: 90, journeys: 130 }
/** What one takes where no whole run was measured: the mean on two busy processors. */
const means = { tests: 3, journeys: 10 }
/** Everything is affected where half of the test files and nearly every file of journeys is. */
const shares = { tests: 0.45, journeys: 0.9 }

/** They are not imported, or are the ground on which every test and every journey stands. */
const everywhere =
  /^(package(-lock)?\.json|tsconfig\.json|next\.config\.ts|proxy\.ts|instrumentation[\w-]*\.ts|scripts\/(vitest[^/]*|bootstrap\.mjs|run\.ts|production\.ts|journeys\.ts|journey-city\.ts)|db\/testing\.ts|e2e\/(playwright\.config|fixtures|visit|watch)\.ts)$/

export type Plan =
  | { kind: 'everything'; why: string }
  | { kind: 'part'; tests: Choice; journeys: Choice; affected: { tests: number; journeys: number } }

/** Seconds that a test file, or a journey by its file and title, took when all were run. */
export type KnownTimes = ReadonlyMap<string, number>

type Given = { changed: readonly string[]; textOf: (file: string) => string; sources: Sources; known: KnownTimes }

/** What to run for a change: the fixed tests and journeys, and what is affected as far as the time allows. */
export function planFor({ changed, textOf, sources, known }: Given): Plan {
  const ground = changed.find((file) => everywhere.test(file))
  if (ground) return { kind: 'everything', why: ground }
  const graph = graphOf(sources)
  const roots = changed.flatMap((file) => standingFor(file, textOf(file), sources))
  const near = reaching(graph, roots)
  const reached = reaching(withFrames(graph), roots)
  const all = [...sources.keys()]
  const [testFiles, specs] = [all.filter(isTest), all.filter(isJourney)]
  const tests = testFiles.filter((file) => reached.has(file))
  const affectedSpecs = specs.filter((file) => reached.has(file))
  if (tests.length >= testFiles.length * shares.tests && affectedSpecs.length >= specs.length * shares.journeys) {
    const counts = `${tests.length} of ${testFiles.length} test files, ${affectedSpecs.length} of ${specs.length} of journeys`
    return { kind: 'everything', why: `${changed.length === 1 ? changed[0] : `${changed.length} files`} (${counts})` }
  }
  const journeys = affectedSpecs.flatMap((file) => journeysOf(file, sources, known))
  const isNear = (id: string) => near.has(id.split(':')[0] ?? id)
  const candidates = tests.map((file) => ({ id: file, text: file, seconds: known.get(file) ?? means.tests }))
  const fixed = new Set(fixedJourneys.flatMap(({ file, title }) => idsOf(file, title, sources)))
  return {
    kind: 'part',
    tests: withFixed(fixedTests, candidates, (others) => choose(others, { changed, limit: limits.tests, isNear })),
    journeys: withFixed([...fixed], journeys, (others) => choose(others, { changed, limit: limits.journeys, isNear })),
    affected: { tests: tests.length, journeys: journeys.length },
  }
}

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file)
const isJourney = (file: string): boolean => /^e2e\/.*\.spec\.ts$/.test(file)

function withFixed(
  fixed: readonly string[],
  affected: readonly Candidate[],
  chosen: (others: readonly Candidate[]) => Choice,
): Choice {
  const { run, left } = chosen(affected.filter(({ id }) => !fixed.includes(id)))
  return { run: [...fixed.map((id) => ({ id, text: id, seconds: 0 })), ...run], left }
}

function journeysOf(file: string, sources: Sources, known: KnownTimes): Candidate[] {
  return journeysIn(sources.get(file)?.text ?? '').map(({ line, title }) => {
    const seconds = known.get(`${file} › ${title}`) ?? means.journeys
    return { id: `${file}:${line}`, text: `${file} ${title}`, seconds }
  })
}

const idsOf = (file: string, title: string, sources: Sources): string[] =>
  journeysIn(sources.get(file)?.text ?? '')
    .filter((journey) => journey.title === title)
    .map(({ line }) => `${file}:${line}`)
