'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { PropertyList } from '#components/ui/PropertyList.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useReportDesk } from './desk.ts'
import styles from './Side.module.css'
import { useReportCache } from './use-report.ts'

type Identity = { name: string | null; phone: string | null; email: string | null; address: string | null }

const usualReasons = ['call', 'meet', 'deliver'] as const

/** Who sent the report, masked. Seeing more asks for a reason and is logged; what was seen is forgotten with the page. */
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
      ? [{ key: 'phone', label: t('phone'), value: <a href={`tel:${identity.phone}`}>{identity.phone}</a> }]
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
  const dialogs = useTranslations('report.dialogs')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { report } = useReportDesk()
  const { refresh } = useReportCache()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)

  const reveal = async () => {
    setTried(true)
    if (reason.trim() === '') return
    setBusy(true)
    try {
      onSeen(await client.reports.revealReporter.mutate({ reportId: report.id, reason }))
      onClose()
      await refresh(report.code).catch(() => undefined)
    } catch (error) {
      setBusy(false)
      toast({ text: textOf(error), tone: 'failure' })
    }
  }
  return (
    <ConfirmDialog
      open
      title={t('title')}
      confirmLabel={t('confirm')}
      busy={busy}
      onClose={onClose}
      onConfirm={() => void reveal()}
    >
      <p className={styles.sentence}>{t('sentence')}</p>
      <FormField
        label={dialogs('reason')}
        required
        error={tried && reason.trim() === '' ? dialogs('errors.required') : undefined}
      >
        {(field) => (
          <TextArea {...field} autoFocus rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </FormField>
      <div className={styles.reasons}>
        {usualReasons.map((each) => (
          <Button key={each} size="small" variant="quiet" onClick={() => setReason(t(`reasons.${each}`))}>
            {t(`reasons.${each}`)}
          </Button>
        ))}
      </div>
    </ConfirmDialog>
  )
}
