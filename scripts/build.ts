import { buildForProduction } from './production.ts'
import { runScript } from './step.ts'

await runScript(async () => (await buildForProduction({ show: true })).code)
