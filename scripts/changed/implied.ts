import { posix } from 'node:path'
import { pagesAt, pagesIn } from './page-addresses.ts'

/** By path: what a file imports when it runs, and its text without comments. */
export type Sources = ReadonlyMap<string, { imports: readonly string[]; text: string }>

const schema = 'db/schema/index.ts'
export const routers = 'server/trpc/root.ts'
const catalog = 'messages/catalog.ts'
const languages = ['vi', 'en']
const listOfPages = 'e2e/routes.ts'

type Names = {
  tables: Map<string, string>
  routers: Map<string, string>
  texts: Set<string>
  pages: string[]
  endpoints: string[]
}

/** What files name without importing it: the files of tables, routers, texts, pages and endpoints. */
export function namesOf(sources: Sources): Names {
  const files = [...sources.keys()]
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
  const texts = files.map((file) => /^messages\/vi\/(\w+)\.json$/.exec(file)?.[1] ?? '').filter(Boolean)
  return { tables, routers: found, texts: new Set(texts), pages: pagesIn(files), endpoints: files.filter(isEndpoint) }
}

/** Whether an HTTP endpoint of a domain is in the file. */
export const isEndpoint = (file: string): boolean =>
  /^server\/[^/]+\/(http\/|[\w-]*http\.ts$)(?!.*\.test\.ts$)/.test(file)

/** The imports of a file without those that gather everything: in their place stands what the file names of it. */
export function narrowed(file: string, imports: readonly string[], text: string, names: Names): string[] {
  if (file === catalog) return imports.filter((one) => !one.startsWith('messages/'))
  if (!imports.includes(schema) || /\* as \w+ from '[^']*schema/.test(text)) return [...imports]
  const words = new Set(text.match(/\w+/g))
  const tables = [...names.tables].filter(([name]) => words.has(name)).map(([, table]) => table)
  return [...imports.filter((one) => one !== schema), ...tables]
}

/** The routers whose procedures a page or a component calls, over the caller of pages or over the network. */
export function routersIn(file: string, text: string, names: Names): string[] {
  if (!/^(app|components)\//.test(file) || !/trpc|caller/i.test(text)) return []
  const called = new Set([...text.matchAll(/\b(\w+)(?=\.\w)/g)].map(([, name]) => name))
  return [...names.routers].filter(([name]) => called.has(name)).map(([, router]) => router)
}

/** The files of the texts whose domain it names; the tests of the texts read them all. */
export function textsIn(file: string, text: string, { texts }: Names): string[] {
  const all = /^messages\/.*\.test\.ts$/.test(file)
  if (!all && !(/\.tsx?$/.test(file) && /[Tt]ranslat|ClientMessages|MessageDomain|messagesOf/.test(text))) return []
  const strings = [...text.matchAll(/['"`](\w+)(?:\.[\w.]*)?['"`]/g)].map(([, domain]) => domain ?? '')
  const read = all ? [...texts] : [...new Set(strings)].filter((domain) => texts.has(domain))
  return read.flatMap((domain) => languages.map((language) => `messages/${language}/${domain}.json`))
}

const path = /(?<!\bfrom |\bimport[ (])['"`]([\w./-]+\.\w+)['"`]/g

/** The known files that it names by their path, from its own folder or from the top, and does not import. */
export function pathsIn(file: string, text: string, sources: Sources): string[] {
  const named = [...text.matchAll(path)].map(([, name]) => name ?? '')
  const paths = named.flatMap((name) => [posix.normalize(name), posix.join(posix.dirname(file), name)])
  return [...new Set(paths)].filter((one) => one !== file && sources.has(one))
}

/**
 * The pages and endpoints whose addresses a journey, or a helper of journeys, names. The list of all pages counts for
 * those that go through it, not for those that use its other helpers.
 */
export function addressedIn(file: string, text: string, sources: Sources, { pages, endpoints }: Names): string[] {
  if (!file.startsWith('e2e/') || file === listOfPages) return []
  const list = /\broutes(ByAccount)?\b/.test(text) ? (sources.get(listOfPages)?.text ?? '') : ''
  const starts = [...text.matchAll(/(?<=['"`])\/(?:api\/)?[\w.-]+/g)].map(([start]) => start)
  const answering = endpoints.filter((one) => {
    const known = sources.get(one)?.text.replaceAll('\\/', '/') ?? ''
    return starts.some((start) => known.includes(start))
  })
  return [...pagesAt(`${text}\n${list}`, pages), ...answering]
}
