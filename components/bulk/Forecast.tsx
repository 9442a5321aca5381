'use client'

import { useTranslations } from 'next-intl'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import type { BulkPreview } from '#server/bulk/queries/preview.ts'
import type { BulkActionName } from '#server/bulk/rules/actions.ts'
import styles from './BulkSheet.module.css'

type Props = {
  name: BulkActionName
  forecast: BulkPreview | undefined
  isSettled: boolean
  isFilled: boolean
  error: unknown
}

/** Before anything is done: how many reports will change, how many will not and why, with a few examples. */
export function Forecast({ name, forecast, isSettled, isFilled, error }: Props) {
  const t = useTranslations('bulk.forecast')
  const states = useTranslations('reports.states')
  const refusalText = useRefusalText()
  const groupWords = ({ refusalReason, state, reports: count }: BulkPreview['leftOut'][number]) => {
    if (refusalReason === 'wrong_state') return t('wrongState', { count, state: states(state) })
    if (refusalReason === 'forbidden' || refusalReason === 'unchanged') return t(refusalReason, { count })
    return t('other', { count, reason: refusalText({ code: refusalReason, details: {} }) })
  }
  return (
    <section className={styles.forecast} aria-label={t('title')} aria-busy={!isSettled}>
      <h3>{t('title')}</h3>
      {/* In the page before the sum: not every screen reader says what comes together with its region. */}
      <p
        role="status"
        className={isFilled && forecast ? styles.sum : styles.quiet}
        data-old={(isFilled && forecast && !isSettled) || undefined}
      >
        {!isFilled && t(name === 'change_tags' ? 'fillTags' : 'fill')}
        {isFilled && !forecast && !error && t('counting')}
        {isFilled && forecast && (
          <>
            {t('chosen', { count: forecast.chosen })}; <strong>{t('meant', { count: forecast.meant })}</strong>
          </>
        )}
      </p>
      {isFilled && Boolean(error) && (
        <p role="alert" className={styles.refused}>
          {t('failed', { reason: refusalText(error) })}
        </p>
      )}
      {isFilled && forecast && (
        <>
          <ul className={styles.groups}>
            {forecast.leftOut.map((group) => (
              <li key={`${group.refusalReason} ${group.state}`}>{groupWords(group)}</li>
            ))}
            {forecast.missing > 0 && <li>{t('missing', { count: forecast.missing })}</li>}
            {forecast.toApprover > 0 && <li>{t('toApprover', { count: forecast.toApprover })}</li>}
          </ul>
          {forecast.tooManyUnread !== null && (
            <p role="alert" className={styles.refused}>
              {t('unread', { most: forecast.tooManyUnread })}
            </p>
          )}
          {forecast.unknownVariables.length > 0 && (
            <p role="alert" className={styles.refused}>
              {t('unknown', { names: forecast.unknownVariables.join(', ') })}
            </p>
          )}
          {forecast.meant > 0 && (
            <p className={styles.quiet}>
              {t(forecast.isUndoable ? 'undo' : 'noUndo')} {forecast.inBackground && t('background')}{' '}
              {forecast.stepUp && t('stepUp')}
            </p>
          )}
          {forecast.samples.length > 0 && (
            <>
              <h4>{t('samples')}</h4>
              <ul className={styles.samples}>
                {forecast.samples.map((sample) => (
                  <li key={sample.code}>
                    <span className={styles.line}>
                      <span className={styles.code}>{sample.code}</span>
                      <StatusChip status={sample.state} variant="plain">
                        {states(sample.state)}
                      </StatusChip>
                    </span>
                    <span>{sample.title}</span>
                    {sample.words && <q className={styles.words}>{sample.words}</q>}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  )
}
