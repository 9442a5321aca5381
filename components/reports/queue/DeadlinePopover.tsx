'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { ClockDetails } from '#components/reports/report/ClockDetails.tsx'
import { useReport } from '#components/reports/report/use-report.ts'
import { IconButton } from '#components/ui/IconButton.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import styles from './DeadlinePopover.module.css'

export type DeadlinePopoverProps = { code: string; anchor: HTMLElement; onClose: () => void }

const margin = 8
const width = 360

/** How a row's deadline is counted: asked for when it is opened, so that the list stays light. */
export function DeadlinePopover({ code, anchor, onClose }: DeadlinePopoverProps) {
  const t = useTranslations('report.clocks')
  const { data: report } = useReport(code)
  const frame = useRef<HTMLDivElement>(null)
  const loaded = report !== undefined

  // biome-ignore lint/correctness/useExhaustiveDependencies: placed anew when what it shows has come
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const at = anchor.getBoundingClientRect()
    const { height } = element.getBoundingClientRect()
    const below = at.bottom + 6
    const top = below + height > window.innerHeight - margin ? Math.max(margin, at.top - height - 6) : below
    element.style.top = `${top}px`
    element.style.left = `${Math.max(margin, Math.min(at.left, window.innerWidth - width - margin))}px`
  }, [anchor, loaded])

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
    <div ref={frame} role="dialog" aria-label={`${t('title')} ${code}`} tabIndex={-1} className={styles.popover}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t('title')}</h2>
        <IconButton label={t('close')} size="small" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {report ? (
        <ClockDetails report={report} />
      ) : (
        <div className={styles.waiting}>
          {[1, 2, 3, 4, 5].map((line) => (
            <Skeleton key={line} height={16} />
          ))}
        </div>
      )}
    </div>
  )
}
