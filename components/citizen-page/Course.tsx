import type { Reader } from '#components/bulletins/public/reader.ts'
import { formatDateTime } from '#components/ui/format.ts'
import type { CitizenPage, PageStep } from '#server/citizen-links/rules/page.ts'
import type { Rating } from '#server/reports/rules/lifecycle.ts'

export function Course({ page, reader }: { page: CitizenPage; reader: Reader }) {
  const { t } = reader
  const steps = page.course.flatMap((step) => {
    const words = stepWords(step, reader)
    return words === null ? [] : [{ step, words }]
  })
  return (
    <section className="course">
      <h2>{t('citizenPage.course.title')}</h2>
      <ol>
        {steps.toReversed().map(({ step, words }) => (
          <li key={`${step.at.toISOString()} ${step.event}`}>
            <time dateTime={step.at.toISOString()}>{formatDateTime(step.at)}</time>
            <span>{words}</span>
            {step.words && (
              <p className="words" lang="vi">
                {step.words}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function stepWords({ event, agency, rating }: PageStep, { t }: Reader): string | null {
  switch (event) {
    case 'assigned':
      return agency ? t('citizenPage.course.assigned', { agency }) : t('citizenPage.course.assignedPlain')
    case 'transferred':
    case 'handed_over':
      return t(`citizenPage.course.${event}`, { agency })
    case 'rated':
      return t('citizenPage.course.rated', { rating: t(`citizenPage.rate.${rating as Rating}`) })
    case 'received':
    case 'accepted':
    case 'citizen_asked':
    case 'citizen_replied':
    case 'information_added':
    case 'merged':
    case 'rejected':
    case 'answer_sent':
    case 'notice_sent':
    case 'notice_covered':
    case 'closed':
    case 'reopened':
      return t(`citizenPage.course.${event}`)
    default:
      return null
  }
}
