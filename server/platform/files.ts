import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { environment } from './environment.ts'
import { s3Store } from './s3-store.ts'

/**
 * The only access to stored files. Keys are derived from the content, so the file under a key never changes and writing
 * it again is harmless.
 */
export type FileStore = {
  write(key: string, bytes: Uint8Array): Promise<void>
  /** Null if nothing is stored under the key. */
  read(key: string): Promise<{ bytes: number; stream: Readable } | null>
  remove(key: string): Promise<void>
}

/** A directory, which all processes of an installation share. */
export function directoryStore(folder: string): FileStore {
  const root = resolve(folder)
  const pathOf = (key: string) => {
    const path = join(root, key)
    if (!path.startsWith(root + sep)) throw new Error(`a key that leaves the store: ${key}`)
    return path
  }
  return {
    async write(key, bytes) {
      const path = pathOf(key)
      if (await isThere(path)) return
      await mkdir(dirname(path), { recursive: true })
      // Written to a temporary file, then moved: no reader sees half a file, and two writers do not mix.
      const unfinished = `${path}.${randomUUID()}`
      try {
        await writeFile(unfinished, bytes, { flush: true })
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    async read(key) {
      const file = await open(pathOf(key)).catch(absent)
      if (!file) return null
      const { size } = await file.stat()
      return { bytes: size, stream: createReadStream('', { fd: file, autoClose: true }) }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}

const shared = globalThis as { ihanoiDeskFiles?: FileStore }

/** The store of this process: the bucket where one is set up, else a directory. */
export function fileStore(): FileStore {
  const { s3, filesFolder } = environment()
  shared.ihanoiDeskFiles ??= s3 ? s3Store(s3) : directoryStore(filesFolder)
  return shared.ihanoiDeskFiles
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(absent)) !== null
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
