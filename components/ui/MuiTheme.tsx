'use client'

import createCache, { type EmotionCache } from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import { ThemeProvider } from '@mui/material/styles'
import { useServerInsertedHTML } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { theme } from './theme.ts'
import { colourModeKey } from './tokens.ts'

type Props = {
  /** The policy of the page allows only styles with its nonce. */
  nonce: string | undefined
  children: ReactNode
}

/**
 * MUI for the whole desk. The page's own attribute decides on light or dark: MUI only writes the variables of both. Its
 * styles go into the cascade layer `mui`, so a component's own stylesheet always wins. What the server renders carries
 * its styles in the head, before the elements that they style.
 */
export function MuiTheme({ nonce, children }: Props) {
  const [{ cache, takeNew }] = useState(() => layeredCache(nonce))
  useServerInsertedHTML(() => {
    const { shared, own } = takeNew()
    return (
      <>
        {shared.map(({ name, css }) => (
          <Style key={name} nonce={nonce} names={`${cache.key}-global ${name}`} css={css} />
        ))}
        {own.length > 0 && (
          <Style
            nonce={nonce}
            names={`${cache.key} ${own.map(({ name }) => name).join(' ')}`}
            css={own.map(({ css }) => css).join('')}
          />
        )}
      </>
    )
  })
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={colourModeKey} colorSchemeNode={null}>
        {children}
      </ThemeProvider>
    </CacheProvider>
  )
}

type StyleProps = { nonce: string | undefined; names: string; css: string }

/** Emotion finds by the names in the browser what the server has sent. */
function Style({ nonce, names, css }: StyleProps) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: styles of the theme, of which no part is typed by anyone
  return <style nonce={nonce} data-emotion={names} dangerouslySetInnerHTML={{ __html: css }} />
}

type Inserted = { name: string; isShared: boolean }

/** A cache of Emotion whose styles are in the layer, and which knows the styles that were added since the last look. */
function layeredCache(nonce: string | undefined) {
  const cache: EmotionCache = createCache({ key: 'desk', ...(nonce && { nonce }) })
  // The styles of a page stand together in its head, not before each element.
  cache.compat = true
  const { insert } = cache
  let added: Inserted[] = []
  cache.insert = (selector, serialized, ...rest) => {
    if (cache.inserted[serialized.name] === undefined) added.push({ name: serialized.name, isShared: selector === '' })
    // A cached rule passes through here again on each use.
    const styles = serialized.styles.startsWith('@layer') ? serialized.styles : `@layer mui{${serialized.styles}}`
    return insert(selector, { ...serialized, styles }, ...rest)
  }
  const takeNew = () => {
    const known = added.flatMap(({ name, isShared }) => {
      const css = cache.inserted[name]
      return typeof css === 'string' ? [{ name, isShared, css }] : []
    })
    added = []
    return { shared: known.filter(({ isShared }) => isShared), own: known.filter(({ isShared }) => !isShared) }
  }
  return { cache, takeNew }
}
