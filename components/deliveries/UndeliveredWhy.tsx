'use client'

import { useTranslations } from 'next-intl'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell } from '#components/ui/Table.tsx'
import type { Undelivered } from '#server/deliveries/queries/undelivered.ts'
import styles from './Deliveries.module.css'

/** The content of the message, the reason of the failure, and the kinds of contact that are known. */
export function UndeliveredWhy({ delivery }: { delivery: Undelivered }) {
  const t = useTranslations('deliveries')
  const { kind, state, channel, failure, status, has } = delivery
  const known = [
    has.phone && t('contacts.phone'),
    has.mail && t('contacts.email'),
    has.address && t('contacts.address'),
  ]
  const contacts = known.filter(Boolean).join(', ')
  const where = [
    channel && channel !== 'letter' && t('undelivered.through', { channel: t(`channels.${channel}`) }),
    status && t('undelivered.status', { status }),
  ]
  return (
    <>
      <Cell label={t('undelivered.what')}>{t(`kinds.${kind}`)}</Cell>
      <Cell label={t('undelivered.why')}>
        <StatusChip status={state === 'letter' ? 'soon' : 'failed'} variant="plain">
          {[t(`states.${state}`), ...where.filter(Boolean)].join(' · ')}
        </StatusChip>
        {failure && <span className={styles.line}>{t(`failures.${failure}`)}</span>}
        <span className={styles.quiet}>
          {contacts ? t('undelivered.known', { contacts }) : t('undelivered.knownNone')}
        </span>
      </Cell>
    </>
  )
}
