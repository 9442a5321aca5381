'use client'

import { useTranslations } from 'next-intl'
import type { DeliveryFailure } from '#server/webhooks/rules/webhook.ts'
import styles from './Webhooks.module.css'

type Props = { failure: DeliveryFailure; status: number | null }

/** The cause of a failure and its remedy. */
export function Failure({ failure, status }: Props) {
  const t = useTranslations('webhooks')
  return (
    <>
      <p className={styles.what}>
        {t(`failures.${failure}.name`)}
        {status !== null && ` (${t('httpStatus', { status: String(status) })})`}
      </p>
      <p className={styles.todo}>{t(`failures.${failure}.todo`)}</p>
    </>
  )
}
