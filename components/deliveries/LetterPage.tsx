'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Eye, MailX, Printer } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReasonDialog } from '#components/disclosures/ReasonDialog.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { Page } from '#components/ui/Page.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { Addressee } from '#server/deliveries/commands/address-letter.ts'
import type { Letter } from '#server/deliveries/queries/letter.ts'
import styles from './LetterSheet.module.css'
import { LetterSheet } from './LetterSheet.tsx'

/** A letter to a reporter. The addressee appears only after the user gives a reason, because it is personal data. */
export function LetterPage({ letter }: { letter: Letter }) {
  const t = useTranslations('deliveries')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const textOf = useRefusalText()
  const [isAsking, setAsking] = useState(false)
  const [addressee, setAddressee] = useState<Addressee | null>(null)
  const { mutateAsync } = useMutation(trpc.deliveries.addressLetter.mutationOptions())
  const posted = useMutation(
    trpc.deliveries.markPosted.mutationOptions({
      onSuccess: () => {
        toast({ text: t('undelivered.done.posted', { code: letter.code }), tone: 'success' })
        router.push('/undelivered')
      },
      onError: (error) => toast({ text: textOf(error), tone: 'failure' }),
    }),
  )
  const { id, version, code } = letter
  // The letter may have become obsolete since it was opened.
  const print = useMutation({
    mutationFn: () => queries.fetchQuery(trpc.deliveries.letter.queryOptions({ id }, { staleTime: 0 })),
    onSuccess: (now) => (now.isObsolete ? router.refresh() : window.print()),
    onError: (error) => toast({ text: textOf(error), tone: 'failure' }),
  })
  if (letter.isObsolete) {
    return (
      <Page>
        <EmptyState
          icon={MailX}
          heading="h1"
          title={t('letter.obsolete', { code })}
          action={<BackLink href="/undelivered">{t('letter.back')}</BackLink>}
        >
          {textOf({ code: 'delivery_obsolete', details: {} })}
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page>
      <div className={styles.tools}>
        <BackLink href="/undelivered">{t('letter.back')}</BackLink>
        <PageHeader
          title={t('letter.title')}
          aside={code}
          sentence={t('letter.sentence')}
          actions={
            <>
              {addressee === null && (
                <Button icon={<Eye />} onClick={() => setAsking(true)}>
                  {t('letter.show')}
                </Button>
              )}
              <Button variant="primary" icon={<Printer />} busy={print.isPending} onClick={() => print.mutate()}>
                {t('letter.print')}
              </Button>
              {letter.acts.includes('mark_posted') && (
                <Button busy={posted.isPending} onClick={() => posted.mutate({ id, version })}>
                  {t('undelivered.posted')}
                </Button>
              )}
            </>
          }
        />
      </div>
      <LetterSheet letter={letter} addressee={addressee} />
      {isAsking && (
        <ReasonDialog
          title={t('letter.show')}
          sentence={t('letter.sentence')}
          confirmLabel={t('letter.show')}
          usual={[t('letter.reason')]}
          onReason={async (reason) => {
            setAddressee(await mutateAsync({ id, reason }))
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  )
}
