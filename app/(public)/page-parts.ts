import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageParts } from '#components/bulletins/public/PublicDocument.tsx'
import { preferredTokenStylesheet } from '#components/ui/tokens.ts'

const bulletins = join(process.cwd(), 'components/bulletins')
const fileOf = (path: string): string => readFileSync(join(bulletins, path), 'utf8')
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export type Parts = PageParts & { policy: string }

/** Style and script are inlined in the page. The policy allows exactly their text and nothing else. */
function makeParts(): Parts {
  const style = [
    preferredTokenStylesheet(),
    ...['public/fonts.css', 'public/public.css', 'document/Document.module.css'].map(fileOf),
  ].join('\n')
  const script = fileOf('public/public-page.js')
  const policy = [
    `default-src 'none'`,
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    `img-src 'self'`,
    `font-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ')
  return { style, script, policy }
}

let made: Parts | undefined

/** Read once; in development again for each page. `ancestors`: which pages may embed this one. */
export function pageParts(ancestors: `'none'` | `'self'`): Parts {
  if (!made || process.env.NODE_ENV === 'development') made = makeParts()
  return { ...made, policy: `${made.policy}; frame-ancestors ${ancestors}` }
}
