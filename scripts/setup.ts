import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { connect, type Transaction } from '#db/client.ts'
import { writeHanoi } from '#db/hanoi.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { agencies } from '#db/schema/index.ts'
import { SetupError } from '#db/setup-error.ts'
import {
  createFirstAdministrator,
  type FirstAdministrator,
} from '#server/accounts/commands/create-first-administrator.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { firstAdministratorInput } from '#server/accounts/rules/schemas.ts'
import { storedKey } from '#server/bulletins/alert-key.ts'
import { recordEvent } from '#server/events/commands.ts'
import { now } from '#server/platform/clock.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { withDatabase } from './database.ts'
import { runScript, step } from './step.ts'

const usage =
  'npm run setup -- --username quantri.vp --name "Nguyễn Văn An" [--position "Quản trị hệ thống"] [--email an@example.com]'

await runScript(async () => {
  const person = await askedFor(process.argv.slice(2))
  const { path, expiresAt } = await withDatabase(async ({ url }) => {
    await step('Schema', () => migrateDatabase(url))
    await step('Key of the alerts', () => storedKey(environment().capKeyFile))
    return step('Hanoi and its first administrator', () => setUp(url, person))
  })
  const { appUrl, port } = environment()
  const until = expiresAt.toLocaleString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' })
  process.stdout.write(`
Whoever opens this address sets the password of ${person.username}, once, until ${until}:

  ${new URL(path, appUrl ?? `http://localhost:${port}`).href}

It is shown only here. If it is lost before it was used, the same command makes another.
`)
  return 0
})

/** All or nothing: an interrupted set-up can be repeated. */
async function setUp(url: string, person: FirstAdministrator) {
  const { db, sql, close } = connect(url, { max: 1 })
  try {
    const [demo] = await sql`select 1 from settings where key = 'demo_city'`
    if (demo) throw new SetupError('This database holds the demo city: name an empty one in DATABASE_URL.')
    return await db.transaction(async (tx) => {
      if (!(await holdsAgencies(tx))) {
        await writeHanoi(tx)
        await recordEvent(
          tx,
          { actor: robot, now },
          { event: 'setting.city_set_up', subject: { kind: 'setting', id: 'city' } },
        )
      }
      return await createFirstAdministrator(tx, { actor: robot, now }, person)
    })
  } catch (error) {
    throw inOneSentence(error)
  } finally {
    await close()
  }
}

async function holdsAgencies(tx: Transaction): Promise<boolean> {
  return (await tx.$count(agencies)) > 0
}

function inOneSentence(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error
  if (error.code === 'administrator_exists')
    return new SetupError(
      'There is an administrator already: accounts are added in the desk, under /admin/accounts.',
      error,
    )
  if (error.code === 'username_taken') return new SetupError('That username is taken: choose another.', error)
  return error
}

/** The arguments of the command; prompts for missing ones if there is a terminal. */
async function askedFor(args: string[]): Promise<FirstAdministrator> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { username: text, name: text, position: text, email: text } })
  if (process.stdin.isTTY && (!values.username || !values.name)) {
    const console = createInterface({ input: process.stdin, output: process.stdout })
    values.username ||= await console.question('Username of the first administrator: ')
    values.name ||= await console.question('Full name: ')
    console.close()
  }
  const { data, error } = firstAdministratorInput.safeParse({
    position: '',
    email: null,
    username: '',
    name: '',
    ...values,
  })
  if (data) return data
  const wrong = error.issues.some(({ path }) => path[0] === 'email') ? 'The e-mail address is not one.' : ''
  throw new SetupError(
    `${wrong || 'A username (small letters, digits, dots; at least three) and a name are needed.'} ${usage}`,
    error,
  )
}
