import { existsSync } from 'node:fs'
import { runCommand } from './run.ts'
import type { Progress } from './step.ts'

/** Whether packages of Debian can be installed here. */
export const isDebian = (): boolean => process.getuid?.() === 0 && existsSync('/etc/debian_version')

/** Installs nothing if there is no network or no such package. */
export async function installFromDebian(progress: Progress, name: string): Promise<void> {
  const onLine = (line: string) => progress(line.slice(0, 50))
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    await runCommand('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, onLine })
  }
}
