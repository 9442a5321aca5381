import type { ReactNode } from 'react'
import type { Reader } from '#components/bulletins/public/reader.ts'
import { formatDateTime } from '#components/ui/format.ts'
import type { FormState, Saying } from '#server/citizen-links/rules/form-state.ts'
import type { CitizenPage } from '#server/citizen-links/rules/page.ts'
import { photoTypes } from '#server/platform/rules/photo.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import { megabytes, mostPhotos, troubleWords } from './trouble-words.ts'

type Props = { page: CitizenPage; reader: Reader; action: string; form: FormState | null }

/** The reply to a question of the desk. */
export function AddForm({ page, reader, action, form }: Props) {
  const { t } = reader
  return (
    <section className="ask">
      <h2>{t('citizenPage.question.title')}</h2>
      <p className="words" lang="vi">
        {page.question}
      </p>
      {page.mayAdd && (
        <SentForm saying="add" action={action} hasPhotos>
          <Words
            saying="add"
            label={t('citizenPage.question.words')}
            most={8000}
            reader={reader}
            form={form}
            isNeeded
          />
          <Photos saying="add" reader={reader} form={form} />
          <button type="submit">{t('citizenPage.question.send')}</button>
        </SentForm>
      )}
    </section>
  )
}

export function RateForm({ page, reader, action, form }: Props) {
  const { t } = reader
  const isAgain = page.rating !== null
  const chosen = form?.saying === 'rate' ? form.typed.rating : (page.rating ?? '')
  const fields = (
    <SentForm saying="rate" action={action}>
      <fieldset>
        <legend className="unseen">{t('citizenPage.rate.legend')}</legend>
        {ratings.map((rating) => (
          <label className="choice" key={rating}>
            <input
              type="radio"
              name="rating"
              value={rating}
              defaultChecked={chosen === rating}
              aria-describedby={form?.code === 'rating_missing' ? 'rate-trouble' : undefined}
              required
            />
            <span>{t(`citizenPage.rate.${rating}`)}</span>
          </label>
        ))}
      </fieldset>
      {form?.code === 'rating_missing' && (
        <p className="wrong" id="rate-trouble">
          {troubleWords(form.code, reader)}
        </p>
      )}
      <Words saying="rate" label={t('citizenPage.rate.words')} most={4000} reader={reader} form={form} />
      <button type="submit">{t('citizenPage.rate.send')}</button>
      {page.rateUntil && <p className="quiet">{t('citizenPage.rate.until', { at: formatDateTime(page.rateUntil) })}</p>}
    </SentForm>
  )
  if (!isAgain) {
    return (
      <section className="ask rate">
        <h2>{t('citizenPage.rate.title')}</h2>
        {fields}
      </section>
    )
  }
  return (
    <details className="fold" open={form?.saying === 'rate'}>
      <summary>{t('citizenPage.rate.again')}</summary>
      {fields}
    </details>
  )
}

/** Reopens a report whose matter is not resolved. */
export function ReopenForm({ page, reader, action, form }: Props) {
  const { t } = reader
  return (
    <details className="fold" open={form?.saying === 'reopen'}>
      <summary>{t('citizenPage.reopen.title')}</summary>
      <p>{page.reopenUntil && t('citizenPage.reopen.lead', { at: formatDateTime(page.reopenUntil) })}</p>
      <SentForm saying="reopen" action={action} hasPhotos>
        <Words saying="reopen" label={t('citizenPage.reopen.words')} most={2000} reader={reader} form={form} isNeeded />
        <Photos saying="reopen" reader={reader} form={form} />
        <button type="submit">{t('citizenPage.reopen.send')}</button>
      </SentForm>
    </details>
  )
}

type SentProps = { saying: Saying; action: string; hasPhotos?: boolean; children: ReactNode }

function SentForm({ saying, action, hasPhotos = false, children }: SentProps) {
  return (
    <form method="post" action={action} encType={hasPhotos ? 'multipart/form-data' : undefined} className="say">
      <input type="hidden" name="say" value={saying} />
      {children}
    </form>
  )
}

type FieldProps = { saying: Saying; reader: Reader; form: FormState | null }

type WordsProps = FieldProps & { label: string; most: number; isNeeded?: boolean }

function Words({ saying, label, most, reader, form, isNeeded = false }: WordsProps) {
  const { t } = reader
  const own = form?.saying === saying ? form : null
  const isWrong = own?.code === 'required' || own?.code === 'too_long'
  const described = [isWrong ? `${saying}-wrong` : null, `${saying}-hint`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={`${saying}-words`}>{label}</label>
      {isWrong && (
        <p className="wrong" id={`${saying}-wrong`}>
          {troubleWords(own.code, reader)}
        </p>
      )}
      <textarea
        id={`${saying}-words`}
        name="words"
        rows={4}
        maxLength={most}
        defaultValue={own?.typed.words}
        required={isNeeded}
        aria-invalid={isWrong || undefined}
        aria-describedby={described}
      />
      <p className="quiet" id={`${saying}-hint`}>
        {t('citizenPage.privacy')}
      </p>
    </div>
  )
}

function Photos({ saying, reader: { t }, form }: FieldProps) {
  const isAgain = form?.saying === saying
  return (
    <div className="field">
      <label htmlFor={`${saying}-photos`}>{t('citizenPage.photos', { most: String(mostPhotos) })}</label>
      <input
        id={`${saying}-photos`}
        type="file"
        name="photos"
        accept={Object.keys(photoTypes).join(',')}
        multiple
        aria-describedby={`${saying}-photos-hint`}
      />
      <p className="quiet" id={`${saying}-photos-hint`}>
        {isAgain && <strong>{t('citizenPage.keptPhotos')} </strong>}
        {t('citizenPage.photosHint', { megabytes: String(megabytes) })}
      </p>
    </div>
  )
}
