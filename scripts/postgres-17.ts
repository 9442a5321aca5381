import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where Debian installs it. */
export const postgres17 = '/usr/lib/postgresql/17'

/** Whether the tests can run on PostgreSQL 17 too. */
export const hasPostgres17 = existsSync(join(postgres17, 'bin', 'initdb'))
