import { LRUCache } from 'lru-cache'
import type { ReactNode } from 'react'
import { PublicDocument } from '#components/bulletins/public/PublicDocument.tsx'
import type { Reader } from '#components/bulletins/public/reader.ts'
import { pageTagHeader } from '#server/bulletins/http/page-tag.ts'
import { readingLimits } from '#server/platform/rules/limits.ts'
import { pageParts } from './page-parts.ts'

export type Page = {
  reader: Reader
  title: string
  head: ReactNode
  body: ReactNode
  status?: number
  headers?: Record<string, string>
  /** Shown within a page of the desk, on paper that is chosen there. */
  framed?: { paper: 'light' | 'dark' }
}

type Drawn = { html: string; status: number; headers: Record<string, string> }

/** Draws a page to its last tag and sends it as it is. */
export async function answerPage(page: Page): Promise<Response> {
  return responseOf(await draw(page))
}

/** The same for a page with an entity tag: it is rendered once a minute, however many ask for it. */
export async function answerKept({ headers }: Request, make: () => Promise<Page>): Promise<Response> {
  const tag = headers.get(pageTagHeader)
  return responseOf(tag ? await kept.forceFetch(tag, { context: make }) : await draw(await make()))
}

const kept = new LRUCache<string, Drawn, () => Promise<Page>>({
  maxSize: readingLimits.keptBytes,
  ttl: readingLimits.keptSeconds * 1000,
  // A request that waits is still answered when its entry has been evicted meanwhile.
  ignoreFetchAbort: true,
  // A character takes two bytes.
  sizeCalculation: ({ html }) => html.length * 2,
  fetchMethod: async (_tag, _stale, { context: make }) => draw(await make()),
})

async function draw({ reader, title, head, body, status = 200, headers, framed }: Page): Promise<Drawn> {
  // Next refuses this import at the head of a file, where pages that it draws itself would be meant.
  const { renderToStaticMarkup } = await import('react-dom/server')
  const { policy, style, script } = pageParts(framed ? `'self'` : `'none'`)
  const markup = renderToStaticMarkup(
    <PublicDocument
      locale={reader.locale}
      title={title}
      paper={framed?.paper}
      head={head}
      style={style}
      script={script}
    >
      {body}
    </PublicDocument>,
  )
  return {
    html: `<!doctype html>${markup}`,
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': reader.locale,
      'content-security-policy': policy,
      ...headers,
    },
  }
}

const responseOf = ({ html, ...init }: Drawn): Response => new Response(html, init)
