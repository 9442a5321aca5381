import { connect } from '../client.ts'

/** Disconnects everyone from the database and refuses connections while `work` runs. */
export async function withoutDatabase(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  const address = new URL(databaseUrl)
  const name = address.pathname.slice(1)
  address.pathname = 'postgres'
  const { sql, close } = connect(address.href, { max: 1 })
  const allow = (isOpen: boolean) => sql.unsafe(`alter database ${name} allow_connections ${isOpen}`)
  try {
    await allow(false)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
    await work()
  } finally {
    await allow(true)
    await close()
  }
}
