'use client'

import GlobalStyles from '@mui/material/GlobalStyles'
import { ThemeProvider } from '@mui/material/styles'
import { AppRouterCacheProvider } from '@mui/material-nextjs/v16-appRouter'
import type { ReactNode } from 'react'
import { theme } from './theme.ts'
import { asCustomProperties, colours, sizes } from './tokens.ts'

const customProperties = {
  ':root': { ...asCustomProperties(sizes), ...asCustomProperties(colours.light) },
  '[data-theme="dark"]': asCustomProperties(colours.dark),
  '@media print': { ':root, [data-theme="dark"]': asCustomProperties(colours.light) },
}

type Props = { nonce: string | undefined; children: ReactNode }

/** The theme for everything below. MUI's styles live in a cascade layer, so a component's own stylesheet always wins. */
export function ThemeRegistry({ nonce, children }: Props) {
  return (
    <AppRouterCacheProvider options={{ key: 'desk', enableCssLayer: true, ...(nonce === undefined ? {} : { nonce }) }}>
      <ThemeProvider theme={theme} defaultMode="system">
        <GlobalStyles styles={customProperties} />
        {children}
      </ThemeProvider>
    </AppRouterCacheProvider>
  )
}
