import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'

// The next start need not strip types and compile again: a second sooner.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'))

/** Started by another script, and ends with it: a server whose starter was killed must not hold the port. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
await import('#server/main.ts')
