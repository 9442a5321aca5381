import InitColorSchemeScript from '@mui/material/InitColorSchemeScript'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Asleep } from '#components/ui/Asleep.tsx'
import { ColourModeKeeper } from '#components/ui/colour-mode.ts'
import { isEarly, keepEarlySubmits } from '#components/ui/early-submit.ts'
import { MuiTheme } from '#components/ui/MuiTheme.tsx'
import { colourModeKey, colours, tokenStylesheet } from '#components/ui/tokens.ts'
import '#components/ui/fonts.css'
import '#components/ui/base.css'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return {
    title: { default: t('product.name'), template: `%s · ${t('product.name')}` },
    description: t('product.description'),
    manifest: '/manifest.webmanifest',
    icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' }, apple: '/apple-touch-icon.png' },
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, address: false, email: false, date: false },
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: colours.light.paper },
    { media: '(prefers-color-scheme: dark)', color: colours.dark.paper },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang={locale} suppressHydrationWarning>
      <head>
        <style nonce={nonce} suppressHydrationWarning>
          {tokenStylesheet()}
        </style>
        <script nonce={nonce} suppressHydrationWarning>
          {`(${keepEarlySubmits})('${isEarly}')`}
        </script>
      </head>
      <body>
        <InitColorSchemeScript attribute="data-theme" modeStorageKey={colourModeKey} nonce={nonce} />
        <ColourModeKeeper />
        <MuiTheme nonce={nonce}>
          {/* No messages here: each group of pages sends the domains that it shows. */}
          <NextIntlClientProvider messages={null}>{children}</NextIntlClientProvider>
        </MuiTheme>
        <Asleep />
      </body>
    </html>
  )
}
