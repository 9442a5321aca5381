import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { SetupError } from '#db/setup-error.ts'
import { root, runCommand } from '../run.ts'

/** Stay from one run to the next: packages, the journeys' city, and what the last build left for the next. */
const kept = ['node_modules', '.data', '.next']

/**
 * A copy of the working files, changes that are not committed included, in which faults can be applied. Its folder is
 * the same for each run; the files of the last run are replaced.
 */
export async function copyOfProject(): Promise<string> {
  const copy = join(tmpdir(), `ihanoi-desk-faults-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`)
  mkdirSync(copy, { recursive: true })
  for (const name of readdirSync(copy)) {
    if (!kept.includes(name)) rmSync(join(copy, name), { recursive: true })
  }
  for (const file of await workingFiles()) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    copyFileSync(join(root, file), join(copy, file))
  }
  await linkPackages(copy)
  return copy
}

async function workingFiles(): Promise<string[]> {
  const { code, output } = await runCommand('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  if (code !== 0) throw new SetupError(`Git cannot list the files of the project: ${output.trim()}`)
  return output.split('\0').filter((file) => file && existsSync(join(root, file)))
}

/** Links of files instead of one of the folder: a build takes no packages from outside its project. */
async function linkPackages(copy: string): Promise<void> {
  const [from, to] = [join(root, 'node_modules'), join(copy, 'node_modules')]
  const lock = '.package-lock.json'
  if (existsSync(join(to, lock)) && readFileSync(join(to, lock)).equals(readFileSync(join(from, lock)))) return
  for (const flags of ['-RPl', '-RP']) {
    rmSync(to, { recursive: true, force: true })
    const { code } = await runCommand('cp', [flags, from, to])
    if (code === 0) return
  }
  throw new SetupError(`The packages cannot be copied to ${to}: make room there and try again.`)
}
