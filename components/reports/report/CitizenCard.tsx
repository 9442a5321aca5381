'use client'

import { useTranslations } from 'next-intl'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import type { StatusName } from '#components/ui/status-colors.ts'
import { useFormat } from '#components/ui/use-format.ts'
import type { CitizenAnswer, CitizenView, PublicState } from '#server/reports/rules/citizen-view.ts'
import styles from './CitizenCard.module.css'
import { useOutcomeWords } from './use-outcome-words.ts'

const colours: Record<PublicState, StatusName> = {
  awaiting_intake: 'awaiting_intake',
  awaiting_handling: 'awaiting_acceptance',
  in_progress: 'in_progress',
  forwarded: 'awaiting_acceptance',
  handled: 'answered',
  refused: 'rejected',
}

const exchangeWords = { question: 'questionOf', reply: 'replyOf', added: 'addedOf', notice: 'noticeOf' } as const
const fromCity: readonly (keyof typeof exchangeWords)[] = ['question', 'notice']

/** What citizens see of the report, in the shape of their phone. */
export function CitizenCard({ view }: { view: CitizenView }) {
  const t = useTranslations('report.citizen')
  const words = useTranslations('reports')
  const format = useFormat()
  const at = (date: Date) => format.dateTime(date)
  return (
    <div className={styles.phone}>
      <p className={styles.top}>
        <span>{view.code}</span>
        <StatusChip status={colours[view.state]}>{t(`states.${view.state}`)}</StatusChip>
      </p>
      <h3 className={styles.title}>{view.title}</h3>
      <p className={styles.words}>{view.body}</p>
      {view.address && <p className={styles.quiet}>{view.address}</p>}
      <p className={styles.quiet}>{t('sent', { when: at(view.receivedAt) })}</p>
      <Photos ids={view.photoIds} />
      {view.agencyName && <p className={styles.quiet}>{t('handledBy', { agency: view.agencyName })}</p>}
      {view.mergedInto && <p className={styles.notice}>{t('mergedInto', { code: view.mergedInto })}</p>}
      {view.exchange.map(({ kind, body, at: when }) => (
        <div key={`${kind}-${when.toISOString()}`} className={fromCity.includes(kind) ? styles.theirs : styles.ours}>
          <p className={styles.quiet}>{t(exchangeWords[kind], { when: at(when) })}</p>
          <p className={styles.words}>{body}</p>
        </div>
      ))}
      {view.waitsForCitizen && <p className={styles.notice}>{t('turn')}</p>}
      {view.answers.map((answer) => (
        <CitizenAnswerCard key={answer.sentAt.toISOString()} answer={answer} />
      ))}
      {view.refusal && (
        <div className={styles.theirs}>
          <p className={styles.quiet}>{t('refusedFor', { reason: words(`rejectReasons.${view.refusal.reason}`) })}</p>
          {view.refusal.words && <p className={styles.words}>{view.refusal.words}</p>}
        </div>
      )}
      {view.rating && <p className={styles.quiet}>{t('rated', { rating: words(`ratings.${view.rating}`) })}</p>}
    </div>
  )
}

type AnswerProps = { answer: Omit<CitizenAnswer, 'sentAt'> & { sentAt: Date | null } }

export function CitizenAnswerCard({ answer }: AnswerProps) {
  const t = useTranslations('report')
  const format = useFormat()
  const { agencyName: agency, sentAt } = answer
  const head = () => {
    if (sentAt === null) return agency ? t('citizen.unsentOf', { agency }) : t('citizen.unsentCity')
    const when = format.dateTime(sentAt)
    return agency ? t('citizen.answerOf', { agency, when }) : t('citizen.answerCity', { when })
  }
  const outcome = useOutcomeWords()(answer)
  const rows: [string, string][] = [
    [t('answer.outcome'), outcome ?? ''],
    [t('answer.where'), answer.where],
    [t('answer.when'), answer.when],
    [t('answer.nextStep'), answer.next],
  ]
  return (
    <div className={styles.theirs}>
      <p className={styles.quiet}>{head()}</p>
      <p className={styles.words}>{answer.what}</p>
      {rows
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <p key={label} className={styles.fact}>
            <span className={styles.quiet}>{label}:</span> {value}
          </p>
        ))}
      <Photos ids={answer.photoIds} />
    </div>
  )
}

function Photos({ ids }: { ids: readonly string[] }) {
  const t = useTranslations('report.citizen')
  if (ids.length === 0) return null
  return (
    <div className={styles.photos}>
      {ids.map((id, i) => (
        // biome-ignore lint/performance/noImgElement: an image service would need the sign-in
        <img key={id} src={photoAddress(id, 'thumb')} alt={t('photoOf', { index: i + 1, total: ids.length })} />
      ))}
    </div>
  )
}
