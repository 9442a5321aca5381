'use client'

import { Search, X } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useEffect, useState } from 'react'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import { doorAddresses, isBehind } from './addresses.ts'
import styles from './SearchBox.module.css'
import { useSearch } from './SearchProvider.tsx'
import type { ShellActions } from './shell-view.ts'
import { useRecentSearches } from './use-recent-searches.tsx'

/** The one search box. It holds what the queue below is searched for, wherever that came from. */
export function SearchBox({ actions }: { actions: Pick<ShellActions, 'rememberSearch' | 'forgetSearch'> }) {
  const t = useTranslations('shell.search')
  const { box, submit } = useSearch()
  const [isFocused, setFocused] = useState(false)
  const inQueue = isBehind('reports', usePathname())
  const searched = useSearchParams().get('q') ?? ''
  const standing = inQueue ? searched : ''
  const [words, setWords] = useState(standing)
  useEffect(() => setWords(standing), [standing])

  const searchFor = (asked: string) => {
    setWords(asked)
    submit(asked)
    recent.remember(asked)
    box.current?.blur()
  }
  const recent = useRecentSearches({ actions, isOffered: isFocused && words === '', onChoose: searchFor })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const asked = words.trim()
    if (asked !== '' || standing !== '') searchFor(asked)
  }
  const clear = () => {
    setWords('')
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
