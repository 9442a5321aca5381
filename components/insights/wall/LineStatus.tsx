'use client'

import { LogIn, WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { Fault } from './line.ts'
import styles from './Wall.module.css'

type Props = {
  fault: Fault | null
  asOf: Date
  /** When the figures arrived, and when they are requested again. */
  since: number
  nextAt: number | null
  now: Date | null
}

/** How old the figures are: unobtrusive while all is well, spelled out when no newer ones can be loaded. */
export function LineStatus({ fault, asOf, since, nextAt, now }: Props) {
  const t = useTranslations('storm.wall')
  const format = useFormat()
  const ageOf = useAge()
  const at = format.dateTime(asOf)
  const seconds = now && nextAt !== null ? Math.max(0, Math.ceil((nextAt - now.getTime()) / 1000)) : null
  const Icon = fault === 'lost' ? WifiOff : LogIn
  return (
    <div role="status" className={styles.line} data-fault={fault ?? undefined}>
      {fault === null ? (
        <p>{t('asOf', { at })}</p>
      ) : (
        <>
          <Icon aria-hidden="true" />
          <p>{t(fault, { at, age: ageOf(Math.max(0, (now?.getTime() ?? since) - since)) })}</p>
          {fault === 'lost' && (
            // Counted down visually only: read aloud it would never stop.
            <p className={styles.retry} aria-hidden="true">
              {seconds === null ? t('retrying') : t('retry', { seconds })}
            </p>
          )}
        </>
      )}
    </div>
  )
}

function useAge() {
  const t = useTranslations('storm.wall.ages')
  return (milliseconds: number): string => {
    const seconds = Math.floor(milliseconds / 1000)
    // In steps of five below a minute: the text is read aloud when it changes.
    if (seconds < 60) return t('seconds', { count: Math.max(5, seconds - (seconds % 5)) })
    if (seconds < 3600) return t('minutes', { count: Math.floor(seconds / 60) })
    if (seconds < 172_800) return t('hours', { count: Math.floor(seconds / 3600) })
    return t('days', { count: Math.floor(seconds / 86_400) })
  }
}
