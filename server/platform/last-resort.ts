import { log } from './log.ts'

/**
 * postgres.js 3.4 writes the rollback of a transaction to a connection that was lost in the middle of it, and throws
 * where no caller can catch it. The caller that awaits the transaction gets its error anyway, so the process goes on.
 * Any other uncaught error ends the process.
 */
export function outliveLostConnections(): void {
  process.on('uncaughtException', (error) => {
    if (isLostWrite(error)) return log.error({ err: error }, 'a connection to the database went away in a transaction')
    log.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  })
}

const isLostWrite = (error: unknown): boolean =>
  error instanceof TypeError && error.message.includes("(reading 'write')") && (error.stack ?? '').includes('nextWrite')
