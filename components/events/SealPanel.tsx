'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { SealState } from '#server/events/queries.ts'
import type { SealFault } from '#server/events/rules/seal.ts'
import { dayAfter, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import styles from './SealPanel.module.css'

/** The details of the event of a check. */
type Checked = {
  days: number
  events: number
  faultCount: number
  faults: { day: LocalDay; fault: SealFault; sealed: number; found: number }[]
}

const recentDays = 31
const dayText = (day: LocalDay) => day.split('-').reverse().join('/')

/** How far the log is sealed, whether the seals held at the last check, and the button to check again. */
export function SealPanel({ initial }: { initial: SealState }) {
  const t = useTranslations('events.seals')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const textOf = useRefusalText()
  const { data: standing } = useQuery({ ...trpc.events.seals.queryOptions(), initialData: initial })
  const check = useMutation(
    trpc.events.checkSeals.mutationOptions({ onSettled: () => queries.invalidateQueries(trpc.events.pathFilter()) }),
  )
  const { lastDay, lastDigest, sealedDays, unsealedDays, checked } = standing
  const found = checked ? (checked.details as Checked) : null
  const Icon = found === null ? ShieldQuestionMark : found.faultCount > 0 ? ShieldAlert : ShieldCheck
  const tone = found === null ? 'unknown' : found.faultCount > 0 ? 'broken' : 'sound'
  return (
    <section className={styles.panel} data-tone={tone} aria-label={t('title')}>
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.line}>
          <strong>{lastDay === null ? t('none') : t('sealed', { days: sealedDays, day: dayText(lastDay) })}.</strong>{' '}
          {t('unsealed', { days: unsealedDays })}
        </p>
        <Outcome checked={checked} found={found} />
        {check.error && <p className={styles.late}>{textOf(check.error)}</p>}
        {lastDay && lastDigest && (
          <p className={styles.digest}>
            {t('digest', { day: dayText(lastDay) })} <code>{lastDigest.slice(0, 16)}…</code>
            <CopyButton text={lastDigest} what={t('digestWhat')} />
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <Button
          size="small"
          busy={check.isPending && check.variables?.from !== null}
          onClick={() => check.mutate({ from: dayAfter(localDayOf(new Date()), -recentDays) })}
        >
          {t('checkRecent')}
        </Button>
        <Button
          size="small"
          busy={check.isPending && check.variables?.from === null}
          onClick={() => check.mutate({ from: null })}
        >
          {t('checkAll')}
        </Button>
      </div>
    </section>
  )
}

function Outcome({ checked, found }: { checked: SealState['checked']; found: Checked | null }) {
  const t = useTranslations('events.seals')
  const actors = useTranslations('events.actors')
  const format = useFormat()
  if (!checked || !found) return <p className={styles.quiet}>{t('never')}</p>
  const who = t('checkedBy', { by: checked.by ?? actors('robot'), at: format.dateTime(checked.at) })
  if (found.faultCount === 0) {
    return (
      <p>
        {t('sound', { days: found.days, events: found.events })} <span className={styles.quiet}>{who}</span>
      </p>
    )
  }
  return (
    <div role="alert">
      <p className={styles.late}>
        {t('broken', { count: found.faultCount })} <span className={styles.quiet}>{who}</span>
      </p>
      <ul className={styles.faults}>
        {found.faults.map(({ day, fault, sealed, found: now }) => (
          <li key={day}>{t('faultOf', { day: dayText(day), fault: t(`faults.${fault}`, { sealed, found: now }) })}</li>
        ))}
      </ul>
    </div>
  )
}
