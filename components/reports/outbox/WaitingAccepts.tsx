'use client'

import { CloudUpload, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useReportCache } from '#components/reports/report/use-report.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { useOnline } from '#components/ui/use-online.ts'
import { dropWaiting, isAccept, useOutbox, type WaitingAccept } from './outbox.ts'
import styles from './RefusedNotes.module.css'

/** On a report: that its acceptance waits for a line, and can be taken back until it has gone out; or that it was refused, and why. */
export function WaitingAcceptOn({ accountId, reportId }: { accountId: string; reportId: number }) {
  const t = useTranslations('outbox')
  const { refreshShown } = useReportCache()
  const isOnline = useOnline()
  const own = useOutbox(accountId)
    .filter(isAccept)
    .filter((accept) => accept.reportId === reportId)
  const takeBack = (accept: WaitingAccept) => {
    dropWaiting(accept)
    void refreshShown(accept.code)
  }
  return own.map((accept) =>
    accept.refusal ? (
      <RefusedAccept key={accept.id} accept={accept} title={t('acceptRefusedHere')} />
    ) : accept.isLate || !isOnline ? (
      <section key={accept.id} className={styles.card} aria-label={t('acceptWaits')}>
        <p className={styles.title}>
          <CloudUpload size={15} aria-hidden="true" />
          {t('acceptWaits')}
        </p>
        <p className={styles.reason}>{t('acceptWaitsWords')}</p>
        <div className={styles.actions}>
          <Button size="small" onClick={() => takeBack(accept)}>
            {t('takeBack')}
          </Button>
        </div>
      </section>
    ) : null,
  )
}

/** Wherever they were pressed. */
export function RefusedAccepts({ accountId }: { accountId: string }) {
  const t = useTranslations('outbox')
  const refused = useOutbox(accountId)
    .filter(isAccept)
    .filter(({ refusal }) => refusal)
  return refused.map((accept) => (
    <RefusedAccept key={accept.id} accept={accept} title={t('acceptRefusedOn', { code: accept.code })}>
      <Link className={styles.open} href={`/reports/${accept.code}`}>
        {t('open')}
      </Link>
    </RefusedAccept>
  ))
}

function RefusedAccept({ accept, title, children }: { accept: WaitingAccept; title: string; children?: ReactNode }) {
  const t = useTranslations('outbox')
  const textOf = useRefusalText()
  return (
    <section className={styles.card} aria-label={title}>
      <p className={styles.title}>
        <TriangleAlert size={15} aria-hidden="true" />
        {title}
      </p>
      <p className={styles.reason}>{textOf(accept.refusal)}</p>
      <div className={styles.actions}>
        {children}
        <Button size="small" variant="quiet" onClick={() => dropWaiting(accept)}>
          {t('understood')}
        </Button>
      </div>
    </section>
  )
}
