'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReasonDialog } from '#components/disclosures/ReasonDialog.tsx'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { PropertyList } from '#components/ui/PropertyList.tsx'
import { phoneLinkOf } from '#server/platform/rules/phone.ts'
import { useReportDesk } from './desk.ts'
import styles from './Side.module.css'
import { useReportCache } from './use-report.ts'

type Identity = { name: string | null; phone: string | null; email: string | null; address: string | null }

const usualReasons = ['call', 'meet', 'deliver'] as const

/** The reporter, masked. Revealing more needs a reason and is logged; what was revealed is discarded with the page. */
export function Reporter() {
  const t = useTranslations('report.reporter')
  const { report } = useReportDesk()
  const [identity, setIdentity] = useState<Identity | null>(null)
  const [asking, setAsking] = useState(false)
  const { reporter } = report
  if (!reporter) return <p className={styles.note}>{t('none')}</p>

  const masked = [
    { key: 'name', label: t('name'), value: reporter.initials ?? t('anonymous') },
    ...(reporter.phone ? [{ key: 'phone', label: t('phone'), value: reporter.phone }] : []),
    ...(reporter.hasEmail ? [{ key: 'email', label: t('email'), value: t('has') }] : []),
    ...(reporter.hasAddress ? [{ key: 'address', label: t('address'), value: t('has') }] : []),
  ]
  const seen = identity && [
    { key: 'name', label: t('name'), value: identity.name ?? t('anonymous') },
    ...(identity.phone
      ? [{ key: 'phone', label: t('phone'), value: <a href={phoneLinkOf(identity.phone)}>{identity.phone}</a> }]
      : []),
    ...(identity.email
      ? [{ key: 'email', label: t('email'), value: <a href={`mailto:${identity.email}`}>{identity.email}</a> }]
      : []),
    ...(identity.address ? [{ key: 'address', label: t('address'), value: identity.address }] : []),
  ]
  return (
    <>
      <PropertyList items={seen ?? masked} />
      {!seen && <p className={styles.note}>{t('hidden')}</p>}
      {report.acts.includes('reveal_reporter') && (
        <div className={styles.buttons}>
          <Button size="small" onClick={() => (seen ? setIdentity(null) : setAsking(true))}>
            {t(seen ? 'hide' : 'reveal')}
          </Button>
        </div>
      )}
      {asking && <AskReason onClose={() => setAsking(false)} onSeen={setIdentity} />}
    </>
  )
}

function AskReason({ onClose, onSeen }: { onClose: () => void; onSeen: (identity: Identity) => void }) {
  const t = useTranslations('report.reporter')
  const client = useTRPCClient()
  const { report } = useReportDesk()
  const { refresh } = useReportCache()

  const reveal = async (reason: string) => {
    onSeen(await client.reports.revealReporter.mutate({ reportId: report.id, reason }))
    onClose()
    await refresh(report.code).catch(() => undefined)
  }
  return (
    <ReasonDialog
      title={t('title')}
      sentence={t('sentence')}
      confirmLabel={t('confirm')}
      usual={usualReasons.map((each) => t(`reasons.${each}`))}
      onReason={reveal}
      onClose={onClose}
    />
  )
}
