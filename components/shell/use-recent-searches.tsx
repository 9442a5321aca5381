'use client'

import { type ReactNode, type RefObject, useEffect, useId, useState } from 'react'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { usePreferences } from './PreferencesProvider.tsx'
import type { Place } from './RecentSearches.tsx'
import type { ShellActions } from './shell-view.ts'

/** Loaded when the page has settled: what the queue needs at once is small. */
const { Panel: RecentSearches } = lazyPanel(() => import('./panels.ts').then((panels) => panels.RecentSearches), {
  takesFocus: () => false,
})

type Way = {
  actions: Pick<ShellActions, 'rememberSearch' | 'forgetSearch'>
  box: RefObject<HTMLInputElement | null>
  /** The box has the focus and nothing is typed. */
  isOffered: boolean
  onChoose: (words: string) => void
}

/** The account's recent searches, under the box: the arrows move through them while the focus stays in the box. */
export function useRecentSearches({ actions, box, isOffered, onChoose }: Way) {
  const id = useId()
  const [recent, setRecent] = useState<readonly string[]>(usePreferences().preferences.recentSearches)
  const [place, setPlace] = useState<Place | null>(null)
  const isOpen = isOffered && recent.length > 0
  useEffect(() => {
    if (!isOpen) setPlace(null)
  }, [isOpen])

  // Without a connection the list stays as it is: it is a convenience, so its errors are not shown.
  const keep = (keeping: Promise<readonly string[]>) => void keeping.then(setRecent, () => undefined)
  const forget = (words: string) => {
    setRecent((list) => list.filter((one) => one !== words))
    setPlace(null)
    box.current?.focus()
    keep(actions.forgetSearch(words))
  }
  const at = place && recent[place.row] !== undefined ? place : null
  const words = at ? (recent[at.row] as string) : ''
  const go = (by: 1 | -1) => {
    const from = at?.row ?? (by === 1 ? -1 : 0)
    setPlace({ row: (from + by + recent.length) % recent.length, onRemove: false })
  }

  const takesKey = (key: string): boolean => {
    if (!isOpen) return false
    if (key === 'ArrowDown') go(1)
    else if (key === 'ArrowUp') go(-1)
    else if (!at) return false
    else if (key === 'ArrowRight' || key === 'ArrowLeft') setPlace({ ...at, onRemove: key === 'ArrowRight' })
    else if (key === 'Delete' || (key === 'Enter' && at.onRemove)) forget(words)
    else if (key === 'Enter') onChoose(words)
    else return false
    return true
  }
  const list: ReactNode = isOpen && (
    <RecentSearches id={id} recent={recent} place={at} onPoint={setPlace} onChoose={onChoose} onForget={forget} />
  )
  return {
    list,
    takesKey,
    remember: (asked: string) => asked !== '' && keep(actions.rememberSearch(asked)),
    boxProps: {
      role: 'combobox',
      'aria-haspopup': 'grid',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': at ? `${id}-${at.row}${at.onRemove ? '-remove' : ''}` : undefined,
    } as const,
  }
}
