import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTranslator } from 'next-intl'
import { ApiDocs } from '#components/rest/ApiDocs.tsx'
import { preferredTokenStylesheet } from '#components/ui/tokens.ts'
import { messagesOf } from '#messages/catalog.ts'
import { apiHome, document } from '#server/rest/http/document.ts'

/** The REST interface as one complete page with inline style, without scripts and without requests to other servers. */
export async function GET(request: Request): Promise<Response> {
  const locale = new URL(request.url).searchParams.get('lang') === 'en' ? 'en' : 'vi'
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: 'apiDocs' })
  // Next refuses a static import of react-dom/server, because it assumes a page that Next renders itself.
  const { renderToStaticMarkup } = await import('react-dom/server')
  const { style, policy } = parts()
  const markup = renderToStaticMarkup(
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t('title')}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a file of our own, named by its hash in the policy */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <ApiDocs document={document(apiHome(request.headers))} locale={locale} t={t} />
      </body>
    </html>,
  )
  return new Response(`<!doctype html>${markup}`, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      'content-security-policy': policy,
      'cache-control': 'no-cache',
    },
  })
}

let made: { style: string; policy: string } | undefined

function parts() {
  if (!made || process.env.NODE_ENV === 'development') {
    const own = readFileSync(join(process.cwd(), 'components/rest/api-docs.css'), 'utf8')
    const style = `${preferredTokenStylesheet()}\n${own}`
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
    made = { style, policy }
  }
  return made
}
