import process from 'node:process'

/** Ends with the script that started it: a server whose parent was killed must not keep the port. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
await import('#server/main.ts')
