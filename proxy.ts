import { type NextRequest, NextResponse } from 'next/server'
import { environment } from '#server/platform/environment.ts'

/**
 * A fresh nonce for every page: scripts and styles run only if this server wrote them.
 * Style attributes stay allowed because virtual lists and the colour-scheme switch place elements with them.
 */
function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development'
  // Map tiles are the only thing that may come from elsewhere, and only where the operator names the origin.
  const tiles = environment().mapTileOrigins.join(' ')
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob: ${tiles}`,
    `font-src 'self' ${tiles}`,
    `connect-src 'self' ${tiles}${development ? ' ws:' : ''}`,
    `worker-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

export function proxy(request: NextRequest) {
  const nonce = crypto.randomUUID()
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // Layouts do not know their address, but the redirect to the sign-in page must lead back to it.
  headers.set('x-address', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = {
  // Pages only: neither the API, nor files, nor the public pages, whose policy names their own style and script.
  matcher: [
    {
      source:
        '/((?!api/|_next/|(?:en/)?ban-tin(?:/|$)|phan-anh(?:/|$)|favicon.ico|.*\\.(?:mjs|js|css|png|svg|webp|woff2|geojson|txt|webmanifest)$).*)',
    },
  ],
}
