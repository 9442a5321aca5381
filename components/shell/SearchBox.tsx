'use client'

import { ChevronLeft, Search, X } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import {
  type ChangeEvent,
  type FormEvent,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import type { PaletteHandle, PaletteStep } from '#components/palette/Palette.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { useEarlyText } from '#components/ui/use-early-text.ts'
import { doorAddresses, isBehind } from './addresses.ts'
import styles from './SearchBox.module.css'
import { useSearch } from './SearchProvider.tsx'
import type { ShellActions, ShellView } from './shell-view.ts'
import { useRecentSearches } from './use-recent-searches.tsx'

/** Loaded when the page has settled; the box itself has the focus, and what is typed, before that. */
const { Panel: Palette } = lazyPanel(() => import('./panels.ts').then((panels) => panels.Palette), {
  takesFocus: () => false,
})

type Props = {
  view: ShellView
  actions: Pick<ShellActions, 'rememberSearch' | 'forgetSearch' | 'signOut'>
}

/** The focus stays in the box during a press on one of its buttons: without it the list closes. */
const keepFocus = (event: MouseEvent) => event.preventDefault()

/** What the box was opened for decides what Enter does first: search, or run the command that fits best. */
type Opened = 'search' | 'commands' | null

/**
 * The one box for reports, commands and pages. It shows the search of the queue below, wherever that came from; while
 * it has the focus, what is typed is searched for among everything the desk can do.
 */
export function SearchBox({ view, actions }: Props) {
  const t = useTranslations('shell.search')
  const id = useId()
  const { box, submit } = useSearch()
  const mayRead = view.nav.includes('reports')
  const [opened, setOpened] = useState<Opened>(null)
  const [step, setStep] = useState<PaletteStep | null>(null)
  const [activeId, setActiveId] = useState<string>()
  const list = useRef<PaletteHandle>(null)
  /** Enter was pressed before the code of the list has loaded. */
  const isEntered = useRef(false)
  /** What had the focus before the box. */
  const cameFrom = useRef<EventTarget | null>(null)

  const pathname = usePathname()
  const inQueue = isBehind('reports', pathname)
  const searched = useSearchParams().get('q') ?? ''
  const standing = inQueue ? searched : ''
  const [words, setWords] = useState(standing)
  /** The last search, and the page it left: it arrives after its letters, and must not replace those typed since. */
  const asked = useRef({ words: standing, from: '' })
  useEffect(() => {
    const isTyping = document.activeElement === box.current
    setWords((words) => (isTyping && words !== asked.current.words ? words : standing))
  }, [standing, box])

  const typed = opened === 'commands' || words !== standing ? words : ''
  const isListed = opened === 'commands' || (opened === 'search' && typed.trim() !== '')
  const close = () => {
    setOpened(null)
    setStep(null)
    isEntered.current = false
  }
  const leave = () => {
    close()
    setWords(standing)
    box.current?.blur()
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus({ preventScroll: true })
  }
  const open = (what: Opened) => {
    setOpened(what)
    box.current?.focus()
  }
  const openCommands = () => {
    // A dialog has to be finished first.
    if (document.querySelector('dialog[open], [role="dialog"]')) return
    setWords('')
    open('commands')
  }
  useCommands('global', {
    'global.search': () => {
      open('search')
      box.current?.select()
    },
    'global.palette': openCommands,
  })

  const searchFor = (wanted: string) => {
    close()
    setWords(wanted)
    asked.current = { words: wanted, from: pathname }
    submit(wanted)
    recent.remember(wanted)
    box.current?.blur()
  }
  const latest = useRef(searchFor)
  useEffect(() => {
    latest.current = searchFor
  })
  const search = useCallback((wanted: string) => latest.current(wanted), [])
  const recent = useRecentSearches({
    actions,
    box,
    isOffered: mayRead && opened === 'search' && words === '',
    onChoose: searchFor,
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const wanted = words.trim()
    if (mayRead && !step && (wanted !== '' || standing !== '')) searchFor(wanted)
  }
  const clear = () => {
    setWords('')
    box.current?.focus()
    // The letters of a command are no search: the one of the queue stays.
    if (opened === 'commands') return
    // A search that is still on its way is not in the address yet.
    const isOnItsWay = asked.current.from === pathname && asked.current.words !== standing
    asked.current = { words: '', from: pathname }
    if (standing !== '' || isOnItsWay) submit('')
  }

  const take = (event: KeyboardEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  const press = (event: KeyboardEvent) => {
    const { key, code, ctrlKey, metaKey, altKey } = event
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if ((ctrlKey || metaKey) && code === 'KeyK') {
      take(event)
      return opened === 'commands' ? leave() : openCommands()
    }
    if (ctrlKey || metaKey || altKey) return
    if (isListed && list.current?.press(key)) return take(event)
    if (isListed && !list.current && opened === 'commands' && key === 'Enter') {
      isEntered.current = true
      return take(event)
    }
    if (!isListed && recent.takesKey(key)) return event.preventDefault()
    if (key !== 'Escape') return
    take(event)
    leave()
  }
  const onList = useCallback((handle: PaletteHandle | null) => {
    list.current = handle
    if (!handle || !isEntered.current) return
    isEntered.current = false
    setTimeout(() => list.current?.press('Enter'))
  }, [])
  const onStep = useCallback((next: PaletteStep | null) => {
    // The emptied box keeps its list, also where the command was found by a search.
    setOpened('commands')
    setStep(next)
    setWords('')
  }, [])

  const change = ({ target }: ChangeEvent<HTMLInputElement>) => {
    setWords(target.value)
    if (document.activeElement === target) setOpened((known) => known ?? 'search')
  }
  const field = useEarlyText({ ref: box, value: words, onChange: change })

  const asksFor = step?.asks ?? t(mayRead ? 'label' : 'commandsOnly')
  const isThere = isListed && activeId !== undefined
  return (
    <search className={styles.search} data-own-keys>
      <form className={styles.form} onSubmit={send} action={doorAddresses.reports}>
        {step ? (
          <button
            type="button"
            className={styles.step}
            onMouseDown={keepFocus}
            onClick={() => list.current?.back()}
            tabIndex={-1}
          >
            <ChevronLeft size={14} aria-hidden="true" />
            <span>{step.label}</span>
          </button>
        ) : (
          <Search size={16} className={styles.glass} aria-hidden="true" />
        )}
        <input
          ref={field}
          className={styles.box}
          type="text"
          name="q"
          value={words}
          onChange={change}
          onKeyDown={press}
          onFocus={({ relatedTarget }) => {
            if (!(relatedTarget instanceof Node && box.current?.form?.contains(relatedTarget)))
              cameFrom.current = relatedTarget
            setOpened((known) => known ?? 'search')
          }}
          onBlur={() => {
            if (opened === 'commands') setWords(standing)
            close()
          }}
          {...(isListed
            ? {
                role: 'combobox',
                'aria-autocomplete': 'list',
                'aria-haspopup': 'listbox',
                'aria-expanded': isThere,
                'aria-controls': isThere ? id : undefined,
                'aria-activedescendant': isThere ? activeId : undefined,
              }
            : recent.boxProps)}
          placeholder={step?.asks ?? t(mayRead ? 'placeholder' : 'commandsOnly')}
          aria-label={asksFor}
          aria-keyshortcuts={[ariaKeysOf('global.search'), ariaKeysOf('global.palette')].filter(Boolean).join(' ')}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
        />
        {words === '' ? (
          <span className={styles.key}>
            <KeyHint command="global.palette" />
          </span>
        ) : (
          <button
            type="button"
            className={styles.clear}
            onMouseDown={keepFocus}
            onClick={clear}
            aria-label={t('clear')}
          >
            <X size={14} aria-hidden="true" />
          </button>
        )}
      </form>
      {recent.list}
      {isListed && (
        <Palette
          handle={onList}
          id={id}
          view={view}
          typed={typed}
          first={opened === 'commands' ? 'commands' : 'search'}
          onSearch={search}
          onSignOut={actions.signOut}
          onStep={onStep}
          onActive={setActiveId}
          onClose={leave}
        />
      )}
    </search>
  )
}
