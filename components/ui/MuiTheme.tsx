'use client'

import createCache, { type EmotionCache } from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import { ThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { theme } from './theme.ts'
import { colourModeKey } from './tokens.ts'

/**
 * MUI for its children. The page's own attribute decides on light or dark: MUI only writes the variables of both. Its
 * styles go into the cascade layer `mui`, so a component's own stylesheet always wins.
 */
export function MuiTheme({ children }: { children?: ReactNode }) {
  return (
    <CacheProvider value={pageCache()}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={colourModeKey} colorSchemeNode={null}>
        {children}
      </ThemeProvider>
    </CacheProvider>
  )
}

let cache: EmotionCache | undefined

/** One for the whole page: the styles of one dialog serve the next one. */
function pageCache(): EmotionCache {
  cache ??= layeredCache()
  return cache
}

function layeredCache(): EmotionCache {
  // The policy of the page allows only styles with its nonce.
  const nonce = document.querySelector<HTMLElement>('[nonce]')?.nonce
  const made = createCache({ key: 'desk', ...(nonce && { nonce }) })
  const { insert } = made
  made.insert = (selector, serialized, ...rest) => {
    // A cached rule passes through here again on each use.
    const styles = serialized.styles.startsWith('@layer') ? serialized.styles : `@layer mui{${serialized.styles}}`
    return insert(selector, { ...serialized, styles }, ...rest)
  }
  return made
}
