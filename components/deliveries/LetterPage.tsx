'use client'

import { useMutation } from '@tanstack/react-query'
import { Eye, Printer } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReasonDialog } from '#components/disclosures/ReasonDialog.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
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
              <Button variant="primary" icon={<Printer />} onClick={() => window.print()}>
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
