import { SetupError } from '#db/setup-error.ts'
import { installFromDebian, isDebian } from './debian.ts'
import { runCommand } from './run.ts'
import type { Progress } from './step.ts'

/** The path of a Python for the clients in `e2e/clients`: the system's, or one installed from Debian. */
export async function findPython(progress: Progress = () => undefined): Promise<string> {
  if (await runs()) return 'python3'
  if (isDebian()) await installFromDebian(progress, 'python3')
  if (await runs()) return 'python3'
  throw new SetupError('No python3 could be found or installed: install it (Debian: apt-get install python3).')
}

const runs = async (): Promise<boolean> => {
  const { code } = await runCommand('python3', ['--version']).catch(() => ({ code: 1 }))
  return code === 0
}
