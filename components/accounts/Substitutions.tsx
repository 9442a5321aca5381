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
import type { SubstitutionRow, Substitutions as SubstitutionsView } from '#server/accounts/queries/substitutions.ts'
import styles from './AccountPage.module.css'
import { SubstitutionForm } from './SubstitutionForm.tsx'

type Props = { holderId: string; substitutions: SubstitutionsView }

/** Substitutions of the account: who acts for whom, until when. Each can be ended early. */
export function Substitutions({ holderId, substitutions }: Props) {
  const t = useTranslations('accounts.substitutions')
  const [isLending, setLending] = useState(false)
  const mayAppointSubstitute = substitutions.lendable.length > 0 && substitutions.colleagues.length > 0
  return (
    <>
      {substitutions.given.length + substitutions.taken.length > 0 ? (
        <ul className={styles.devices}>
          {substitutions.given.map((substitution) => (
            <SubstitutionItem key={substitution.id} substitution={substitution} side="given" />
          ))}
          {substitutions.taken.map((substitution) => (
            <SubstitutionItem key={substitution.id} substitution={substitution} side="taken" />
          ))}
        </ul>
      ) : (
        <p className={styles.none}>{t('none')}</p>
      )}
      {mayAppointSubstitute && (
        <Button icon={<UserRoundPlus />} onClick={() => setLending(true)}>
          {t('appoint')}
        </Button>
      )}
      {isLending && (
        <SubstitutionForm holderId={holderId} substitutions={substitutions} onClose={() => setLending(false)} />
      )}
    </>
  )
}

function SubstitutionItem({ substitution, side }: { substitution: SubstitutionRow; side: 'given' | 'taken' }) {
  const t = useTranslations('accounts.substitutions')
  const roles = useTranslations('accounts.roles')
  const format = useFormat()
  const toast = useToast()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const end = useMutation(
    trpc.me.endSubstitution.mutationOptions({
      onSuccess: () => toast({ text: t('ended'), tone: 'success' }),
      onError: (error) => toast({ text: refusalText(error), tone: 'failure' }),
      onSettled: () => queries.invalidateQueries(),
    }),
  )
  const person = side === 'given' ? substitution.standIn.name : substitution.holder.name
  return (
    <li>
      <UserRoundCheck size={20} strokeWidth={1.5} aria-hidden="true" />
      <div>
        <strong>{t(side, { name: person })}</strong>
        {substitution.inForce && <span className={styles.current}>{t('inForce')}</span>}
        <p>
          {roles(substitution.role)} · {substitution.agencyName} ·{' '}
          {t('span', { from: format.dateTime(substitution.startsAt), to: format.dateTime(substitution.endsAt) })}
        </p>
      </div>
      <Button
        size="small"
        aria-label={t('endLabel', { name: person })}
        busy={end.isPending}
        onClick={() => end.mutate({ id: substitution.id })}
      >
        {t('end')}
      </Button>
    </li>
  )
}
