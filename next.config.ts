import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { browserAliases } from './scripts/module-aliases.ts'
import { pageHeaders } from './server/endpoints/page-headers.ts'

const withMessages = createNextIntlPlugin('./messages/request.ts')

/** The content security policy needs a nonce per page: see proxy.ts. The server sets the headers of all responses. */
const securityHeaders = Object.entries(pageHeaders).map(([key, value]) => ({ key, value }))

/**
 * The demo builds once and waits for it: small files, joined modules, source maps, and what would speed up the next
 * build, cost it seconds.
 */
const isQuick = process.env.QUICK_BUILD === '1'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // It would cover the bottom of the navigation rail.
  devIndicators: false,
  experimental: {
    // A page that the account may not see answers 403 and says so within the desk.
    authInterrupts: true,
    turbopackFileSystemCacheForBuild: !isQuick,
    turbopackMinify: !isQuick,
    turbopackScopeHoisting: !isQuick,
    turbopackSourceMaps: !isQuick,
    // Fewer and larger chunks than Next makes by itself: the desk is one page that opens many parts, each a request or
    // more (docs/decisions/0031-one-kit.md).
    turbopackChunking: { requestCost: 1_000_000, minChunkSize: 150_000, maxMergeChunkSize: 500_000 },
  },
  turbopack: {
    resolveAlias: {
      ...Object.fromEntries(Object.entries(browserAliases).map(([name, path]) => [name, { browser: path }])),
      'use-intl/format-message': {
        browser: browserAliases['use-intl/format-message'],
        default: './messages/format-message.ts',
      },
    },
  },
  // `npm run check` checks the types of everything, with tests and scripts: a build would check a part of it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', 'sharp', 'postgres', 'pino', 'graphile-worker'],
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    // Keeps the secret link out of referrers to other sites. `no-referrer` would send forms with `Origin: null`.
    { source: '/phan-anh/:path*', headers: [{ key: 'Referrer-Policy', value: 'same-origin' }] },
  ],
}

export default withMessages(config)
