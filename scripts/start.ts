import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '#db/setup-error.ts'
import { isQuickBuild } from './production.ts'
import { root } from './run.ts'
import { runScript } from './step.ts'

await runScript(async () => {
  Object.assign(process.env, { NODE_ENV: 'production' })
  if (!process.env.DATABASE_URL)
    throw new SetupError('DATABASE_URL is not set: name the PostgreSQL database to serve from.')
  if (!existsSync(join(root, '.next/BUILD_ID')))
    throw new SetupError('There is no build to serve: run npm run build first.')
  if (isQuickBuild()) throw new SetupError('The build is that of a demo: run npm run build first.')
  await import('#server/main.ts')
  return undefined
})
