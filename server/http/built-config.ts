import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Serves the pages with the configuration they were built with, as Next's own stand-alone server does: the compilers
 * that would read `next.config.ts` at each start, and stay in the memory of the process, are not loaded.
 */
export function serveAsBuilt(root: string): void {
  const { config } = JSON.parse(readFileSync(join(root, '.next/required-server-files.json'), 'utf8'))
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config)
}
