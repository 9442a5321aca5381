import { EyeOff, Globe, Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { CopyView } from '#server/publication/queries/copies.ts'
import styles from './PublicCopy.module.css'

const icons = { draft: Hourglass, published: Globe, withdrawn: EyeOff }

/** Whether the public reads it, who decided so, and why it waits again. */
export function CopyStatus({ copy }: { copy: CopyView }) {
  const t = useTranslations('report.publicCopy')
  const format = useFormat()
  const Icon = icons[copy.state]
  const { reviewer, reviewedAt, onBehalfOf, cause } = copy
  return (
    <p className={styles.status} data-state={copy.state}>
      <Icon size={16} aria-hidden="true" />
      <span>
        <strong>{t(`states.${copy.state}`)}</strong>
        {reviewer && reviewedAt && (
          <>
            {' · '}
            {t(onBehalfOf ? 'reviewedFor' : 'reviewed', {
              name: reviewer,
              holder: onBehalfOf ?? '',
              when: format.dateTime(reviewedAt),
            })}
          </>
        )}
        {cause && <> · {t(`causes.${cause}`)}</>}
        {copy.refusals.publish === 'wrong_state' && <> · {t('notNow')}</>}
      </span>
    </p>
  )
}
