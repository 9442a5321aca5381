'use client'

import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import type { CommandId } from '#components/keyboard/commands.ts'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import styles from './Hint.module.css'

type Handlers = {
  onPointerEnter?: (event: PointerEvent) => void
  onPointerLeave?: (event: PointerEvent) => void
  onFocus?: (event: FocusEvent) => void
  onBlur?: (event: FocusEvent) => void
  onPointerDown?: (event: PointerEvent) => void
  'aria-describedby'?: string | undefined
}

type Props = {
  text: string
  command?: CommandId | undefined
  side?: 'below' | 'right'
  /** The text is the control's own name, which is announced anyway. */
  names?: boolean
  /** One element that passes on pointer and focus handlers. */
  children: ReactElement<Handlers>
}

const restBeforeShowing = 350
const gap = 6

/**
 * A short text beside a control while it is hovered or has the keyboard focus (WCAG 1.4.13: it stays while hovered, and
 * Esc hides it). Much lighter than a positioning library, which would cost a page of rows on every row.
 */
export function Hint({ text, command, side = 'below', names = false, children }: Props) {
  const id = useId()
  const [anchor, setAnchor] = useState<DOMRect | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const hide = () => {
    clearTimeout(timer.current)
    setAnchor(null)
  }
  const show = (element: Element, after: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAnchor(element.getBoundingClientRect()), after)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const own = children.props
  const child = cloneElement<Handlers>(children, {
    onPointerEnter: (event) => {
      own.onPointerEnter?.(event)
      if (event.pointerType !== 'touch') show(event.currentTarget, restBeforeShowing)
    },
    onPointerLeave: (event) => {
      own.onPointerLeave?.(event)
      hide()
    },
    onPointerDown: (event) => {
      own.onPointerDown?.(event)
      hide()
    },
    onFocus: (event) => {
      own.onFocus?.(event)
      if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget, 0)
    },
    onBlur: (event) => {
      own.onBlur?.(event)
      hide()
    },
    'aria-describedby': anchor && !names ? id : own['aria-describedby'],
  })

  return (
    <>
      {child}
      {anchor && (
        <Bubble id={id} anchor={anchor} side={side} onDismiss={hide}>
          {text}
          {command && <KeyHint command={command} tone="inherit" />}
        </Bubble>
      )}
    </>
  )
}

type BubbleProps = {
  id: string
  anchor: DOMRect
  side: 'below' | 'right'
  onDismiss: () => void
  children: ReactNode
}

function Bubble({ id, anchor, side, onDismiss, children }: BubbleProps) {
  const bubble = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const element = bubble.current
    if (!element) return
    const { width, height } = element.getBoundingClientRect()
    const left = side === 'right' ? anchor.right + gap : anchor.left + anchor.width / 2 - width / 2
    const below = side === 'right' ? anchor.top + anchor.height / 2 - height / 2 : anchor.bottom + gap
    const top = below + height > window.innerHeight - gap ? anchor.top - height - gap : below
    element.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - width - gap))}px`
    element.style.top = `${Math.max(gap, top)}px`
    element.style.visibility = 'visible'
  }, [anchor, side])

  useEffect(() => {
    const listen = (press: KeyboardEvent) => {
      if (press.key === 'Escape') onDismiss()
    }
    document.addEventListener('keydown', listen, { capture: true })
    window.addEventListener('scroll', onDismiss, { capture: true, once: true })
    return () => {
      document.removeEventListener('keydown', listen, { capture: true })
      window.removeEventListener('scroll', onDismiss, { capture: true })
    }
  }, [onDismiss])

  return createPortal(
    <div ref={bubble} id={id} role="tooltip" className={styles.bubble}>
      {children}
    </div>,
    document.body,
  )
}
