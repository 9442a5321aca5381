import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'

// The next start need not strip types and compile again: it is a second faster, and the code that strips them is not
// loaded. This file has no types, or it would be.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'))

/** Ends with the script that started it: a server whose parent was killed must not keep the port. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
await import('#server/main.ts')
