'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { UserRoundCheck, UserRoundPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { LoanRow, Loans as LoansView } from '#server/accounts/queries/substitutions.ts'
import styles from './AccountPage.module.css'
import { LoanForm } from './SubstitutionForm.tsx'

type Props = { holderId: string; loans: LoansView }

/** Roles that the account lends and is lent: who stands in for whom, until when. Each can be ended before its time. */
export function Loans({ holderId, loans }: Props) {
  const t = useTranslations('accounts.loans')
  const [isLending, setLending] = useState(false)
  const mayLend = loans.lendable.length > 0 && loans.colleagues.length > 0
  return (
    <>
      {loans.given.length + loans.taken.length > 0 ? (
        <ul className={styles.devices}>
          {loans.given.map((loan) => (
            <LoanItem key={loan.id} loan={loan} side="given" />
          ))}
          {loans.taken.map((loan) => (
            <LoanItem key={loan.id} loan={loan} side="taken" />
          ))}
        </ul>
      ) : (
        <p className={styles.none}>{t('none')}</p>
      )}
      {mayLend && (
        <Button icon={<UserRoundPlus />} onClick={() => setLending(true)}>
          {t('lend')}
        </Button>
      )}
      {isLending && <LoanForm holderId={holderId} loans={loans} onClose={() => setLending(false)} />}
    </>
  )
}

function LoanItem({ loan, side }: { loan: LoanRow; side: 'given' | 'taken' }) {
  const t = useTranslations('accounts.loans')
  const roles = useTranslations('accounts.roles')
  const format = useFormat()
  const toast = useToast()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const end = useMutation(
    trpc.me.endLoan.mutationOptions({
      onSuccess: () => toast({ text: t('ended'), tone: 'success' }),
      onError: (error) => toast({ text: refusalText(error), tone: 'failure' }),
      onSettled: () => queries.invalidateQueries(),
    }),
  )
  const person = side === 'given' ? loan.standIn.name : loan.holder.name
  return (
    <li>
      <UserRoundCheck size={20} strokeWidth={1.5} aria-hidden="true" />
      <div>
        <strong>{t(side, { name: person })}</strong>
        {loan.inForce && <span className={styles.current}>{t('inForce')}</span>}
        <p>
          {roles(loan.role)} · {loan.agencyName} ·{' '}
          {t('span', { from: format.dateTime(loan.startsAt), to: format.dateTime(loan.endsAt) })}
        </p>
      </div>
      <Button
        size="small"
        aria-label={t('endLabel', { name: person })}
        busy={end.isPending}
        onClick={() => end.mutate({ id: loan.id })}
      >
        {t('end')}
      </Button>
    </li>
  )
}
