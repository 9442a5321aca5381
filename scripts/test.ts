import { type Count, passes, runChecks } from './checks.ts'
import { runJourneys } from './journeys.ts'
import { keepTimes } from './kept-times.ts'
import { Laps } from './laps.ts'
import { runScript } from './step.ts'
import { runUnitTests } from './unit-tests.ts'

/**
 * All suites; each check counts as one. Suites of the same part run at the same time: checks and build take what the
 * tests leave of the processors.
 */
const parts: [string, ((begins: (part: string) => void) => Promise<Count>)[]][] = [
  ['Tests of units and screens, checks and build', [() => runUnitTests(), checksAndBuild]],
  ['Journeys in the browser', [(begins) => runJourneys([], { measures: true, begins })]],
]

await runScript(async () => {
  const total = { passed: 0, failed: 0 }
  const allRed: string[] = []
  const { INSTALL_SECONDS = 0, INSTALL_BUSY_SECONDS = 0 } = process.env
  const laps = new Laps([
    { title: 'Installation', seconds: Number(INSTALL_SECONDS), busy: Number(INSTALL_BUSY_SECONDS) },
  ])
  const measured: Pick<Count, 'floorPage' | 'units' | 'journeys'> = {}
  for (const [title, suites] of parts) {
    console.log(`\n── ${title}`)
    laps.begin(title)
    const counts = suites.map((suite) => suiteCount(() => suite((part) => laps.begin(part))))
    for (const { passed, failed, red = [], ...times } of await Promise.all(counts)) {
      Object.assign(measured, times)
      total.passed += passed
      total.failed += failed
      allRed.push(...(red.length < failed ? [...red, title] : red))
    }
  }
  // Repeated at the end, because early failures have scrolled away.
  if (allRed.length > 0) console.log(`\nRed:\n${allRed.map((name) => `✗ ${name}`).join('\n')}`)
  console.log(`\n${keepTimes({ parts: laps.end(), ...measured })}`)
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed > 0 ? 1 : 0
})
process.exit()

/** A suite that cannot run at all is one failure, and the next suites still run. */
async function suiteCount(suite: () => Promise<Count>): Promise<Count> {
  try {
    return await suite()
  } catch (error) {
    console.error(`✗ ${error instanceof Error ? error.message : error}`)
    return { passed: 0, failed: 1 }
  }
}

/** One after the other: both write the types of the pages. */
async function checksAndBuild(): Promise<Count> {
  const { passed, failed, red = [] } = await runChecks({ aside: true })
  const build = await passes('Production build', (run) => run('scripts/build.ts', []), true)
  return build ? { passed: passed + 1, failed, red } : { passed, failed: failed + 1, red: [...red, 'Production build'] }
}
