'use client'

import type { CSSProperties } from 'react'
import en from '#messages/en/failures.json' with { type: 'json' }
import { defaultLocale, isLocale, type Locale } from '#messages/locales.ts'
import vi from '#messages/vi/failures.json' with { type: 'json' }
import { failureOf } from '#server/platform/rules/told-failure.ts'

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

const words = { vi, en }

/** The last resort: the layout itself failed, so neither theme nor messages can be counted on. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const locale = languageOfPage()
  const { kind, fault } = failureOf(error)
  const { [kind]: told, code, retry: again } = words[locale]
  return (
    <html lang={locale}>
      <body style={page}>
        <main style={state} role="alert">
          <title>{told.title}</title>
          <h1>{told.title}</h1>
          <p>{told.sentence}</p>
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
