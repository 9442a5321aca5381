import { parseArgs } from 'node:util'
import { SetupError } from '#db/setup-error.ts'
import { run } from './run.ts'
import { runScript } from './step.ts'

await runScript(async () => {
  const options = { name: { type: 'string' }, custom: { type: 'boolean', default: false } } as const
  const { name, custom } = parseArgs({ options }).values
  if (!name || !/^[a-z][a-z0-9_]+$/.test(name)) {
    throw new SetupError('A migration has a name that says what it does: npm run db:generate -- --name report_due_at')
  }
  const args = ['generate', '--config', 'drizzle.config.ts', '--name', name, ...(custom ? ['--custom'] : [])]
  const { code } = await run('drizzle-kit', args, { show: true })
  return code
})
