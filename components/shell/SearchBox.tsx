'use client'

import { Search, X } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import { doorAddresses, isBehind } from './addresses.ts'
import styles from './SearchBox.module.css'
import { useSearch } from './SearchProvider.tsx'
import type { ShellActions } from './shell-view.ts'
import { useRecentSearches } from './use-recent-searches.tsx'

/** The one search box. It shows the search of the queue below, wherever that came from. */
export function SearchBox({ actions }: { actions: Pick<ShellActions, 'rememberSearch' | 'forgetSearch'> }) {
  const t = useTranslations('shell.search')
  const { box, submit } = useSearch()
  const [isFocused, setFocused] = useState(false)
  const inQueue = isBehind('reports', usePathname())
  const searched = useSearchParams().get('q') ?? ''
  const standing = inQueue ? searched : ''
  const [words, setWords] = useState(standing)
  /** The last search: it arrives after its letters, and must not replace those typed meanwhile. */
  const asked = useRef(standing)
  useEffect(() => {
    const isTyping = document.activeElement === box.current
    setWords((words) => (isTyping && words !== asked.current ? words : standing))
  }, [standing, box])

  const searchFor = (wanted: string) => {
    setWords(wanted)
    asked.current = wanted
    submit(wanted)
    recent.remember(wanted)
    box.current?.blur()
  }
  const recent = useRecentSearches({ actions, box, isOffered: isFocused && words === '', onChoose: searchFor })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const wanted = words.trim()
    if (wanted !== '' || standing !== '') searchFor(wanted)
  }
  const clear = () => {
    setWords('')
    asked.current = ''
    if (standing !== '') submit('')
    box.current?.focus()
  }
  const press = (press: KeyboardEvent) => {
    if (press.nativeEvent.isComposing) return
    if (recent.takesKey(press.key)) return press.preventDefault()
    if (press.key !== 'Escape') return
    setWords(standing)
    box.current?.blur()
  }

  return (
    <search className={styles.search}>
      <form className={styles.form} onSubmit={send} action={doorAddresses.reports}>
        <Search size={16} className={styles.glass} aria-hidden="true" />
        <input
          ref={box}
          className={styles.box}
          type="text"
          name="q"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={press}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          {...recent.boxProps}
          placeholder={t('placeholder')}
          aria-label={t('label')}
          aria-keyshortcuts={ariaKeysOf('global.search')}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
        />
        {words === '' ? (
          <span className={styles.key}>
            <KeyHint command="global.search" />
          </span>
        ) : (
          <button type="button" className={styles.clear} onClick={clear} aria-label={t('clear')}>
            <X size={14} aria-hidden="true" />
          </button>
        )}
      </form>
      {recent.list}
    </search>
  )
}
