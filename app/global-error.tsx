'use client'

import type { CSSProperties } from 'react'
import en from '#messages/en/common.json' with { type: 'json' }
import { defaultLocale, isLocale, type Locale } from '#messages/locales.ts'
import vi from '#messages/vi/common.json' with { type: 'json' }

// Style attributes rather than a stylesheet: every page would otherwise load it in advance for nothing.
const page: CSSProperties = {
  display: 'grid',
  placeItems: 'center',
  minHeight: '100vh',
  margin: 0,
  background: 'Canvas',
  color: 'CanvasText',
  colorScheme: 'light dark',
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
}
const state: CSSProperties = { maxWidth: 440, padding: 24, lineHeight: 1.5, textAlign: 'center' }

const words = { vi: vi.failure, en: en.failure }

/** The last resort: the layout itself failed, so neither theme nor messages can be counted on. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const locale = languageOfPage()
  const { title, sentence, code, retry } = words[locale]
  return (
    <html lang={locale}>
      <body style={page}>
        <main style={state} role="alert">
          <title>{title}</title>
          <h1>{title}</h1>
          <p>{sentence}</p>
          {error.digest && <p>{code.replace('{code}', error.digest)}</p>}
          <button type="button" onClick={reset}>
            {retry}
          </button>
        </main>
      </body>
    </html>
  )
}

function languageOfPage(): Locale {
  const lang = typeof document === 'undefined' ? undefined : document.documentElement.lang
  return isLocale(lang) ? lang : defaultLocale
}
