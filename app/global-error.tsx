'use client'

import type { CSSProperties } from 'react'
import en from '#messages/en/failures.json' with { type: 'json' }
import { defaultLocale, isLocale, type Locale } from '#messages/locales.ts'
import vi from '#messages/vi/failures.json' with { type: 'json' }

// Style attributes instead of a stylesheet, which every page would otherwise preload for nothing.
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

// Texts of the one failure that can happen to the layout: every page preloads them, so they are few.
const words = {
  vi: { title: vi.defect.title, code: vi.code, again: vi.retry },
  en: { title: en.defect.title, code: en.code, again: en.retry },
}

/** The last resort: the layout itself failed, so neither theme nor messages are available. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const locale = languageOfPage()
  const { title, code, again } = words[locale]
  const fault = error.digest?.split(':').at(-1)
  return (
    <html lang={locale}>
      <body style={page}>
        <main style={state} role="alert">
          <title>{title}</title>
          <h1>{title}</h1>
          {fault && <p>{code.replace('{code}', fault)}</p>}
          <button type="button" onClick={retry}>
            {again}
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
