'use client'

import { AlarmClock, Eye, FlaskConical, RadioTower } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'
import { isClaimed } from '#server/bulletins/rules/lifecycle.ts'
import { kindIcons } from '../kind-icons.ts'
import { StateChip } from '../StateChip.tsx'
import { useNumberWords } from '../use-number-words.ts'
import styles from './BulletinRow.module.css'

export const bulletinRowId = (id: string) => `bulletin-row-${id}`

type Props = {
  row: BulletinBrief
  isFocused: boolean
  isSelected: boolean
  onFocus: (row: BulletinBrief) => void
  onOpen: (row: BulletinBrief) => void
  onSelect: (row: BulletinBrief) => void
}

/** One row of the list: kind, urgency, author, state and since when. */
export const BulletinRow = memo(function BulletinRow({ row, isFocused, isSelected, onFocus, onOpen, onSelect }: Props) {
  const t = useTranslations('bulletins')
  const numberOf = useNumberWords()
  const Icon = kindIcons[row.kind]
  return (
    <tr
      id={bulletinRowId(row.id)}
      className={styles.row}
      aria-selected={isSelected}
      data-focused={isFocused || undefined}
      onClick={() => onFocus(row)}
      onDoubleClick={() => onOpen(row)}
    >
      <td className={styles.select}>
        <label>
          <input
            type="checkbox"
            checked={isSelected}
            tabIndex={-1}
            aria-label={t('list.select', { title: row.title || t('untitled') })}
            onChange={() => onSelect(row)}
          />
        </label>
      </td>
      <th scope="row" className={styles.what}>
        <span className={styles.head}>
          <span className={styles.icon} data-severity={row.severity} title={t(`severities.${row.severity}`)}>
            <Icon size={16} aria-hidden="true" />
          </span>
          <Link href={`/bulletins/${row.id}`} className={styles.title} tabIndex={-1} prefetch={false} lang="vi">
            {row.title || t('untitled')}
          </Link>
          {row.isAlert && <Mark icon={RadioTower} words={t('alertMark')} />}
          {row.isExercise && <Mark icon={FlaskConical} words={t('exercise')} />}
          {row.needsLookBack && <Mark icon={Eye} words={t('list.lookBack')} tone="late" />}
        </span>
        <span className={styles.second}>
          <span>{t(`kinds.${row.kind}`)}</span>
          <span className={styles.loud} data-severity={row.severity}>
            {t(`severities.${row.severity}`)}
          </span>
          {row.incident && <span className={styles.cut}>{numberOf(row)}</span>}
        </span>
      </th>
      <td className={styles.state}>
        <StateChip state={row.state} isCorrection={row.isCorrection} />
        <Claim row={row} />
      </td>
      <td className={styles.when}>
        <Waiting row={row} />
      </td>
      <td className={styles.people}>
        <span className={styles.cut} title={t('list.lastEditor')}>
          {row.lastEditor.name}
        </span>
      </td>
    </tr>
  )
})

type MarkProps = { icon: typeof Eye; words: string; tone?: 'late' }

const Mark = ({ icon: Icon, words, tone }: MarkProps) => (
  <span className={styles.mark} data-tone={tone}>
    <Icon size={12} aria-hidden="true" />
    {words}
  </span>
)

/** How long it has waited, when it will be published, or when it was. */
function Waiting({ row }: { row: BulletinBrief }) {
  const t = useTranslations('bulletins.list')
  const format = useFormat()
  const now = useNow()
  if (row.state === 'in_review' && row.submittedAt) {
    const minutes = Math.max(0, Math.floor((now.getTime() - row.submittedAt.getTime()) / 60_000))
    return (
      <span className={styles.waiting} data-long={minutes >= 20 || undefined} suppressHydrationWarning>
        {minutes < 60 ? t('waitingMinutes', { minutes }) : t('waitingHours', { hours: Math.floor(minutes / 60) })}
        <span className={styles.words}>{t('words', { count: row.changedWords ?? row.words })}</span>
      </span>
    )
  }
  if (row.state === 'scheduled' && row.scheduledFor) {
    return (
      <span className={styles.scheduled}>
        <AlarmClock size={13} aria-hidden="true" />
        {format.time(row.scheduledFor)} {format.dayMonth(row.scheduledFor, now)}
      </span>
    )
  }
  const at = row.state === 'published' || row.state === 'superseded' ? row.publishedAt : null
  return (
    <span className={styles.quiet}>
      <TimeText at={at ?? row.updatedAt} as="compact" />
      <span className={styles.words}>{t('words', { count: row.words })}</span>
    </span>
  )
}

function Claim({ row }: { row: BulletinBrief }) {
  const t = useTranslations('bulletins.list')
  const now = useNow()
  if (row.state !== 'in_review' || !row.reviewer || !isClaimed(row.claimedAt, now)) return null
  return (
    <span className={styles.claim} title={t('claimedBy', { name: row.reviewer.name })}>
      <PersonAvatar name={row.reviewer.name} size={20} alone />
    </span>
  )
}
