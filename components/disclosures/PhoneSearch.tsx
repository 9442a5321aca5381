'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import type { SearchHandler } from '#components/shell/SearchProvider.tsx'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { isReason } from '#server/disclosures/rules/disclosure.ts'
import type { FoundByPhone } from '#server/reports/commands/find-by-phone.ts'
import { FoundReports } from './FoundReports.tsx'
import styles from './PhoneSearch.module.css'
import { ReasonField } from './ReasonField.tsx'
import { rememberedReason, rememberReason } from './remembered-reason.ts'

type Props = {
  phone: string
  /** The search of the page below, where it has one. */
  handler: RefObject<SearchHandler | null>
  /** Searches for the number in the text of reports instead. */
  onWords: SearchHandler
  onClose: () => void
}
type Found = { reports: FoundByPhone[]; count: number }

const usualReasons = ['calls', 'again'] as const

/** The reports of a caller: asks for a reason once an hour, and shows what the server allows. */
export function PhoneSearch({ phone, handler, onWords, onClose }: Props) {
  const router = useRouter()
  const t = useTranslations('lookups')
  const id = useId()
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { attempt, dialog } = useConfirmedAttempt()
  const [reason, setReason] = useState(() => rememberedReason() ?? '')
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [found, setFound] = useState<Found | null>(null)
  const hasBegun = useRef(false)

  const open = (code: string) => {
    onClose()
    if (handler.current) handler.current(code)
    else router.push(`/reports/${encodeURIComponent(code)}`)
  }
  const searchWords = () => {
    onClose()
    onWords(phone)
  }
  const look = async () => {
    setTried(true)
    if (!isReason(reason)) return
    setBusy(true)
    await attempt({
      run: async () => {
        setFound(await client.reports.findByPhone.mutate({ phone, reason }))
        rememberReason(reason)
      },
      onRefused: (error) => toast({ text: textOf(error), tone: 'failure' }),
    })
    setBusy(false)
  }
  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    if (rememberedReason() !== null) void look()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isBusy) void look()
  }
  const footer = found ? (
    <Button onClick={onClose}>{t('phone.close')}</Button>
  ) : (
    <>
      <Button type="submit" form={id} variant="primary" busy={isBusy}>
        {t('phone.confirm')}
      </Button>
      <Button onClick={onClose}>{t('phone.close')}</Button>
    </>
  )
  return (
    <Sheet open title={t('phone.title', { phone })} width={520} footer={footer} onClose={onClose}>
      {found ? (
        <>
          <FoundReports {...found} onOpen={open} />
          <p className={styles.under}>
            {t('phone.under', { reason })}
            <Button size="small" variant="quiet" onClick={() => setFound(null)}>
              {t('phone.otherReason')}
            </Button>
          </p>
        </>
      ) : (
        <form id={id} noValidate onSubmit={submit}>
          <p className={styles.sentence}>{t('phone.sentence')}</p>
          <ReasonField
            value={reason}
            isMissing={isTried && !isReason(reason)}
            usual={usualReasons.map((each) => t(`phone.reasons.${each}`))}
            onChange={setReason}
          />
        </form>
      )}
      <Button size="small" variant="quiet" className={styles.words ?? ''} onClick={searchWords}>
        {t('phone.words')}
      </Button>
      {dialog}
    </Sheet>
  )
}
