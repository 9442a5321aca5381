import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import process from 'node:process'
import postgres from 'postgres'
import type { Statement } from './jobs.ts'

/**
 * The floor: the same SQL through postgres.js in a bare server, nothing else. `/N` runs the statements of variant N of
 * the file named by BENCH_STATEMENTS, one after the other and in one transaction where there are several that write.
 */
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 20, connection: { jit: false } })
const variants = JSON.parse(readFileSync(process.env.BENCH_STATEMENTS ?? '', 'utf8')) as Statement[][]

const server = createServer(async (request, response) => {
  try {
    const statements = variants[Number(request.url?.slice(1)) % variants.length] ?? []
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(await answer(statements)))
  } catch (error) {
    response.statusCode = 500
    response.end(String(error))
  }
})

async function answer(statements: Statement[]): Promise<unknown> {
  const writes = statements.some(({ text }) => /^\s*(insert|update)/i.test(text))
  if (!writes)
    return Promise.all(statements.map(({ text, values }) => sql.unsafe(text, values as never[], { prepare: true })))
  return sql.begin(async (tx) => {
    let last: unknown
    for (const { text, values } of statements) last = await tx.unsafe(text, values as never[], { prepare: true })
    return last
  })
}

process.on('SIGTERM', () => server.close(() => sql.end({ timeout: 1 }).then(() => process.exit())))
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('open'))
