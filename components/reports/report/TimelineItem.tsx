'use client'

import {
  ArrowRightLeft,
  BadgeCheck,
  Ban,
  BellRing,
  CalendarClock,
  CircleCheck,
  Clock,
  CornerUpLeft,
  Eye,
  FilePen,
  Globe,
  Image,
  Inbox,
  Lock,
  type LucideIcon,
  Merge,
  MessageCircle,
  MessageCircleQuestionMark,
  NotebookPen,
  Pencil,
  RotateCcw,
  Send,
  Split,
  Undo2,
  UserRound,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { PhotoStrip } from '#components/reports/photos/PhotoStrip.tsx'
import { ratingSigns } from '#components/reports/rating-signs.ts'
import { FoldedText } from '#components/ui/FoldedText.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import type { Rating } from '#server/reports/rules/lifecycle.ts'
import type { TimelineEntry, TimelineEvent } from '#server/reports/rules/timeline.ts'
import { answerInCard } from './AnswerCard.tsx'
import { AnswerWords } from './AnswerWords.tsx'
import { useReportDesk } from './desk.ts'
import { LinkedCodes } from './LinkedCodes.tsx'
import { MentionedWords } from './MentionedWords.tsx'
import styles from './Timeline.module.css'
import type { useEventWords } from './use-event-words.ts'

const icons: Partial<Record<TimelineEvent, LucideIcon>> = {
  received: Inbox,
  assigned: ArrowRightLeft,
  transferred: ArrowRightLeft,
  transfer_requested: ArrowRightLeft,
  rejected: Ban,
  citizen_asked: MessageCircleQuestionMark,
  citizen_replied: MessageCircle,
  information_added: MessageCircle,
  notice_sent: MessageCircle,
  notice_covered: MessageCircle,
  merged: Merge,
  unmerged: Undo2,
  split: Split,
  parts_handed_over: Split,
  parts_taken_over: Split,
  accepted: CircleCheck,
  returned: CornerUpLeft,
  person_assigned: UserRound,
  answer_submitted: Send,
  answered: Send,
  answer_approved: BadgeCheck,
  answer_sent: Send,
  follow_up_requested: Send,
  followed_up: Send,
  follow_up_refused: CornerUpLeft,
  delivery_sent: Send,
  delivery_confirmed: BadgeCheck,
  answer_sent_back: CornerUpLeft,
  answer_withdrawn: Undo2,
  closed: Lock,
  reopened: RotateCcw,
  note_added: NotebookPen,
  draft_shared: FilePen,
  draft_taken_back: FilePen,
  photo_added: Image,
  photo_removed: Image,
  reporter_revealed: Eye,
  extension_requested: CalendarClock,
  extended: CalendarClock,
  extension_refused: CalendarClock,
  pause_requested: CalendarClock,
  paused: CalendarClock,
  pause_refused: CalendarClock,
  resumed: CalendarClock,
  deadline_recomputed: CalendarClock,
  escalated: BellRing,
}

/** Events that show the answer they are about; for later events the answer is already there to read. */
const showsAnswer: readonly TimelineEvent[] = [
  'answer_submitted',
  'answered',
  'rejected',
  'follow_up_requested',
  'followed_up',
]

/** A longer note is folded, so that the timeline stays in sight. */
const linesOfNote = 6

type Props = {
  entry: TimelineEntry
  words: ReturnType<typeof useEventWords>
  /** It is shown here, but the server does not have it yet. */
  waits: boolean
  /** The day, where a new one begins. */
  day: string | null
  /** Before the entry: the button for entries that are not shown. */
  gap: ReactNode
}

export function TimelineItem({ entry, words, waits, day, gap }: Props) {
  const t = useTranslations('report.timeline')
  const { report } = useReportDesk()
  const sign = entry.event === 'rated' ? ratingSigns[entry.values.rating as Rating] : undefined
  const Icon = sign?.icon ?? icons[entry.event] ?? Pencil
  const inCard = answerInCard(report)?.id
  const answer =
    showsAnswer.includes(entry.event) && entry.answerId !== inCard
      ? report.answers.find(({ id }) => id === entry.answerId)
      : undefined
  const photo = report.photos.filter(({ fileId }) => fileId === entry.fileId)
  const where = [entry.who.position, entry.who.agency].filter(Boolean).join(', ')
  return (
    <>
      {gap && <li className={styles.gap}>{gap}</li>}
      {day && (
        <li className={styles.day} aria-hidden="true">
          {day}
        </li>
      )}
      <li
        className={styles.item}
        data-entry
        data-voice={entry.words?.voice ?? (answer ? 'public' : undefined)}
        data-bad={sign?.status === 'overdue' || undefined}
        tabIndex={-1}
      >
        <span className={styles.icon}>
          <Icon size={15} aria-hidden="true" />
        </span>
        <div className={styles.text}>
          <p className={styles.head}>
            <b>{words.whoOf(entry)}</b>
            {where && (
              <span className={styles.where} title={where}>
                {where}
              </span>
            )}
            <span className={styles.when}>
              {entry.isPublic && (
                <span className={styles.public} title={t('public')}>
                  <Globe size={13} role="img" aria-label={t('public')} />
                </span>
              )}
              <TimeText at={entry.at} as="underDay" />
            </span>
          </p>
          <p className={styles.sentence}>
            <LinkedCodes>{words.sentenceOf(entry)}</LinkedCodes>
          </p>
          {waits && (
            <p className={styles.waits}>
              <Clock size={13} aria-hidden="true" />
              {t('waits')}
            </p>
          )}
          {entry.contactCorrected && <p className={styles.change}>{t('contactCorrected')}</p>}
          {entry.linkHandedOut && <p className={styles.change}>{t('linkHandedOut')}</p>}
          {entry.moved && (
            <p className={styles.change}>
              <LinkedCodes>{t(`moved.${entry.moved.way}`, { code: entry.moved.code })}</LinkedCodes>
            </p>
          )}
          {entry.changes.map((change) => (
            <p key={change.field} className={styles.change}>
              {words.changeOf(change)}
            </p>
          ))}
          {entry.words && (
            <blockquote className={styles.words} data-voice={entry.words.voice}>
              <FoldedText lines={linesOfNote}>
                <MentionedWords mentions={entry.mentions}>{entry.words.text}</MentionedWords>
              </FoldedText>
            </blockquote>
          )}
          {answer && (
            <div className={styles.answer}>
              <AnswerWords answer={answer} photos={report.photos} />
            </div>
          )}
          {photo.length > 0 && <PhotoStrip photos={photo.slice(0, 1)} size="small" />}
        </div>
      </li>
    </>
  )
}
