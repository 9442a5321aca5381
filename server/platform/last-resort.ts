import { log } from './log.ts'

/**
 * postgres.js 3.4 writes the rollback of a transaction to a connection that has gone away in the middle of it, and
 * throws where nobody can catch it. Whoever waited for the transaction is refused all the same; the process goes on.
 * Whatever else nobody caught ends it.
 */
export function outliveLostConnections(): void {
  process.on('uncaughtException', (error) => {
    if (isLostWrite(error)) return log.error({ err: error }, 'a connection to the database went away in a transaction')
    log.fatal({ err: error }, 'nobody caught this')
    process.exit(1)
  })
}

const isLostWrite = (error: unknown): boolean =>
  error instanceof TypeError && error.message.includes("(reading 'write')") && (error.stack ?? '').includes('nextWrite')
