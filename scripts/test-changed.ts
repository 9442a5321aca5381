import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { changedFiles } from './changed/changed-files.ts'
import { type Choice, planFor } from './changed/plan.ts'
import { readSources } from './changed/sources.ts'
import { type Count, runChecks } from './checks.ts'
import { runJourneys } from './journeys.ts'
import { knownTimes } from './kept-times.ts'
import { root } from './run.ts'
import { runScript, step } from './step.ts'
import { runUnitTests } from './unit-tests.ts'

/** Runs what a change can break: `npm run test:changed -- [the commit to compare with]`. */
await runScript(async () => {
  const changed = await changedFiles(process.argv[2])
  if (changed.length === 0) {
    console.log('Nothing has changed.')
    return 0
  }
  const textOf = (file: string) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '')
  const { sources, forbidden } = await step('What imports what', readSources)
  const plan = planFor({ changed, textOf, sources, known: knownTimes() })
  if (plan.kind === 'everything') {
    console.log(`✗ Everything is affected by ${plan.why}: run npm test.`)
    return 1
  }
  const { tests, journeys, affected } = plan
  console.log(`${changed.length} files have changed. ${told('test files', tests)}, ${told('journeys', journeys)}.`)
  console.log(`Affected: ${affected.tests} test files and ${affected.journeys} journeys.`)
  const suites: (() => Promise<Count>)[] = [
    () => runChecks({ changed: changed.filter((file) => existsSync(join(root, file))) }),
    () => runUnitTests(tests.run),
    () => runJourneys(journeys.run),
  ]
  const total = { passed: 0, failed: forbidden.length }
  const allRed = [...forbidden]
  for (const suite of suites) {
    const { passed, failed, red = [] } = await suite()
    total.passed += passed
    total.failed += failed
    allRed.push(...red)
  }
  for (const one of [...tests.left, ...journeys.left]) console.log(`– not run: ${one}`)
  if (allRed.length > 0) console.log(`\nRed:\n${allRed.map((name) => `✗ ${name}`).join('\n')}`)
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed > 0 ? 1 : 0
})
process.exit()

function told(what: string, { run, left }: Choice): string {
  return `${run.length} ${what} are run${left.length > 0 ? `, ${left.length} that are affected would take too long` : ''}`
}
