import { useTranslations } from 'next-intl'
import type { Property } from '#components/ui/PropertyList.tsx'
import type { WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import styles from './Webhooks.module.css'
import { useScopeWords } from './words.ts'

/** The reports that a webhook covers, as one of its properties. */
export function useScopeFact(): (webhook: WebhookRow) => Property {
  const t = useTranslations('webhooks')
  const scopeOf = useScopeWords()
  return (webhook) => ({
    key: 'scope',
    label: t('facts.scope'),
    value: scopeOf(webhook).map((line) => (
      <span key={line} className={styles.line}>
        {line}
      </span>
    )),
  })
}
