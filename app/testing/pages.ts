import { NextIntlClientProvider } from 'next-intl'
import { createElement, type FunctionComponent, isValidElement, type ReactElement, type ReactNode } from 'react'
import { timeZone } from '#messages/locales.ts'
import { getLocale } from './next/intl-server.ts'
import { Elsewhere } from './next/navigation.ts'

type Params = Record<string, string | string[]>
type PageProps = { params: Promise<Params>; searchParams: Promise<Record<string, string | string[]>> }
type PageModule = { default: (props: PageProps) => Promise<ReactNode> | ReactNode }
type LayoutModule = { default: (props: { children: ReactNode }) => Promise<ReactNode> | ReactNode }

// Brackets would be a group of the pattern.
const pages = import.meta.glob<PageModule>(['/app/?staff?/**/page.tsx', '/app/?screen?/**/page.tsx'])
const layouts = import.meta.glob<LayoutModule>('/app/?staff?/*/**/layout.tsx')
const refusedByDesk = {
  forbidden: () => import('../(staff)/forbidden.tsx'),
  'not-found': () => import('../(staff)/not-found.tsx'),
}
const refusedOnWall = {
  forbidden: () => import('../(screen)/forbidden.tsx'),
  'not-found': () => import('../(screen)/not-found.tsx'),
}

/** Wall screens have no desk around them. */
export const isWall = (file: string): boolean => file.startsWith('/app/(screen)/')

type Route = { file: string; segments: readonly string[] }

/** Folders in brackets only group pages. */
const segmentsOf = (file: string) =>
  file
    .split('/')
    .slice(2, -1)
    .filter((part) => !/^\(.*\)$/.test(part))

const named = ({ segments }: Route) => segments.filter((part) => !part.startsWith('[')).length

const routes: Route[] = Object.keys(pages)
  .map((file) => ({ file, segments: segmentsOf(file) }))
  // Where two fit, the one that names more of the address.
  .sort((one, other) => named(other) - named(one))

function paramsOf({ segments }: Route, path: readonly string[]): Params | undefined {
  const params: Params = {}
  for (const [at, segment] of segments.entries()) {
    const rest = /^\[\[?\.\.\.(\w+)\]\]?$/.exec(segment)?.[1]
    if (rest) {
      if (path.length > at) params[rest] = path.slice(at)
      else if (!segment.startsWith('[[')) return undefined
      return params
    }
    const given = path[at]
    if (given === undefined) return undefined
    const name = /^\[(\w+)\]$/.exec(segment)?.[1]
    if (name) params[name] = given
    else if (given !== segment) return undefined
  }
  return path.length === segments.length ? params : undefined
}

export type DrawnPage = { file: string; content: ReactNode }

/** The page at this address with the layouts around it, drawn as Next would, short of that of desk or wall. */
export async function pageAt(address: string): Promise<DrawnPage> {
  const { pathname, searchParams } = new URL(address, window.location.href)
  const path = pathname.split('/').filter(Boolean)
  for (const route of routes) {
    const params = paramsOf(route, path)
    if (params) return { file: route.file, content: await drawn(route.file, params, queryOf(searchParams)) }
  }
  throw new Error(`no page of staff has the address ${address}`)
}

async function drawn(file: string, params: Params, query: Record<string, string | string[]>): Promise<ReactNode> {
  const { default: page } = await (pages[file] as () => Promise<PageModule>)()
  let content: ReactNode
  try {
    content = await resolved(await page({ params: Promise.resolve(params), searchParams: Promise.resolve(query) }))
  } catch (error) {
    if (!(error instanceof Elsewhere) || error.kind === 'redirect') throw error
    const { default: Refused } = await (isWall(file) ? refusedOnWall : refusedByDesk)[error.kind]()
    content = await resolved((Refused as () => ReactNode)())
  }
  for (const around of layoutsOf(file)) {
    const { default: layout } = await (layouts[around] as () => Promise<LayoutModule>)()
    content = await resolved(await layout({ children: content }))
  }
  return content
}

/** The innermost first. */
const layoutsOf = (file: string) =>
  Object.keys(layouts)
    .filter((layout) => file.startsWith(layout.slice(0, -'layout.tsx'.length)))
    .sort((one, other) => other.length - one.length)

function queryOf(searchParams: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const name of new Set(searchParams.keys())) {
    const all = searchParams.getAll(name)
    query[name] = all.length > 1 ? all : (all[0] as string)
  }
  return query
}

const Texts = NextIntlClientProvider as FunctionComponent<Record<string, unknown>>

const AsyncFunction = (async () => {}).constructor

/** Components of the server are asynchronous functions: they are drawn before what is rendered gets to the browser. */
export async function resolved(node: ReactNode): Promise<ReactNode> {
  if (Array.isArray(node)) return Promise.all(node.map(resolved))
  if (!isValidElement(node)) return node
  const element = node as ReactElement<{ children?: ReactNode }>
  if (element.type instanceof AsyncFunction) {
    return resolved(await (element.type as unknown as (props: object) => Promise<ReactNode>)(element.props))
  }
  const inside = insideOf(element)
  if (inside !== undefined) return resolved(inside)
  const { children } = element.props
  if (element.type === NextIntlClientProvider && !('locale' in element.props)) {
    // On the server next-intl fills these in from the request.
    return resolved(createElement(Texts, { ...element.props, locale: await getLocale(), timeZone }))
  }
  if (children === undefined || typeof children === 'function') return element
  const inner = await resolved(children)
  if (inner === children) return element
  return createElement(element.type as FunctionComponent, { ...element.props, key: element.key } as never, inner)
}

/** What a component of the server returns at once; one that uses hooks is the browser's, and is not drawn here. */
function insideOf({ type, props }: ReactElement): ReactNode | undefined {
  if (typeof type !== 'function' || type === NextIntlClientProvider || 'isReactComponent' in (type.prototype ?? {})) {
    return undefined
  }
  try {
    return (type as (props: unknown) => ReactNode)(props)
  } catch {
    return undefined
  }
}
