import { runJourneys } from './journeys.ts'
import { runScript } from './step.ts'

await runScript(async () => {
  const { passed, failed } = await runJourneys(process.argv.slice(2))
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
})
process.exit()
