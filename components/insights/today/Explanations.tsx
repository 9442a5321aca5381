'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Explaining } from '#server/insights/queries/explanations.ts'
import { type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { AnswerExplanation } from './AnswerExplanation.tsx'
import styles from './Explanations.module.css'

type Props = { explanations: readonly Explaining[]; hasMore: boolean; today: LocalDay }

/** The explanations that were asked for: what is open and when it is due, and the answers of the last days. */
export function Explanations({ explanations, hasMore, today }: Props) {
  const t = useTranslations('today.explanations')
  // Folded for those who only read: on a phone the page has two screens. An answer given does not fold it.
  const [isOpenAtFirst] = useState(explanations.some(({ mayAnswer }) => mayAnswer))
  if (explanations.length === 0) return null
  const open = explanations.filter(({ given }) => given === null).length
  return (
    <section className={styles.section} aria-labelledby="explanations">
      <h2 id="explanations" className={styles.title}>
        {t('title')}
      </h2>
      <details open={isOpenAtFirst}>
        <summary className={styles.summary}>
          {t('summary', { open, answered: explanations.length - open })}
          {hasMore && <span className={styles.quiet}> · {t('more')}</span>}
        </summary>
        <ul className={styles.list}>
          {explanations.map((explanation) => (
            <Entry key={explanation.id} explanation={explanation} today={today} />
          ))}
        </ul>
      </details>
    </section>
  )
}

function Entry({ explanation, today }: { explanation: Explaining; today: LocalDay }) {
  const t = useTranslations('today.explanations')
  const risks = useTranslations('notifications')
  const format = useFormat()
  const nameIn = useNameIn()
  const [doing, setDoing] = useState<'answer' | 'withdraw' | null>(null)
  const { kind, count, topic, area, agency, dueOn, words, by, at, reports, kept, given, href } = explanation
  const values = { count, topic: topic ? nameIn(topic) : '', area: area ?? risks('somewhere') }
  const what = risks(`risks.${kind}`, values)
  const isLate = given === null && dueOn < today
  return (
    <li className={styles.entry}>
      <div className={styles.asked}>
        <strong>{what}</strong>
        <span className={styles.quiet}>
          {agency.name} · {t('asked', { by, at: format.dateTime(at) })}
        </span>
        {words && (
          <p className={styles.words} lang="vi">
            {words}
          </p>
        )}
        {kept < reports && <span className={styles.quiet}>{t('kept', { kept, reports })}</span>}
        {given && (
          <>
            <p className={styles.answer} lang="vi">
              {given.answer}
            </p>
            <span className={styles.quiet}>{t('given', { by: given.by, at: format.dateTime(given.at) })}</span>
          </>
        )}
      </div>
      <span className={styles.due} data-late={isLate || undefined}>
        {given ? t('answered') : t(isLate ? 'late' : 'due', { day: format.date(startOfDay(dueOn)) })}
      </span>
      <span className={styles.acts}>
        <DrillLink href={href} label={t('opens', { what })} className={styles.open}>
          {t('open')}
        </DrillLink>
        {explanation.mayWithdraw && (
          <Button
            variant="quiet"
            aria-label={t('of', { act: t('withdraw.act'), what })}
            onClick={() => setDoing('withdraw')}
          >
            {t('withdraw.act')}
          </Button>
        )}
        {explanation.mayAnswer && (
          <Button aria-label={t('of', { act: t('answer.act'), what })} onClick={() => setDoing('answer')}>
            {t('answer.act')}
          </Button>
        )}
      </span>
      {doing === 'answer' && <AnswerExplanation id={explanation.id} what={what} onClose={() => setDoing(null)} />}
      <Withdrawal id={explanation.id} what={what} open={doing === 'withdraw'} onClose={() => setDoing(null)} />
    </li>
  )
}

type WithdrawalProps = { id: string; what: string; open: boolean; onClose: () => void }

function Withdrawal({ id, what, open, onClose }: WithdrawalProps) {
  const t = useTranslations('today.explanations.withdraw')
  const trpc = useTRPC()
  const router = useRouter()
  const toast = useToast()
  const refusalOf = useRefusalText()
  const withdraw = useMutation(
    trpc.insights.withdrawExplanation.mutationOptions({
      onSuccess: () => toast({ text: t('done'), tone: 'success' }),
      onError: (error) => toast({ text: refusalOf(error), tone: 'failure' }),
      onSettled: () => {
        onClose()
        router.refresh()
      },
    }),
  )
  return (
    <ConfirmDialog
      open={open}
      title={t('title')}
      confirmLabel={t('act')}
      busy={withdraw.isPending}
      onConfirm={() => withdraw.mutate({ id })}
      onClose={onClose}
    >
      {what}
    </ConfirmDialog>
  )
}
