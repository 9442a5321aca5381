import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageParts } from '#components/bulletins/public/PublicDocument.tsx'
import { preferredTokenStylesheet } from '#components/ui/tokens.ts'

const components = join(process.cwd(), 'components')
const fileOf = (path: string): string => readFileSync(join(components, path), 'utf8')
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Pages of bulletins, and those of one citizen's report, which have no script at all. */
const kinds = {
  bulletin: {
    styles: ['bulletins/public/fonts.css', 'bulletins/public/public.css', 'bulletins/document/Document.module.css'],
    script: 'bulletins/public/public-page.js',
  },
  citizen: {
    styles: ['bulletins/public/fonts.css', 'bulletins/public/public.css', 'citizen-page/citizen-page.css'],
    script: null,
  },
} as const
export type PageKind = keyof typeof kinds

export type Parts = PageParts & { policy: string }

/** Style and script are inlined in the page. The policy allows exactly their text and nothing else. */
function makeParts(kind: PageKind): Parts {
  const { styles, script: path } = kinds[kind]
  const style = [preferredTokenStylesheet(), ...styles.map(fileOf)].join('\n')
  const script = path === null ? undefined : fileOf(path)
  const policy = [
    `default-src 'none'`,
    `style-src ${hashOf(style)}`,
    ...(script ? [`script-src ${hashOf(script)}`] : []),
    `img-src 'self'`,
    `font-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ')
  return { style, script, policy }
}

const made = new Map<PageKind, Parts>()

/** Read once; in development again for each page. `ancestors`: which pages may embed this one. */
export function pageParts(ancestors: `'none'` | `'self'`, kind: PageKind = 'bulletin'): Parts {
  const parts = (process.env.NODE_ENV !== 'development' && made.get(kind)) || makeParts(kind)
  made.set(kind, parts)
  return { ...parts, policy: `${parts.policy}; frame-ancestors ${ancestors}` }
}
