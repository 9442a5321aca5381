import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const hints = 'react-loadable-manifest.json'

type Loadable = { files: string[] }

/**
 * Next names in these manifests files that it never wrote, and a page asks for every one of them. The names are only
 * hints, since the code itself knows its chunks: those without a file are taken out.
 */
export async function dropMissingHints(build: string): Promise<void> {
  const names = (await readdir(build, { recursive: true })).filter((name) => name.endsWith(hints))
  for (const name of names) {
    const path = join(build, name)
    const manifest: Record<string, Loadable> = JSON.parse(await readFile(path, 'utf8'))
    const isThere = (file: string) => existsSync(join(build, file))
    if (Object.values(manifest).every(({ files }) => files.every(isThere))) continue
    const kept = Object.entries(manifest).map(([id, { files, ...rest }]) => [
      id,
      { ...rest, files: files.filter(isThere) },
    ])
    await writeFile(path, JSON.stringify(Object.fromEntries(kept)))
  }
}
