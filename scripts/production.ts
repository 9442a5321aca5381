import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { SetupError } from '#db/setup-error.ts'
import { fingerprint } from './fingerprint.ts'
import { dropMissingHints } from './missing-hints.ts'
import { type Finished, root, run } from './run.ts'
import type { Progress } from './step.ts'

const stamp = join(root, '.next', 'built-from')

/**
 * A quick build is for somebody who waits for it: its files are not made small, they are compressed in passing, and it
 * keeps nothing for the next build (next.config.ts).
 */
type Kind = 'full' | 'quick'

type BuildOptions = { kind?: Kind; show?: boolean; onLine?: (line: string) => void; signal?: AbortSignal }

/** Builds unless the last build was made from the same sources; a full build also serves where a quick one would do. */
export async function buildIfChanged(
  progress?: Progress,
  { kind = 'full', signal }: Pick<BuildOptions, 'kind' | 'signal'> = {},
): Promise<void> {
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  const fitting = kind === 'quick' ? /^(.*) (?:quick|full)$/ : /^(.*) full$/
  if (fitting.exec(built)?.[1] === fingerprintOfSources()) return
  const { code, output } = await buildForProduction({ kind, signal, onLine: (line) => progress?.(line.slice(0, 60)) })
  if (code === 0) return
  const end = output.trim().split('\n').slice(-40).join('\n')
  throw new SetupError(`The production build failed: correct what its last lines name and try again.\n${end}`)
}

/** Whether the last build was made for a demo. */
export const isQuickBuild = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8').endsWith(' quick')

export async function buildForProduction({ kind = 'full', ...options }: BuildOptions): Promise<Finished> {
  copyMapWorker()
  const built = `${fingerprintOfSources()} ${kind}`
  // The stamp is removed first: an interrupted build must not be taken for a finished one.
  rmSync(stamp, { force: true })
  const quick = kind === 'quick' ? { QUICK_BUILD: '1' } : {}
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...quick }
  const finished = await run('next', ['build'], { ...options, env })
  if (finished.code === 0) {
    await dropMissingHints(join(root, '.next'))
    await packStatic(kind)
    await shareChunks()
    writeFileSync(stamp, built)
  }
  return finished
}

const packed = /\.(js|css|json|svg)$/
const worthPacking = 1024
const qualities: Record<Kind, number> = { full: constants.BROTLI_MAX_QUALITY, quick: 4 }

/**
 * Compresses the built scripts and styles once, on all cores: the server sends these files. A quick build
 * spends half a second on it, and 33 MB become six.
 */
async function packStatic(kind: Kind): Promise<void> {
  const folder = join(root, '.next', 'static')
  const params = { [constants.BROTLI_PARAM_QUALITY]: qualities[kind] }
  const names = (await readdir(folder, { recursive: true })).filter((name) => packed.test(name))
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name))
      if (bytes.byteLength > worthPacking) await writeFile(join(folder, `${name}.br`), await pack(bytes, { params }))
    }),
  )
}

const pack = promisify(brotliCompress)

const worthSharing = 20_000
const sourceMap = /\n\/\/# sourceMappingURL=.*\s*$/

/**
 * Next writes the server's code that several groups of pages have in common once per group, and the process would keep
 * the text of each in memory. All but one of such files are replaced by a reference to that one.
 */
async function shareChunks(): Promise<void> {
  const folder = join(root, '.next', 'server', 'chunks')
  const written = new Map<string, string>()
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js')).sort()
  for (const name of names) {
    const code = (await readFile(join(folder, name), 'utf8')).replace(sourceMap, '')
    if (code.length < worthSharing || !code.startsWith('module.exports=')) continue
    const same = written.get(code)
    if (same === undefined) written.set(code, name)
    else {
      const path = relative(dirname(name), same).split(sep).join('/')
      await writeFile(join(folder, name), `module.exports=require(${JSON.stringify(`./${path}`)})\n`)
    }
  }
}

/** The map renders in a worker, which must be served from our own origin. */
export function copyMapWorker(): void {
  mkdirSync(join(root, 'public'), { recursive: true })
  for (const name of ['maplibre-gl-worker.mjs', 'maplibre-gl-shared.mjs']) {
    copyFileSync(join(root, 'node_modules/maplibre-gl/dist', name), join(root, 'public', name))
  }
}

function fingerprintOfSources(): string {
  const sources = [
    '{app,components,db,messages,public,server}/**/*',
    '{next.config,proxy,instrumentation,instrumentation-client}.ts',
    'package-lock.json',
  ]
  // Neither tests nor what only they use (server/import-rules.cjs) reaches the build.
  const aside = ['**/*.test.{ts,tsx}', 'server/**/testing/**', 'db/{migrations,factories}/**', 'db/testing.ts']
  return fingerprint(sources, aside)
}
