'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { LinkButton } from '#components/ui/LinkButton.tsx'
import { PinSign } from '../PinSign.tsx'
import styles from './PinCard.module.css'
import { RowStanding, useRowDeadline } from './RowStanding.tsx'
import type { MapRow } from './use-map-list.ts'

type Props = {
  row: MapRow
  href: string
  /** The list has no row of it that could take the focus. */
  takesFocus: boolean
  onPeek: () => void
}

/** What to know of the selected report, beside its pin. */
export function PinCard({ row, href, takesFocus, onPeek }: Props) {
  const t = useTranslations('map.card')
  const keys = useTranslations('reports.queue.hints')
  const deadline = useRowDeadline(row)
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (takesFocus) link.current?.focus({ preventScroll: true })
  }, [takesFocus])
  return (
    <article aria-label={t('label')} className={styles.card}>
      <p className={styles.line}>
        <span className={styles.standing}>
          <PinSign group={deadline.kind} />
          <RowStanding row={row} deadline={deadline} />
        </span>
        <span className={styles.quiet}>{t('reporters', { count: row.citizens })}</span>
      </p>
      <a ref={link} href={href} className={styles.title} lang="vi">
        {row.title}
      </a>
      <p className={styles.where}>
        {[row.address || row.areaName, row.agencyName, row.assigneeName].filter(Boolean).join(' · ')}
      </p>
      <p className={styles.keys}>
        <a href={href} tabIndex={-1}>
          <KeyHint command="list.open" /> {keys('open')}
        </a>
        <LinkButton onClick={onPeek}>
          <KeyHint command="list.peek" /> {keys('peek')}
        </LinkButton>
      </p>
    </article>
  )
}
