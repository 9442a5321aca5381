import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { messagesOf } from '#messages/catalog.ts'
import { defaultLocale, isLocale, type Locale, localeCookie } from '#messages/locales.ts'
import type { DomainError } from '#server/platform/errors.ts'
import { refusalHeaders } from '#server/platform/rules/failure.ts'
import { failureOfRefusal } from '#server/platform/rules/public-failure.ts'
import { httpStatusOf } from '#server/procedures/refusals.ts'
import { cookieOf } from '../endpoints/request.ts'

/**
 * The page is self-contained, like the error pages of Next: without script and files, in the desk's colours
 * (components/ui/tokens.ts).
 */
const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #17212e; --ink-2: #51606f; --line: #e4e8ed; --accent: #0b5fa5; --on-accent: #fff }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161e27; --ink: #e8edf2; --ink-2: #a8b4c0; --line: #273240; --accent: #6db3ee; --on-accent: #0b1a29 }
}
* { box-sizing: border-box; margin: 0 }
body { display: grid; min-height: 100vh; place-items: center; padding: 24px; background: var(--paper); color: var(--ink);
  font: 0.9375rem/1.55 'Be Vietnam Pro', system-ui, sans-serif }
main { display: grid; justify-items: center; gap: 8px; max-width: 440px; text-align: center; text-wrap: pretty }
h1 { font-size: 1.125rem; text-wrap: balance }
p { color: var(--ink-2) }
code { font-size: 0.8125rem }
a { margin-top: 12px; padding: 8px 16px; border-radius: 6px; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
footer { margin-top: 24px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--ink-2); font-size: 0.8125rem }`

const policy = [
  `default-src 'none'`,
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

/**
 * Replaces a page whose rendering could not begin. Its only link is the same address again, which changes nothing.
 */
export function answerFailurePage(request: IncomingMessage, response: ServerResponse, refusal: DomainError): void {
  const { kind, fault } = failureOfRefusal(refusal)
  const status = httpStatusOf(refusal.code)
  const locale = languageOf(request)
  const { failures, common } = messagesOf(locale)
  const { title, sentence } = failures[kind]
  const code = fault ? `<p><code>${failures.code.replace('{code}', fault)}</code></p>` : ''
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-language': locale,
    'content-security-policy': policy,
    'x-frame-options': 'DENY',
    vary: 'cookie, accept-language',
    ...refusalHeaders(refusal),
  })
  response.end(
    request.method === 'HEAD'
      ? undefined
      : `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} · ${common.product.name}</title><style>${style}</style></head>
<body><main role="alert"><h1>${title}</h1><p>${sentence}</p>${code}<a href="">${failures.retry}</a>
<footer>${common.product.name}</footer></main></body></html>`,
  )
}

/** The language of the address if it has one, else the one chosen before, else the browser's. */
function languageOf(request: IncomingMessage): Locale {
  if (/^\/en(?:\/|$)/.test(request.url ?? '')) return 'en'
  const chosen = cookieOf(request, localeCookie)
  if (isLocale(chosen)) return chosen
  const wanted = String(request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
  return wanted.find(isLocale) ?? defaultLocale
}
