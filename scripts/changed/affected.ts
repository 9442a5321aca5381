import { posix } from 'node:path'
import {
  addressedIn,
  isEndpoint,
  namesOf,
  narrowed,
  pathsIn,
  routers,
  routersIn,
  type Sources,
  textsIn,
} from './implied.ts'
import { framesOf, pagesIn } from './page-addresses.ts'

/** By path: what a file depends on. */
export type Graph = ReadonlyMap<string, readonly string[]>

/** Where all procedures, addresses and jobs of the server meet. */
const meetings = [routers, 'server/doors.ts', 'server/jobs/registry.ts']
const server = 'server/main.ts'

/**
 * What depends on what. To the imports come the dependencies that no import shows: a journey depends on the pages and
 * endpoints whose addresses it names, a file on others that it names by their path. And where an import leads to a file
 * that gathers everything (all tables, all texts), only what is named of it counts.
 */
export function graphOf(sources: Sources): Graph {
  const names = namesOf(sources)
  return new Map(
    [...sources].map(([file, { imports, text }]) => {
      const dependencies = [
        ...narrowed(file, imports, text, names),
        ...routersIn(file, text, names),
        ...textsIn(file, text, names),
        ...pathsIn(file, text, sources),
        ...addressedIn(file, text, sources, names),
      ]
      return [file, dependencies]
    }),
  )
}

/**
 * The same for journeys, which go through the running server: that they can reach everything it does says nothing, so
 * what meets there is left out. Instead whoever calls a domain depends on its jobs and endpoints, because they go on
 * with what its procedures begin.
 */
export function throughServer(graph: Graph): Graph {
  const files = [...graph.keys()]
  return new Map(
    [...graph].map(([file, dependencies]) => {
      return [file, meetings.includes(file) ? [] : [...dependencies, ...besidesRouter(file, files)]]
    }),
  )
}

function besidesRouter(file: string, files: readonly string[]): string[] {
  const domain = /^server\/[^/]+\/(?=[\w-]*router\.ts$)/.exec(file)?.[0]
  if (!domain) return []
  return files.filter((one) => one.startsWith(domain) && (/\/jobs(\/\w[\w-]*)?\.ts$/.test(one) || isEndpoint(one)))
}

/** The same with what frames each page and the server that answers: a change of those reaches many pages or all. */
export function withFrames(graph: Graph): Graph {
  const files = [...graph.keys()]
  const framed = pagesIn(files).map((page) => {
    return [page, [...(graph.get(page) ?? []), ...framesOf(page, files), server]] as const
  })
  return new Map([...graph, ...framed])
}

/** All files that depend on one of these, each with the number of steps to it; of these themselves none. */
export function reaching(graph: Graph, changed: readonly string[]): Map<string, number> {
  const dependents = new Map<string, string[]>()
  for (const [file, dependencies] of graph) {
    for (const one of dependencies) dependents.set(one, [...(dependents.get(one) ?? []), file])
  }
  const reached = new Map(changed.map((file) => [file, 0]))
  // It goes on to what is added meanwhile.
  for (const [file, steps] of reached) {
    for (const one of dependents.get(file) ?? []) if (!reached.has(one)) reached.set(one, steps + 1)
  }
  return reached
}

const quotes = ["'", '"', '`']
const pathOf = ([path]: [string, unknown]): string => path

/**
 * What counts as changed for a file that nothing imports: for a migration the tables that it names, for any other the
 * files that name it.
 */
export function standingFor(changed: string, text: string, sources: Sources): string[] {
  if (sources.has(changed)) return [changed]
  const name = posix.basename(changed)
  const naming = [...sources].filter(([, { text }]) => quotes.some((end) => text.includes(name + end))).map(pathOf)
  if (!/^db\/migrations\/.*\.sql$/.test(changed)) return [changed, ...naming]
  const words = new Set(text.match(/\w+/g))
  const tables = [...sources].filter(([file, source]) => {
    const named = [...source.text.matchAll(/pg(?:Table|View)\(\s*'(\w+)'/g)].map(([, table]) => table ?? '')
    return file.startsWith('db/schema/') && named.some((table) => words.has(table))
  })
  return [changed, ...naming, ...tables.map(pathOf)]
}
