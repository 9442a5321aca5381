'use client'

import { CalendarPlus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import { DeadlineChip } from '#components/reports/DeadlineChip.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { ClockDetails } from './ClockDetails.tsx'
import styles from './DeadlineClock.module.css'
import { mayDo, useReportDesk } from './desk.ts'
import { isReachable } from './reachable.ts'

/** The chip of the deadline; a click shows how the deadline is computed. */
export function DeadlineClock({ short = false }: { short?: boolean }) {
  const t = useTranslations('report.clocks')
  const moves = useTranslations('reports.moves')
  const { report, open } = useReportDesk()
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const [shown, setShown] = useState(false)

  useEffect(() => {
    if (!shown) return
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setShown(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [shown])

  const close = () => {
    setShown(false)
    button.current?.focus()
  }
  useCommands('row', {
    'row.deadline': () => {
      if (!isReachable(button.current)) return false
      setShown(true)
      button.current?.focus()
    },
  })
  useCommands('report', { 'report.back': close }, { active: shown })

  return (
    <div ref={frame} className={styles.frame}>
      <button
        ref={button}
        type="button"
        className={styles.chip}
        aria-expanded={shown}
        aria-controls={id}
        aria-keyshortcuts={ariaKeysOf('row.deadline')}
        title={t('open')}
        onClick={() => setShown(!shown)}
      >
        <DeadlineStateChip report={report} short={short} />
      </button>
      <section id={id} className={styles.popover} hidden={!shown} aria-label={t('title')}>
        <header className={styles.head}>
          <h2 className={styles.title}>{t('title')}</h2>
          <IconButton label={t('close')} size="small" onClick={close}>
            <X />
          </IconButton>
        </header>
        <ClockDetails report={report} />
        {mayDo(report, 'request_extension') && (
          <footer className={styles.foot}>
            <Button
              size="small"
              icon={<CalendarPlus />}
              onClick={() => {
                setShown(false)
                open('request_extension')
              }}
            >
              {moves('request_extension')}
            </Button>
          </footer>
        )}
      </section>
    </div>
  )
}

/** While a clock runs, its state; once all have stopped, whether the promise was kept. */
function DeadlineStateChip({ report, short }: { report: ReportView; short: boolean }) {
  const t = useTranslations('report.clocks')
  const last = report.clocks.at(-1)
  if (report.deadline.kind !== 'none' || !last?.stoppedAt)
    return <DeadlineChip deadline={report.deadline} short={short} />
  const kept = last.remainingMinutes >= 0
  return <StatusChip status={kept ? 'in_time' : 'overdue'}>{t(kept ? 'kept' : 'missed')}</StatusChip>
}
