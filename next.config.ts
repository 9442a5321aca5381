import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { pageHeaders } from './server/endpoints/page-headers.ts'

const withMessages = createNextIntlPlugin('./messages/request.ts')

/** The content security policy needs a nonce per page: see proxy.ts. What every answer carries, the server sets. */
const securityHeaders = Object.entries(pageHeaders).map(([key, value]) => ({ key, value }))

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // It would cover the foot of the rail.
  devIndicators: false,
  // A page that the account may not see answers 403 and says so within the desk.
  experimental: { authInterrupts: true },
  // `npm run check` reads the types of everything, with tests and scripts: here a part of it would be read once more.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', 'sharp', 'postgres', 'pino', 'graphile-worker'],
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
}

export default withMessages(config)
