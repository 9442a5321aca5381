import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { expect, inject, test as plainTest } from 'vitest'
import { closeDatabase, connect, type Sql } from './client.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of this run's migrated database, of which each test file gets a copy. */
    templateUrl: string
  }
}

/**
 * A test with a migrated database for its file only; `databaseUrl` is for code that opens its own connections. Rows
 * remain from one test to the next, so each test builds the data it needs.
 */
export const test = plainTest
  .extend('databaseUrl', { scope: 'file' }, async ({}, { onCleanup }) => {
    const templateUrl = inject('templateUrl')
    if (!templateUrl) throw new Error('This test needs a database: run it with npm run test:unit -- <file>')
    const template = new URL(templateUrl)
    const copy = new URL(template)
    copy.pathname = `test_${randomUUID().replaceAll('-', '')}`
    const [from, to] = [template.pathname.slice(1), copy.pathname.slice(1)]
    await asCloning(() => administer(template, (sql) => sql`create database ${sql(to)} template ${sql(from)}`))
    process.env.DATABASE_URL = copy.href
    onCleanup(async () => {
      await closeDatabase()
      await asCloning(() => administer(template, (sql) => sql`drop database ${sql(to)} with (force)`))
    })
    return copy.href
  })
  .extend('client', { scope: 'file' }, ({ databaseUrl }, { onCleanup }) => {
    const client = connect(databaseUrl)
    onCleanup(client.close)
    return client
  })
  .extend('db', { scope: 'file' }, ({ client }) => client.db)
  .extend('sql', { scope: 'file' }, ({ client }) => client.sql)

/** Runs one statement in another database: the template cannot be copied while anyone is connected to it. */
async function administer(template: URL, statement: (sql: Sql) => PromiseLike<unknown>): Promise<void> {
  const beside = new URL(template)
  beside.pathname = 'postgres'
  const { sql, close } = connect(beside.href, { max: 1 })
  await statement(sql)
  await close()
}

/** What a test file spent on its copy of the database, as scripts/times-reporter.ts reads it. */
export type CloningTime = { file: string; seconds: number }

/** Notes how long the work takes, where CLONING_TIMES names a file to write that to. */
async function asCloning(work: () => Promise<void>): Promise<void> {
  const started = performance.now()
  await work()
  const time: CloningTime = { file: expect.getState().testPath ?? '', seconds: (performance.now() - started) / 1000 }
  if (process.env.CLONING_TIMES) appendFileSync(process.env.CLONING_TIMES, `${JSON.stringify(time)}\n`)
}
