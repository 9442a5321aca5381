'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from '#components/ui/IconButton.tsx'
import styles from './RowPopover.module.css'

type Props = {
  title: string
  code: string
  anchor: HTMLElement
  /** Whether all its content has loaded: then it is positioned again. */
  isLoaded: boolean
  onClose: () => void
  children: ReactNode
}

const margin = 8
const width = 360

/** Details of one cell of a row, beside it. Esc, a press elsewhere or scrolling closes it. */
export function RowPopover({ title, code, anchor, isLoaded, onClose, children }: Props) {
  const t = useTranslations('common')
  const frame = useRef<HTMLDivElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: placed again once its content has loaded
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const at = anchor.getBoundingClientRect()
    const { height } = element.getBoundingClientRect()
    const below = at.bottom + 6
    const top = below + height > window.innerHeight - margin ? Math.max(margin, at.top - height - 6) : below
    element.style.top = `${top}px`
    element.style.left = `${Math.max(margin, Math.min(at.left, window.innerWidth - width - margin))}px`
  }, [anchor, isLoaded])

  useEffect(() => {
    const element = frame.current
    element?.focus()
    const outside = (event: Event) => {
      if (event.target instanceof Node && !element?.contains(event.target)) onClose()
    }
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      onClose()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('scroll', outside, { capture: true })
    element?.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('scroll', outside, { capture: true })
      element?.removeEventListener('keydown', press)
    }
  }, [onClose])

  return (
    <div ref={frame} role="dialog" aria-label={`${title} ${code}`} tabIndex={-1} className={styles.popover}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <IconButton label={t('close')} size="small" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {children}
    </div>
  )
}
