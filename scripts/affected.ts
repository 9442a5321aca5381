import { posix } from 'node:path'
import { framesOf, pagesAt, pagesIn } from './page-addresses.ts'

/** By path: what a file imports when it runs, and its text. */
export type Sources = ReadonlyMap<string, { imports: readonly string[]; text: string }>
/** By path: what a file depends on. */
export type Graph = ReadonlyMap<string, readonly string[]>

const schema = 'db/schema/index.ts'
const caller = 'server/trpc/caller.ts'
const routers = 'server/trpc/root.ts'
const catalog = 'messages/catalog.ts'
const languages = ['vi', 'en']

/**
 * What depends on what. To the imports come the dependencies that no import shows: a journey depends on the pages whose
 * addresses it names, a file on others that it names by their path. And where an import leads to a file that gathers
 * everything (all tables, all procedures, all texts), only what is named of it counts.
 */
export function graphOf(sources: Sources): Graph {
  const named = namesOf(sources)
  const pages = pagesIn([...sources.keys()])
  const dependencies = (file: string, imports: readonly string[], text: string): string[] => {
    const words = new Set(text.match(/\w+/g))
    const gathered = new Set<string>()
    if (imports.includes(schema) && !/\* as \w+ from '[^']*schema/.test(text)) gathered.add(schema)
    if (file === caller) gathered.add(routers)
    if (file === catalog) for (const language of languages) gathered.add(`messages/${language}/index.ts`)
    return [
      ...imports.filter((one) => !gathered.has(one)),
      ...(gathered.has(schema) ? [...named.tables].filter(([name]) => words.has(name)).map(([, table]) => table) : []),
      ...[...named.routers].filter(([name]) => callsProcedure(file, text, name)).map(([, router]) => router),
      ...textsIn(file, text, named.texts),
      ...pathsIn(file, text, sources),
      ...(file.startsWith('e2e/') ? pagesNamed(file, text, sources, pages) : []),
    ]
  }
  return new Map([...sources].map(([file, { imports, text }]) => [file, dependencies(file, imports, text)]))
}

type Names = { tables: Map<string, string>; routers: Map<string, string>; texts: Set<string> }

function namesOf(sources: Sources): Names {
  const tables = new Map<string, string>()
  for (const file of sources.get(schema)?.imports ?? []) {
    for (const [, name] of sources.get(file)?.text.matchAll(/^export (?:const|function) (\w+)/gm) ?? []) {
      if (name) tables.set(name, file)
    }
  }
  const root = sources.get(routers)
  const found = new Map<string, string>()
  for (const [, name, router] of root?.text.matchAll(/^ {2}(\w+): (\w+),$/gm) ?? []) {
    const file = root?.imports.find((one) => sources.get(one)?.text.includes(`export const ${router} `))
    if (name && file) found.set(name, file)
  }
  const texts = [...sources.keys()].map((file) => /^messages\/vi\/(\w+)\.json$/.exec(file)?.[1] ?? '')
  return { tables, routers: found, texts: new Set(texts.filter(Boolean)) }
}

/** Pages and components reach a procedure by its name, over the caller of pages or over the network. */
function callsProcedure(file: string, text: string, router: string): boolean {
  return /^(app|components)\//.test(file) && /\b(trpc|caller)\b/i.test(text) && text.includes(`${router}.`)
    ? new RegExp(`\\b${router}\\.\\w`).test(text)
    : false
}

/** The files of the texts whose domain it names; the tests of the texts read them all. */
function textsIn(file: string, text: string, domains: ReadonlySet<string>): string[] {
  const all = /^messages\/.*\.test\.ts$/.test(file)
  if (!all && !(/\.tsx?$/.test(file) && /[Tt]ranslat|ClientMessages|MessageDomain|messagesOf/.test(text))) return []
  const strings = [...text.matchAll(/['"`](\w+)(?:\.[\w.]*)?['"`]/g)].map(([, domain]) => domain ?? '')
  const read = all ? [...domains] : [...new Set(strings)].filter((domain) => domains.has(domain))
  return read.flatMap((domain) => languages.map((language) => `messages/${language}/${domain}.json`))
}

/** The known files that it names by their path, from its own folder or from the top, and does not import. */
function pathsIn(file: string, text: string, sources: Sources): string[] {
  const strings = [...text.matchAll(/(?<!\bfrom |\bimport[ (])['"`]([\w./-]+\.\w+)['"`]/g)].map(
    ([, path]) => path ?? '',
  )
  const paths = strings.flatMap((path) => [posix.normalize(path), posix.join(posix.dirname(file), path)])
  return [...new Set(paths)].filter((path) => path !== file && sources.has(path))
}

const listOfPages = 'e2e/routes.ts'

/** The list of all pages counts for those that go through it, not for those that use its other helpers. */
function pagesNamed(file: string, text: string, sources: Sources, pages: readonly string[]): string[] {
  if (file === listOfPages) return []
  const list = /\broutes(ByAccount)?\b/.test(text) ? (sources.get(listOfPages)?.text ?? '') : ''
  return pagesAt(`${text}\n${list}`, pages)
}

/** The same with what frames each page: that is on many pages, and a change of it reaches them all. */
export function withFrames(graph: Graph): Graph {
  const files = [...graph.keys()]
  const framed = pagesIn(files).map((page) => [page, [...(graph.get(page) ?? []), ...framesOf(page, files)]] as const)
  return new Map([...graph, ...framed])
}

/** All files that depend on one of these, with themselves. */
export function reaching(graph: Graph, changed: readonly string[]): Set<string> {
  const dependents = new Map<string, string[]>()
  for (const [file, dependencies] of graph) {
    for (const one of dependencies) dependents.set(one, [...(dependents.get(one) ?? []), file])
  }
  const reached = new Set(changed)
  // A set goes on to what is added to it meanwhile.
  for (const file of reached) for (const dependent of dependents.get(file) ?? []) reached.add(dependent)
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
