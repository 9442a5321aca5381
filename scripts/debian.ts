import { existsSync } from 'node:fs'
import { runCommand } from './run.ts'
import type { Progress } from './step.ts'

export const isDebian = (): boolean => process.getuid?.() === 0 && existsSync('/etc/debian_version')

/** Without network or if the package does not exist, it installs nothing and does not throw. */
export async function installFromDebian(progress: Progress, name: string): Promise<void> {
  const onLine = (line: string) => progress(line.slice(0, 50))
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    await runCommand('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, onLine })
  }
}
