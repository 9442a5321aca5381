import type { ReactNode } from 'react'
import { PublicDocument } from '#components/bulletins/public/PublicDocument.tsx'
import type { Reader } from '#components/bulletins/public/reader.ts'
import { type DrawnPage, keepPage } from '#server/bulletins/http/kept-pages.ts'
import { pageTagHeader } from '#server/bulletins/http/page-tag.ts'
import { type PageKind, pageParts } from './page-parts.ts'

export type Page = {
  reader: Reader
  title: string
  head: ReactNode
  body: ReactNode
  status?: number
  headers?: Record<string, string>
  kind?: PageKind
  /** Set where the page is embedded in the desk, which chooses light or dark. */
  framed?: { paper: 'light' | 'dark' }
}

/** Renders a page completely and sends it as it is. */
export async function answerPage(page: Page): Promise<Response> {
  const { html, ...init } = await draw(page)
  return new Response(html, init)
}

/** The same for a page with an entity tag: it is rendered once a minute, however many readers request it. */
export async function answerKept({ headers }: Request, make: () => Promise<Page>): Promise<Response> {
  const tag = headers.get(pageTagHeader)
  if (!tag) return answerPage(await make())
  const { plain, status, headers: own } = await keepPage(tag, async () => draw(await make()))
  return new Response(plain, { status, headers: own })
}

async function draw({ reader, title, head, body, status = 200, headers, kind, framed }: Page): Promise<DrawnPage> {
  // Next refuses a static import of react-dom/server, as it takes the file for a page that Next renders itself.
  const { renderToStaticMarkup } = await import('react-dom/server')
  const { policy, style, script } = pageParts(framed ? `'self'` : `'none'`, kind)
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
