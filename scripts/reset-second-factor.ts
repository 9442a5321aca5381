import { parseArgs } from 'node:util'
import { connect } from '#db/client.ts'
import { SetupError } from '#db/setup-error.ts'
import { resetSecondFactorAtConsole } from '#server/accounts/commands/reset-second-factor.ts'
import { now } from '#server/platform/clock.ts'
import { DomainError } from '#server/platform/errors.ts'
import { secondFactorLimits } from '#server/platform/rules/limits.ts'
import { withDatabase } from './database.ts'
import { runScript, step } from './step.ts'

const usage =
  'npm run accounts:reset-second-factor -- --username quantri.vp --reason "Lost telephone, met in person": the log keeps the reason.'

/** Used when no administrator is left who could do it in the desk. */
await runScript(async () => {
  const text = { type: 'string', default: '' } as const
  const { username, reason } = parseArgs({
    args: process.argv.slice(2),
    options: { username: text, reason: text },
  }).values
  const { shortestReason } = secondFactorLimits
  if (username.trim() === '' || reason.trim().length < shortestReason)
    throw new SetupError(`A username and a reason of at least ${shortestReason} letters are needed. ${usage}`)
  await withDatabase(({ url }) => step(`Second factor of ${username}`, () => reset(url, { username, reason })))
  process.stdout.write(`${username} signs in with the password alone now; all earlier sign-ins have ended.\n`)
  return 0
})

async function reset(url: string, order: { username: string; reason: string }): Promise<void> {
  const { db, close } = connect(url, { max: 1 })
  try {
    await resetSecondFactorAtConsole({ db, now }, order)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'not_found') throw new SetupError(`There is no account ${order.username}.`, error)
    if (error.code === 'no_second_factor') throw new SetupError(`${order.username} has no second factor.`, error)
    throw error
  } finally {
    await close()
  }
}
