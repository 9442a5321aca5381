'use client'

import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { colourModeKey } from './tokens.ts'

/** The user's choice; `system` follows the machine. Stored in the browser: a dark office and a bright street differ. */
export type ColourMode = 'light' | 'dark' | 'system'

const schemeAttribute = 'data-theme'
const repaintingAttribute = 'data-repainting'

const chosen = new EventTarget()
const dark = () => window.matchMedia('(prefers-color-scheme: dark)')

function storedMode(): ColourMode {
  const stored = localStorage.getItem(colourModeKey)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Sets the scheme where the stylesheets read it, as the script at the top of the page did before the first paint. */
function paint() {
  const mode = storedMode()
  const scheme = mode === 'system' ? (dark().matches ? 'dark' : 'light') : mode
  const page = document.documentElement
  if (page.getAttribute(schemeAttribute) === scheme) return
  // Without this every button would fade through intermediate colours.
  page.toggleAttribute(repaintingAttribute, true)
  page.setAttribute(schemeAttribute, scheme)
  requestAnimationFrame(() => requestAnimationFrame(() => page.removeAttribute(repaintingAttribute)))
}

function subscribe(changed: () => void): () => void {
  chosen.addEventListener('change', changed)
  window.addEventListener('storage', changed)
  return () => {
    chosen.removeEventListener('change', changed)
    window.removeEventListener('storage', changed)
  }
}

export function useColourMode(): { mode: ColourMode; setMode: (mode: ColourMode) => void } {
  const mode = useSyncExternalStore(subscribe, storedMode, () => 'system' as const)
  const setMode = useCallback((next: ColourMode) => {
    localStorage.setItem(colourModeKey, next)
    chosen.dispatchEvent(new Event('change'))
  }, [])
  return { mode, setMode }
}

/** Follows the choice, also from another tab, and the machine's switch between light and dark. */
export function ColourModeKeeper() {
  const { mode } = useColourMode()
  useEffect(() => {
    paint()
    if (mode !== 'system') return
    const machine = dark()
    machine.addEventListener('change', paint)
    return () => machine.removeEventListener('change', paint)
  }, [mode])
  return null
}
