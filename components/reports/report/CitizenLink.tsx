'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useReportDesk } from './desk.ts'
import styles from './Side.module.css'
import { useReportCache } from './use-report.ts'

/** Lets intake create a citizen link to hand over, or revoke all links. */
export function CitizenLink() {
  const t = useTranslations('report.citizenLink')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { report } = useReportDesk()
  const { refresh } = useReportCache()
  const [link, setLink] = useState<string | null>(null)
  const [isRevoking, setRevoking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  if (!report.acts.includes('give_citizen_link')) return null

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    } finally {
      setBusy(false)
    }
    await refresh(report.code).catch(() => undefined)
  }
  const give = () =>
    attempt(async () => {
      const { path } = await client.citizenLinks.give.mutate({ reportId: report.id })
      setLink(`${window.location.origin}${path}`)
    })
  const revoke = () =>
    attempt(async () => {
      const { revoked } = await client.citizenLinks.revoke.mutate({ reportId: report.id })
      setRevoking(false)
      toast({ text: t('revoked', { count: revoked }), tone: 'success' })
    })

  return (
    <>
      <p className={styles.note}>{t('hint')}</p>
      <div className={styles.pair}>
        <Button size="small" busy={isBusy} onClick={() => void give()}>
          {t('give')}
        </Button>
        <Button size="small" onClick={() => setRevoking(true)}>
          {t('revoke')}
        </Button>
      </div>
      {link && (
        <ConfirmDialog
          open
          title={t('title', { code: report.code })}
          confirmLabel={t('done')}
          onConfirm={() => setLink(null)}
          onClose={() => setLink(null)}
        >
          <p>{t('sentence')}</p>
          <CopyButton text={link} what={t('what')} shown />
        </ConfirmDialog>
      )}
      <ConfirmDialog
        open={isRevoking}
        title={t('revokeTitle')}
        confirmLabel={t('revokeConfirm')}
        tone="danger"
        busy={isBusy}
        onConfirm={() => void revoke()}
        onClose={() => setRevoking(false)}
      >
        <p>{t('revokeSentence', { code: report.code })}</p>
      </ConfirmDialog>
    </>
  )
}
