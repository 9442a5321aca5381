import type { Reader } from '#components/bulletins/public/reader.ts'
import { formatDateTime } from '#components/ui/format.ts'
import type { FormState, Saying } from '#server/citizen-links/rules/form-state.ts'
import type { CitizenPage } from '#server/citizen-links/rules/page.ts'
import { Answers } from './Answers.tsx'
import { CitizenFrame } from './CitizenFrame.tsx'
import { Course } from './Course.tsx'
import { AddForm, RateForm, ReopenForm } from './Forms.tsx'
import { troubleWords } from './trouble-words.ts'

type Props = {
  page: CitizenPage
  reader: Reader
  path: string
  /** The form that was just accepted; null if none was. */
  done: Saying | null
  form: FormState | null
}

export function ReportPage({ page, reader, path, done, form }: Props) {
  const { locale, t } = reader
  const action = locale === 'en' ? `${path}?lang=en` : path
  const { code, state, rateUntil, reopenUntil, question } = page
  const forms = { page, reader, action, form }
  return (
    <CitizenFrame reader={reader} path={path}>
      <article>
        {done && !form && (
          <p className="notice" data-tone="ok" role="status" id="ket-qua">
            <strong>{t(`citizenPage.done.${done}`)}</strong>
          </p>
        )}
        {form && (
          <div className="notice" data-tone="late" role="alert" id="chua-gui">
            <strong>{t('citizenPage.troubleTitle')}</strong>
            {troubleWords(form.code, reader)}
          </div>
        )}
        <p className="meta">
          <span className="code">{code}</span>
          <span>{t('citizenPage.sent', { at: formatDateTime(page.receivedAt) })}</span>
        </p>
        <h1 className="title" lang="vi">
          {page.title}
        </h1>
        <p className="category">{categoryOf(page, locale)}</p>
        <State page={page} reader={reader} />
        {question && <AddForm {...forms} />}
        <Answers page={page} reader={reader} path={path} />
        {page.rating && (
          <p className="given">
            {t('citizenPage.rate.given')}: <strong>{t(`citizenPage.rate.${page.rating}`)}</strong>
          </p>
        )}
        {rateUntil && <RateForm {...forms} />}
        {reopenUntil && <ReopenForm {...forms} />}
        {state === 'handled' && !rateUntil && !reopenUntil && !page.isMerged && (
          <p className="ended">{t('citizenPage.ended')}</p>
        )}
        <Course page={page} reader={reader} />
      </article>
    </CitizenFrame>
  )
}

function State({ page, reader: { t } }: Pick<Props, 'page' | 'reader'>) {
  const { state, agencyName, dueAt, isOverdue, question, isMerged } = page
  const due = state === 'awaiting_intake' ? 'citizenPage.dueIntake' : 'citizenPage.due'
  return (
    <section className="state" data-state={state} aria-label={t('citizenPage.state')}>
      <p className="state-name">{t(`citizenPage.states.${state}`)}</p>
      <p>{question ? t('citizenPage.waiting') : t(`citizenPage.meanings.${state}`)}</p>
      {isMerged && <p>{t('citizenPage.merged')}</p>}
      {(agencyName || dueAt) && (
        <dl>
          {agencyName && (
            <div>
              <dt>{t('citizenPage.agency')}</dt>
              <dd lang="vi">{agencyName}</dd>
            </div>
          )}
          {dueAt && (
            <div>
              <dt>{t(due)}</dt>
              <dd>
                <time dateTime={dueAt.toISOString()}>{formatDateTime(dueAt)}</time>
                {isOverdue && <span className="overdue"> · {t('citizenPage.overdue')}</span>}
              </dd>
            </div>
          )}
        </dl>
      )}
      {isOverdue && <p className="quiet">{t('citizenPage.overdueSentence')}</p>}
    </section>
  )
}

function categoryOf({ category }: CitizenPage, locale: Reader['locale']): string {
  const names = locale === 'en' ? [category.parentNameEn, category.nameEn] : [category.parentName, category.name]
  return names.filter(Boolean).join(' › ')
}
