import type { Reader } from '#components/bulletins/public/reader.ts'
import { outcomeValues } from '#components/reports/outcome-values.ts'
import { formatDateTime } from '#components/ui/format.ts'
import type { CitizenPage } from '#server/citizen-links/rules/page.ts'

type Props = { page: CitizenPage; reader: Reader; path: string }

/** The answers sent to the citizen, newest first, or the reason of the rejection. */
export function Answers({ page: { answers, refusal }, reader, path }: Props) {
  const { t } = reader
  if (refusal) {
    return (
      <section className="answer">
        <h2>{t('citizenPage.refusal')}</h2>
        <p>
          <strong>{t(`reports.rejectReasons.${refusal.reason}`)}</strong>
        </p>
        {refusal.words && (
          <p className="words" lang="vi">
            {refusal.words}
          </p>
        )}
      </section>
    )
  }
  return answers.toReversed().map((answer, at) => (
    <section className="answer" key={answer.sentAt.toISOString()}>
      <h2 id={at === 0 ? 'tra-loi' : undefined}>{t('citizenPage.answer.title')}</h2>
      <p className="quiet">
        {answer.agencyName
          ? t('citizenPage.answer.of', { agency: answer.agencyName, at: formatDateTime(answer.sentAt) })
          : formatDateTime(answer.sentAt)}
      </p>
      <p className="words" lang="vi">
        {answer.what}
      </p>
      <dl>
        {answer.outcome !== null && answer.outcome !== 'not_stated' && (
          <div>
            <dt>{t('citizenPage.answer.outcome')}</dt>
            <dd>{t('reports.outcomeSaid', outcomeValues(answer))}</dd>
          </div>
        )}
        {(['where', 'when', 'next'] as const)
          .filter((part) => answer[part] !== '')
          .map((part) => (
            <div key={part}>
              <dt>{t(`citizenPage.answer.${part}`)}</dt>
              <dd lang="vi">{answer[part]}</dd>
            </div>
          ))}
      </dl>
      {answer.photoIds.length > 0 && (
        <div className="photos">
          {answer.photoIds.map((id, index) => (
            <a key={id} href={`${path}/anh/${id}.jpg`}>
              {/* biome-ignore lint/performance/noImgElement: the page works without a script and without Next */}
              <img
                src={`${path}/anh/${id}.jpg`}
                alt={t('citizenPage.answer.photo', { index: index + 1, total: answer.photoIds.length })}
                loading="lazy"
              />
            </a>
          ))}
        </div>
      )}
    </section>
  ))
}
