'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import {
  type ComponentType,
  createContext,
  createElement,
  Fragment,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { holdKeys, isPlace } from '#components/keyboard/hold.ts'
import { CodeMissing, PanelBoundary } from './PanelBoundary.tsx'
import { ToastContext } from './toast-context.ts'
import { useIsHydrating } from './use-is-hydrating.ts'

const preloads: (() => unknown)[] = []

/** Preloads the code of every panel that this page may open, once the browser has time. */
export function preloadPanels(): void {
  // An error is shown where the panel is opened.
  for (const preload of preloads) void Promise.resolve(preload()).catch(() => undefined)
}

/** Milliseconds. Longer than a dialog takes to open and to pass its focus on. */
const settled = 300

const ArrivalContext = createContext<() => void>(() => undefined)

type Options<Props> = {
  loading?: () => ReactNode
  /** Whether it takes the focus when it opens: then the keyboard waits for it. */
  takesFocus?: (props: Props) => boolean
  /** Too heavy to be fetched before it is wanted. */
  onDemand?: boolean
  /** Nothing that anyone waits for: where its code is missing its place stays empty. */
  silent?: boolean
}

/**
 * A component that is not part of the first script of a page: fetched when the browser has time, or when it is first
 * shown. Once fetched it is rendered at once; until it has the focus no key acts on the page below.
 */
export function lazyPanel<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { loading, takesFocus = () => true, onDemand = false, silent = false }: Options<Props> = {},
): { Panel: ComponentType<Props>; preload: () => void } {
  let known: ComponentType<Props> | undefined
  const loadKept = async () => {
    const Bare = await load()
    known ??= (props) => createElement(Fragment, null, createElement(Bare, props), createElement(Arrival))
    return known
  }
  const loadNow = () =>
    loadKept().catch((cause) => {
      throw new CodeMissing('The code of a panel could not be fetched', { cause })
    })
  if (!onDemand) preloads.push(loadKept)
  const begin = () => dynamic<Props>(loadNow, { ssr: false, ...(loading && { loading }) })
  // A failed import stays failed: the next opening imports again.
  const source: Source<Props> = {
    current: begin(),
    known: () => known,
    renew: () => {
      source.current = begin()
    },
  }
  return {
    Panel: holding(source, takesFocus, silent),
    preload: () => {
      void loadKept().catch(() => undefined)
    },
  }
}

type Source<Props> = {
  current: ComponentType<Props>
  /** Its code itself, once that is loaded. */
  known: () => ComponentType<Props> | undefined
  renew: () => void
}

/**
 * The panel as it is put on a page: it holds the keyboard while it loads. Where its code cannot be loaded it closes
 * with a message, and the page stays as it is.
 */
function holding<Props extends object>(
  source: Source<Props>,
  takesFocus: (props: Props) => boolean,
  silent: boolean,
): ComponentType<Props> {
  return (props) => {
    const onClose = 'onClose' in props ? (props.onClose as () => void) : undefined
    const t = useTranslations('failures.unreachable')
    const toast = useContext(ToastContext)
    // The server sends none: what hydrates waits, however late.
    const isHydrating = useIsHydrating()
    const [loaded, setLoaded] = useState(() => (isHydrating ? undefined : source.known()) ?? source.current)
    const [isMissing, setMissing] = useState(false)
    const onMissing = () => {
      source.renew()
      if (!onClose) return setMissing(true)
      toast?.({ text: `${t('title')}. ${t('sentence')}`, tone: 'failure', key: 'panel-missing' })
      onClose()
    }
    const tryAgain = () => {
      setLoaded(() => source.current)
      setMissing(false)
    }
    if (isMissing) return createElement(Missing, { onRetry: tryAgain, silent })
    const held = createElement(Held, { wanted: takesFocus(props), onClose }, createElement(loaded, props))
    return createElement(PanelBoundary, { onMissing }, held)
  }
}

const moments = ['online', 'focus'] as const

/**
 * Replaces a part that cannot be closed, until it is asked for again, the connection is back or the page is returned
 * to.
 */
function Missing({ onRetry, silent }: { onRetry: () => void; silent: boolean }) {
  const t = useTranslations('failures')
  useEffect(() => {
    // A server that was down for a moment is no lost connection: then the next look at the page asks again.
    for (const moment of moments) addEventListener(moment, onRetry)
    return () => {
      for (const moment of moments) removeEventListener(moment, onRetry)
    }
  })
  if (silent) return null
  return createElement(
    'p',
    { role: 'alert' },
    t('unreachable.title'),
    ' ',
    createElement('button', { type: 'button', onClick: onRetry }, t('retry')),
  )
}

type HeldProps = { wanted: boolean; onClose: (() => void) | undefined; children?: ReactNode }

/**
 * Holds the keyboard from now until the panel has mounted and had time to take the focus; not at all where it has taken
 * it at once.
 */
function Held({ wanted, onClose, children }: HeldProps) {
  const [focusedBefore] = useState(() => (typeof document === 'undefined' ? null : document.activeElement))
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  const release = useRef(() => {})
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const arrived = useCallback(() => {
    timer.current = setTimeout(() => release.current(), settled)
  }, [])
  // Before the first paint: the next key may come at once.
  useLayoutEffect(() => {
    const focused = document.activeElement
    if (!wanted || (focused !== focusedBefore && isPlace(focused))) return
    const letGo = holdKeys(() => close.current?.())
    release.current = letGo
    return () => {
      clearTimeout(timer.current)
      letGo()
    }
  }, [wanted, focusedBefore])
  return createElement(ArrivalContext, { value: arrived }, children)
}

/** Rendered beside the panel inside the lazy code: its effect signals that everything has loaded. */
function Arrival() {
  const arrived = useContext(ArrivalContext)
  useEffect(() => arrived(), [arrived])
  return null
}
