import type { ReactNode } from 'react'
import { colours } from '#components/ui/tokens.ts'
import type { Locale } from '#messages/locales.ts'

/** What every public page inlines, so that one response is the whole page. */
export type PageParts = { style: string; script?: string | undefined }

type Props = PageParts & {
  locale: Locale
  title: string
  paper?: 'light' | 'dark' | undefined
  head?: ReactNode
  children: ReactNode
}

/** A page as the server sends it: nothing in the browser renders it again. */
export function PublicDocument({ locale, title, paper, head, style, script, children }: Props) {
  return (
    <html lang={locale} data-paper={paper}>
      {/* biome-ignore lint/style/noHeadElement: this is the document itself, which Next does not draw */}
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{title}</title>
        {head}
        <meta name="theme-color" media="(prefers-color-scheme: light)" content={colours.light.paper} />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content={colours.dark.paper} />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a file of our own, named by its hash in the policy */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {children}
        {script && (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a file of our own, named by its hash in the policy
          <script dangerouslySetInnerHTML={{ __html: script }} />
        )}
      </body>
    </html>
  )
}
