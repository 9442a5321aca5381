import { connect } from '#db/client.ts'
import { startPostgres } from '#db/embedded.ts'
import { SetupError } from '#db/setup-error.ts'

export type ScriptDatabase = {
  url: string
  moved?: string
  stop(): Promise<unknown>
  /** Empties the database; only for the embedded one, which the project owns. */
  renew?(): Promise<void>
}

const usualName = 'ihanoi_desk'

/** The database of DATABASE_URL if that is set, else the embedded one of this checkout. Sets DATABASE_URL. */
export async function openDatabase(): Promise<ScriptDatabase> {
  const given = process.env.DATABASE_URL
  if (given) {
    await checkConnection(given)
    return { url: given, stop: async () => undefined }
  }
  return embeddedDatabase(usualName)
}

/** A database of the embedded server, by default that of this checkout, created if missing. Sets DATABASE_URL. */
export async function embeddedDatabase(name: string, folder?: string): Promise<ScriptDatabase> {
  const server = await startPostgres(folder)
  const url = await server.database(name)
  process.env.DATABASE_URL = url
  const renew = async () => {
    const { sql, close } = connect(await server.database('postgres'), { max: 1 })
    await sql`drop database if exists ${sql(name)} with (force)`
    await close()
    await server.database(name)
  }
  return { url, moved: server.moved, stop: server.stop, renew }
}

/** Opens the database for the duration of `work`. */
export async function withDatabase<T>(work: (database: ScriptDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase()
  try {
    return await work(database)
  } finally {
    await database.stop()
  }
}

async function checkConnection(url: string): Promise<void> {
  if (!URL.canParse(url))
    throw new SetupError('DATABASE_URL is not an address: write postgres://account:password@host:port/database.')
  const { sql, close } = connect(url, { max: 1 })
  try {
    const [server] = await sql`select current_setting('server_version_num')::int as version`
    if (server?.version < 170_000)
      throw new SetupError('The server of DATABASE_URL is too old: PostgreSQL 17 or newer is needed.')
  } catch (error) {
    if (error instanceof SetupError) throw error
    const { code, message } = error as { code?: string; message: string }
    throw new SetupError(
      `The server of DATABASE_URL cannot be used (${message || code}): start it or correct the address.`,
      error,
    )
  } finally {
    await close()
  }
}
