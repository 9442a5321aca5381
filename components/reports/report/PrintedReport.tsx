'use client'

import { useLocale, useTranslations } from 'next-intl'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { useFormat } from '#components/ui/use-format.ts'
import { usePrinting } from '#components/ui/use-printing.ts'
import { printedCourse } from '#server/reports/rules/printed-course.ts'
import { useReportDesk } from './desk.ts'
import { Letterhead } from './Letterhead.tsx'
import styles from './PrintedReport.module.css'
import { type PrintedAnswer, photosSentIn, printedAnswers } from './printed-parts.ts'
import { useEventWords } from './use-event-words.ts'
import { useOutcomeWords } from './use-outcome-words.ts'
import { usePhotosAtHand } from './use-photos-at-hand.ts'
import { useMyself } from './use-report.ts'

/**
 * The report on paper: what its citizen said and was answered, and the course of it as the citizen may know it. Without
 * internal notes and drafts, and with the reporter masked, whatever the screen shows.
 */
export function PrintedReport() {
  const { report } = useReportDesk()
  usePhotosAtHand(report)
  return usePrinting() ? <Sheet at={new Date()} /> : null
}

function Sheet({ at }: { at: Date }) {
  const t = useTranslations('report.sheet')
  const format = useFormat()
  const { report } = useReportDesk()
  const myself = useMyself()
  const answers = printedAnswers(report)
  return (
    <section className={styles.sheet} aria-label={t('name')}>
      <Letterhead issuer={myself?.agency.name ?? ''} superior={myself?.superior ?? null} code={report.code} at={at} />
      <h1 className={styles.title}>
        {t('title')}
        <span className={styles.about} lang="vi">
          {report.title}
        </span>
      </h1>
      <Facts />
      <h2>{t('words')}</h2>
      <p className={styles.words} lang="vi">
        {report.body}
      </p>
      <Photos fileIds={photosSentIn(report)} />
      <h2>{t('answer')}</h2>
      {answers.length === 0 && <p>{t('noAnswer')}</p>}
      {answers.map((answer) => (
        <SentAnswer key={answer.id} answer={answer} />
      ))}
      <h2>{t('course')}</h2>
      <Course />
      <p className={styles.printed}>{t('printed', { when: format.dateTime(at), name: myself?.name ?? '' })}</p>
    </section>
  )
}

function Facts() {
  const t = useTranslations('report.sheet')
  const words = useTranslations('reports')
  const labels = useTranslations('report.properties')
  const states = useTranslations('report.citizen.states')
  const english = useLocale() === 'en'
  const format = useFormat()
  const { report } = useReportDesk()
  const { category, citizen, reporter } = report
  const answeredAt = printedAnswers(report).at(-1)?.sentAt
  // Of an ended report the instant that its last clock ran to.
  const dueAt = report.clocks.at(-1)?.dueAt ?? null
  const rows = [
    { label: t('code'), value: report.code },
    { label: t('received'), value: format.dateTime(report.receivedAt) },
    { label: t('due'), value: dueAt && format.dateTime(dueAt) },
    { label: t('answered'), value: answeredAt && format.dateTime(answeredAt) },
    { label: labels('channel'), value: words(`channels.${report.channel}`) },
    {
      label: labels('category'),
      value: english ? `${category.parentNameEn} › ${category.nameEn}` : `${category.parentName} › ${category.name}`,
    },
    { label: labels('severity'), value: words(`severities.${report.severity}`) },
    { label: labels('place'), value: [report.address, report.area?.name].filter(Boolean).join(', ') },
    { label: labels('agency'), value: citizen.agencyName },
    { label: t('state'), value: states(citizen.state) },
    { label: t('reporter'), value: [reporter?.initials, reporter?.phone].filter(Boolean).join(', ') },
  ]
  return (
    <dl className={styles.facts}>
      {rows
        .filter(({ value }) => value)
        .map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** An answer with the photos that were sent with it, and no others. */
function SentAnswer({ answer }: { answer: PrintedAnswer }) {
  const t = useTranslations('report.answer')
  const sheet = useTranslations('report.sheet')
  const format = useFormat()
  const outcome = useOutcomeWords()(answer)
  const rows = [
    { label: t('outcome'), value: outcome },
    { label: t('where'), value: answer.where },
    { label: t('when'), value: answer.when },
    { label: t('nextStep'), value: answer.next },
  ].filter(({ value }) => value)
  return (
    <section className={styles.answer}>
      <p className={styles.sent}>
        {sheet('sent', {
          agency: answer.agencyName ?? 'none',
          when: format.dateTime(answer.sentAt),
        })}
      </p>
      <p className={styles.words} lang="vi">
        {answer.what}
      </p>
      {rows.map(({ label, value }) => (
        <p key={label} className={styles.words}>
          {label}: <span lang="vi">{value}</span>
        </p>
      ))}
      <Photos fileIds={answer.photoIds} />
    </section>
  )
}

function Photos({ fileIds }: { fileIds: readonly string[] }) {
  if (fileIds.length === 0) return null
  return (
    <ul className={styles.photos}>
      {fileIds.map((fileId) => (
        <li key={fileId}>
          <Photo fileId={fileId} />
        </li>
      ))}
    </ul>
  )
}

/** Of a photo that hangs on another report it is not said when it was added. */
function Photo({ fileId }: { fileId: string }) {
  const t = useTranslations('report.sheet')
  const format = useFormat()
  const { report } = useReportDesk()
  const addedAt = report.photos.find((photo) => photo.fileId === fileId)?.addedAt
  return (
    <figure>
      {/* biome-ignore lint/performance/noImgElement: an image service would need the sign-in */}
      <img src={photoAddress(fileId, 'thumb')} alt="" />
      {addedAt && <figcaption>{t('photo', { when: format.dateTime(addedAt) })}</figcaption>}
    </figure>
  )
}

/** What the citizen may know of what happened, the oldest first. */
function Course() {
  const t = useTranslations('report.timeline')
  const sheet = useTranslations('report.sheet')
  const format = useFormat()
  const { report } = useReportDesk()
  const words = useEventWords(report)
  return (
    <table className={styles.course}>
      <thead>
        <tr>
          <th scope="col">{sheet('when')}</th>
          <th scope="col">{sheet('who')}</th>
          <th scope="col">{sheet('what')}</th>
        </tr>
      </thead>
      <tbody>
        {printedCourse(report.timeline).map((entry) => (
          <tr key={entry.id}>
            <td>{format.dateTime(entry.at)}</td>
            <td>{entry.who.agency ?? t(`who.${entry.who.kind}`)}</td>
            <td>{words.sentenceOf(entry)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
