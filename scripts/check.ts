import { runChecks } from './checks.ts'
import { runScript } from './step.ts'

await runScript(async () => {
  const { failed } = await runChecks()
  return failed > 0 ? 1 : 0
})
