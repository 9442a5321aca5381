'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { DuePreview as Preview } from '#server/calendars/queries/desk.ts'
import { previewInput } from '#server/calendars/rules/schemas.ts'
import { instantAt, localDayOf } from '#server/platform/rules/local-day.ts'
import { minuteOf } from './clock-text.ts'
import styles from './DuePreview.module.css'
import { HoursField } from './HoursField.tsx'
import { Section } from './Section.tsx'
import { useLimitWords } from './use-limit-words.ts'

type Question = { calendarId: string; from: Date; minutes: number }

const shownSlices = 30

/** "Received … → due …", with every interval that was counted. */
export function DuePreview({ calendarId }: { calendarId: string }) {
  const t = useTranslations('calendars.preview')
  const problemOf = useProblemText()
  const textOf = useRefusalText()
  const trpc = useTRPC()
  const [day, setDay] = useState<string | null>(() => localDayOf(new Date()))
  const [time, setTime] = useState('16:30')
  const [minutes, setMinutes] = useState<number | null>(240)
  const [problem, setProblem] = useState<'from' | 'minutes' | null>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  const answer = useQuery({
    ...trpc.calendars.preview.queryOptions(question ?? { calendarId, from: new Date(0), minutes: 1 }),
    enabled: question !== null,
    staleTime: 0,
    retry: false,
  })

  const ask = (event: FormEvent) => {
    event.preventDefault()
    const from = day !== null && !Number.isNaN(minuteOf(time)) ? instantAt(day, time.padStart(5, '0')) : null
    const asked = previewInput.safeParse({ calendarId, from, minutes })
    setProblem(asked.success ? null : from === null ? 'from' : 'minutes')
    if (asked.success) setQuestion(asked.data)
  }

  return (
    <Section title={t('title')} sentence={t('sentence')}>
      <form className={styles.form} onSubmit={ask} noValidate>
        <DateField label={t('date')} value={day} onChange={setDay} />
        <FormField label={t('time')} error={problem === 'from' ? problemOf('bad_date') : undefined}>
          {(field) => (
            <TextInput
              {...field}
              inputMode="numeric"
              maxLength={5}
              value={time}
              onChange={(event) => setTime(event.target.value)}
            />
          )}
        </FormField>
        <HoursField
          label={t('hours')}
          value={minutes}
          error={problem === 'minutes' ? problemOf('invalid') : undefined}
          onChange={setMinutes}
        />
        <Button type="submit" busy={answer.isFetching}>
          {t('run')}
        </Button>
      </form>
      {answer.error && <p className={styles.failed}>{textOf(answer.error)}</p>}
      {question && answer.data && <Answer question={question} preview={answer.data} />}
    </Section>
  )
}

function Answer({ question, preview }: { question: Question; preview: Preview }) {
  const t = useTranslations('calendars.preview')
  const format = useFormat()
  const lengthOf = useLimitWords()
  const { dueAt, slices } = preview
  const hidden = slices.length - shownSlices
  return (
    <div className={styles.answer} role="status">
      <p className={styles.result}>
        {t('result', { from: format.dateTime(question.from), due: format.dateTime(dueAt) })}
      </p>
      <table className={styles.slices} aria-label={t('slices')}>
        <tbody>
          {slices.slice(0, shownSlices).map(({ from, to }) => (
            <tr key={from.getTime()}>
              <th scope="row">
                {t('slice', { day: format.weekday(from), date: format.dayMonth(from, question.from) })}
              </th>
              <td>
                {format.time(from)}–{format.time(to)}
              </td>
              <td>{lengthOf(Math.round((to.getTime() - from.getTime()) / 60_000))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {hidden > 0 && (
            <tr>
              <td colSpan={3}>{t('more', { count: hidden })}</td>
            </tr>
          )}
          <tr>
            <th scope="row" colSpan={2}>
              {t('sum')}
            </th>
            <td>{lengthOf(question.minutes)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
