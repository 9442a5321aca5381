import { randomUUID } from 'node:crypto'
import { inject, test as plainTest } from 'vitest'
import { closeDatabase, connect, type Sql } from './client.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of this run's migrated database, of which each test file gets a copy. */
    templateUrl: string
  }
}

/**
 * A test with a migrated database that its file has to itself; `databaseUrl` is for what opens connections of its own.
 * Rows stay from one test to the next, so each test builds what it looks for.
 */
export const test = plainTest
  .extend('databaseUrl', { scope: 'file' }, async ({}, { onCleanup }) => {
    const templateUrl = inject('templateUrl')
    if (!templateUrl) throw new Error('This test needs a database: run it with npm run test:unit -- <file>')
    const template = new URL(templateUrl)
    const copy = new URL(template)
    copy.pathname = `test_${randomUUID().replaceAll('-', '')}`
    const [from, to] = [template.pathname.slice(1), copy.pathname.slice(1)]
    await administer(template, (sql) => sql`create database ${sql(to)} template ${sql(from)}`)
    process.env.DATABASE_URL = copy.href
    onCleanup(async () => {
      await closeDatabase()
      await administer(template, (sql) => sql`drop database ${sql(to)} with (force)`)
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

/** Runs one statement beside the template: while anyone is connected to it, it cannot be copied. */
async function administer(template: URL, statement: (sql: Sql) => PromiseLike<unknown>): Promise<void> {
  const beside = new URL(template)
  beside.pathname = 'postgres'
  const { sql, close } = connect(beside.href, { max: 1 })
  await statement(sql)
  await close()
}
