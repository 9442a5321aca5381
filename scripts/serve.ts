import process from 'node:process'

/** Started by another script, and ends with it: a server whose starter was killed must not hold the port. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
await import('#server/main.ts')
