import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '#db/testing.ts'

const root = join(import.meta.dirname, '../..')

function run(body: string, databaseUrl: string) {
  const script = `import { outliveLostConnections } from '#server/platform/last-resort.ts'\noutliveLostConnections()\n${body}`
  const env = { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'fatal' }
  const args = ['--input-type=module', '--eval', script]
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8', timeout: 60_000 })
  return { status, lines: stdout.split('\n') }
}

/** It depends on timing whether the driver notices before it rolls back: repeated until it has not noticed. */
const losesItsConnection = `
import { sql } from '#db/client.ts'
const lost = new Promise((settle) => process.prependListener('uncaughtException', () => settle('alive')))
const lose = () => sql.begin(async (tx) => {
  const [{ pid }] = await tx\`select pg_backend_pid() as pid\`
  await sql\`select pg_terminate_backend(\${pid})\`
  while ((await sql\`select 1 from pg_stat_activity where pid = \${pid}\`).length > 0);
  throw new Error('given up')
}).catch(() => 'noticed')
let end = 'noticed'
for (let tries = 0; end === 'noticed' && tries < 30; tries++) end = await Promise.race([lost, lose()])
console.log(end, (await sql\`select 41 + 1 as answer\`)[0].answer)
process.exit()`

test('a process survives a connection lost in the middle of a transaction', ({ databaseUrl }) => {
  expect(run(losesItsConnection, databaseUrl)).toMatchObject({ status: 0, lines: ['alive 42', ''] })
})

test('any other uncaught error is logged and ends the process', ({ databaseUrl }) => {
  const { status, lines } = run(`setImmediate(() => null.write('x'))`, databaseUrl)
  expect(status).toBe(1)
  expect(lines[0]).toContain('uncaught error')
})
