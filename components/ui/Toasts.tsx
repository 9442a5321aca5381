'use client'

import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './Toasts.module.css'
import { type ShowToast, type Toast, ToastContext, ToastLaneContext } from './toast-context.ts'
import { usePublishedHeight } from './use-published-height.ts'
import { WholeCodes } from './WholeCodes.tsx'

type Shown = Toast & { id: number; until: number | null; undoUntil: number | null; whole: number | null }

const undoSeconds = 15
const readingSeconds = 6
const atOnce = 4

/** Keeps toasts on screen across pages: it is in the layout, above the pages. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Shown[]>([])
  const [lane, setLane] = useState<HTMLElement | null>(null)
  const nextId = useRef(1)

  const close = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), [])
  const endUndo = (id: number) =>
    setToasts((shown) =>
      shown.map(({ undo, ...toast }) =>
        toast.id === id ? { ...toast, isFinal: true } : { ...toast, ...(undo && { undo }) },
      ),
    )

  const show = useCallback<ShowToast>(
    (toast) => {
      const id = nextId.current++
      const seconds = toast.seconds ?? (toast.undo ? undoSeconds : toast.tone === 'failure' ? null : readingSeconds)
      const until = untilIn(seconds)
      const whole = toast.undoSeconds ?? seconds
      const undoUntil = toast.undo ? untilIn(whole) : null
      setToasts((shown) =>
        [
          ...shown.filter(({ key }) => key === undefined || key !== toast.key),
          { ...toast, id, until, undoUntil, whole },
        ].slice(-atOnce),
      )
      return { close: () => close(id) }
    },
    [close],
  )

  // One after the other, not stacked over the work: an earlier one can still be undone, and shows again once this is
  // gone.
  const newest = toasts.findLast(({ tone }) => tone !== 'failure')
  const undoLast = (press?: KeyboardEvent) => {
    // In a dialog the key is that of the dialog.
    if (press?.target instanceof Element && press.target.closest('[role="dialog"]')) return false
    const last = toasts.findLast((toast) => toast.undo)
    if (!last) return false
    // Only a visible toast is undone: after one that cannot be, the key first shows what it would undo instead.
    if (newest?.isFinal) return close(newest.id)
    close(last.id)
    last.undo?.()
  }
  useCommands('anywhere', { 'anywhere.undo': undoLast })

  // On a phone a dialog starts below it.
  const stack = usePublishedHeight('--toasts-height')

  const cardOf = (toast: Shown) => (
    <ToastCard
      key={toast.id}
      toast={toast}
      isHidden={toast.tone !== 'failure' && toast !== newest}
      onClose={() => close(toast.id)}
      onUndoEnd={() => endUndo(toast.id)}
    />
  )
  // Failures stay over the page: they remain until they are closed.
  const isInLane = (toast: Shown) => lane !== null && toast.tone !== 'failure'
  return (
    <ToastContext value={show}>
      <ToastLaneContext value={setLane}>{children}</ToastLaneContext>
      <section ref={stack} className={styles.stack} aria-live="polite" aria-relevant="additions text">
        {toasts.filter((toast) => !isInLane(toast)).map(cardOf)}
      </section>
      {lane && createPortal(toasts.filter(isInLane).map(cardOf), lane)}
    </ToastContext>
  )
}

export function useToast(): ShowToast {
  const show = useContext(ToastContext)
  if (!show) throw new Error('useToast needs a ToastProvider above it')
  return show
}

type CardProps = { toast: Shown; isHidden: boolean; onClose: () => void; onUndoEnd: () => void }

function ToastCard({ toast, isHidden, onClose, onUndoEnd }: CardProps) {
  const t = useTranslations('common.toast')
  useSecondsLeft(toast.until, onClose, toast.undo === undefined)
  const left = useSecondsLeft(toast.undoUntil, onUndoEnd, false)
  const act = (run: () => void) => {
    onClose()
    run()
  }
  return (
    <div className={styles.toast} data-tone={toast.tone ?? 'plain'} hidden={isHidden}>
      {toast.tone === 'failure' && <TriangleAlert size={16} className={styles.icon} aria-hidden="true" />}
      {toast.tone === 'success' && <CircleCheck size={16} className={styles.icon} aria-hidden="true" />}
      {toast.undo && left !== null && <SecondsRing left={left} whole={toast.whole ?? left} />}
      <p className={styles.text}>
        <WholeCodes>{toast.text}</WholeCodes>
        {toast.note && <span className={styles.note}> · {toast.note}</span>}
      </p>
      {toast.action && (
        <button type="button" className={styles.action} onClick={() => act(toast.action?.run ?? onClose)}>
          {toast.action.label}
          {toast.action.command && <KeyHint command={toast.action.command} tone="inherit" />}
        </button>
      )}
      {toast.undo && (
        <button type="button" className={styles.action} onClick={() => act(toast.undo ?? onClose)}>
          {t('undo')}
          {/* Not announced: a live region with a countdown would never be silent. */}
          {left !== null && (
            <span className={styles.left} aria-hidden="true">
              {left}
            </span>
          )}
          <KeyHint command="anywhere.undo" tone="inherit" />
        </button>
      )}
      <IconButton label={t('close')} size="small" className={styles.close ?? ''} onClick={onClose}>
        <X />
      </IconButton>
    </div>
  )
}

/** The seconds left as a ring, where the page has a lane for it. Not announced, as the countdown beside the button. */
function SecondsRing({ left, whole }: { left: number; whole: number }) {
  return (
    <span className={styles.ring} aria-hidden="true">
      <svg viewBox="0 0 28 28" aria-hidden="true">
        <circle cx="14" cy="14" r="12" />
        <circle cx="14" cy="14" r="12" pathLength={whole} strokeDasharray={`${left} ${whole}`} />
      </svg>
      {left}
    </span>
  )
}

/** Counts the seconds and calls `onEnd` after them; if `mayWait`, not while the page is hidden. */
function useSecondsLeft(until: number | null, onEnd: () => void, mayWait: boolean): number | null {
  const [left, setLeft] = useState(() => secondsTo(until))
  const end = useRef(onEnd)
  useEffect(() => {
    end.current = onEnd
  })
  useEffect(() => {
    if (until === null) return
    const tick = setInterval(() => {
      const seconds = secondsTo(until) ?? 0
      setLeft(seconds)
      if (seconds <= 0 && !(mayWait && document.hidden)) end.current()
    }, 250)
    return () => clearInterval(tick)
  }, [until, mayWait])
  return left
}

const untilIn = (seconds: number | null) => (seconds === null ? null : Date.now() + seconds * 1000)

function secondsTo(until: number | null): number | null {
  return until === null ? null : Math.max(0, Math.ceil((until - Date.now()) / 1000))
}
