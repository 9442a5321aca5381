'use client'

import { useTranslations } from 'next-intl'
import { PropertyList } from '#components/ui/PropertyList.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import { Failure } from './Failure.tsx'
import { useScopeFact } from './use-scope-fact.tsx'
import styles from './Webhooks.module.css'
import { useKindWords } from './words.ts'

export function WebhookFacts({ webhook }: { webhook: WebhookRow }) {
  const t = useTranslations('webhooks')
  const format = useFormat()
  const kindWords = useKindWords()
  const scopeFact = useScopeFact()
  const { address, kinds, health, failingSince, lastFailure, lastStatus, lastSuccessAt, rotatingUntil } = webhook
  const isWrong = health === 'failing' || health === 'disabled'
  return (
    <>
      {isWrong && failingSince && (
        <section className={styles.notice}>
          {lastFailure && <Failure failure={lastFailure} status={lastStatus} />}
          <p>{t(`notice.${health}`, { at: format.dateTime(failingSince) })}</p>
        </section>
      )}
      <div className={styles.facts}>
        <PropertyList
          items={[
            { key: 'address', label: t('facts.address'), value: <span className={styles.whole}>{address}</span> },
            {
              key: 'kinds',
              label: t('facts.kinds'),
              value: kinds.map((kind) => (
                <span key={kind} className={styles.line}>
                  {kindWords(kind)}
                </span>
              )),
            },
            scopeFact(webhook),
            {
              key: 'last',
              label: t('facts.lastSuccess'),
              value: lastSuccessAt ? format.dateTime(lastSuccessAt) : t('never'),
            },
            // An ended webhook has no secret.
            ...(health === 'ended'
              ? []
              : [
                  {
                    key: 'secret',
                    label: t('facts.secret'),
                    value: rotatingUntil
                      ? t('facts.twoSecrets', { until: format.dateTime(rotatingUntil) })
                      : t('facts.oneSecret'),
                  },
                ]),
          ]}
        />
      </div>
    </>
  )
}
