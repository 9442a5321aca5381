import { SetupError } from '#db/setup-error.ts'
import { runCommand } from '../run.ts'

/**
 * The files that differ from a commit, with those not committed yet and those that git does not know. The commit is
 * where this branch left the named one; where none is named, the branch that it follows, else main. On main itself
 * these are the uncommitted changes alone.
 */
export async function changedFiles(named?: string): Promise<string[]> {
  const base = await leftAt(named ? [named] : ['@{upstream}', 'origin/main', 'main'])
  if (!base) throw new SetupError(`There is no commit ${named ?? 'main'} to compare with: name one that git knows.`)
  const listings = [
    ['diff', '--name-only', '--no-renames', '-z', base],
    ['ls-files', '--others', '--exclude-standard', '-z'],
  ]
  const found = await Promise.all(listings.map((args) => git(args)))
  return [...new Set(found.flatMap(({ output }) => output.split('\0').filter(Boolean)))].sort()
}

async function leftAt(branches: readonly string[]): Promise<string | undefined> {
  for (const branch of branches) {
    const { code, output } = await git(['merge-base', branch, 'HEAD'])
    if (code === 0) return output.trim()
  }
  return undefined
}

const git = (args: string[]) => runCommand('git', args)
