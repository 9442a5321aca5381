import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '#db/setup-error.ts'
import { root, run } from '../run.ts'
import type { Sources } from './implied.ts'

const folders = ['app', 'bench', 'components', 'db', 'e2e', 'messages', 'scripts', 'server']
const besides = ['instrumentation.ts', 'instrumentation-client.ts', 'next.config.ts', 'proxy.ts']

type Dependency = { resolved: string; dependencyTypes: string[]; couldNotResolve: boolean }
type Cruise = {
  modules: { source: string; dependencies: Dependency[] }[]
  summary: { violations: { from: string; to: string; rule: { name: string } }[] }
}

/**
 * All files of ours with their texts and what each imports when it runs, as the check of the import rules sees it; and
 * the imports that break a rule.
 */
export async function readSources(): Promise<{ sources: Sources; forbidden: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-desk-imports-'))
  try {
    const file = join(folder, 'imports.json')
    const args = ['--config', 'server/import-rules.cjs', '--output-type', 'json', '--output-to', file]
    const { output } = await run('depcruise', [...args, ...folders, ...besides])
    const { modules, summary } = parsed(file, output)
    const ours = modules.filter(({ source }) => /^[a-z]/.test(source) && !source.startsWith('node_modules/'))
    const sources = new Map(
      ours.flatMap(({ source, dependencies }) => {
        const text = textOf(source)?.replace(comments, emptied)
        const imports = dependencies.filter(isRun).map(({ resolved }) => resolved)
        return text === undefined ? [] : [[source, { imports, text }] as const]
      }),
    )
    return { sources, forbidden: summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** They name what they explain, and depend on nothing. The lines keep their numbers. */
const comments = /^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm
const emptied = (comment: string): string => comment.replace(/[^\n]/g, '')

/** What only the compiler reads breaks no test: the compiler itself checks it. */
const isRun = ({ dependencyTypes }: Dependency): boolean => !dependencyTypes.includes('type-only')

function parsed(file: string, output: string): Cruise {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Cruise
  } catch (error) {
    throw new SetupError(`What imports what could not be read. dependency-cruiser said:\n${output}`, error)
  }
}

/** Undefined for a module of Node. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return undefined
  }
}
