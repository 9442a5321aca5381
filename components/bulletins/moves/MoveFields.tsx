'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { FormField } from '#components/ui/FormField.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { type AlertEnding, alertEndings } from '#server/bulletins/rules/alert.ts'
import type { CorrectionKind } from '#server/bulletins/rules/lifecycle.ts'
import styles from './MoveDialog.module.css'

export type Values = {
  words: string
  wordsEn: string
  kind: CorrectionKind
  at: Date | null
  redirectToId: string | null
  alertEnding: AlertEnding | null
}

type WordsProps = {
  move: 'submit' | 'request_changes' | 'look_back' | 'publish_unreviewed'
  value: string
  onChange: (words: string) => void
}

export function Words({ move, value, onChange }: WordsProps) {
  const t = useTranslations('bulletins.moves')
  const isRequired = move === 'request_changes' || move === 'publish_unreviewed'
  return (
    <FormField label={t(`${move}.words`)} required={isRequired}>
      {(field) => (
        <TextArea {...field} autoFocus rows={4} value={value} onChange={({ target }) => onChange(target.value)} />
      )}
    </FormField>
  )
}

type ChoiceProps = {
  name: string
  label: string
  hint: string
  checked: boolean
  disabled?: boolean
  onChoose: () => void
}

/** One of a few ways on, with what it means. */
export function Choice({ name, label, hint, checked, disabled = false, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <label className={styles.choice}>
      <input type="radio" name={name} checked={checked} disabled={disabled} aria-describedby={id} onChange={onChoose} />
      <strong>{label}</strong>
      <small id={id}>{hint}</small>
    </label>
  )
}

export function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}

type ReaderWordsProps = {
  label: string
  hint: string
  /** Null: the words are not shown to those who read English. */
  labelEn: string | null
  /** The bulletin stands outside in English too. */
  needsEnglish: boolean
  values: Pick<Values, 'words' | 'wordsEn'>
  onChange: (change: Partial<Values>) => void
}

/** What readers are told of a change to what they may have read. */
function ReaderWords({ label, hint, labelEn, needsEnglish, values, onChange }: ReaderWordsProps) {
  return (
    <>
      <FormField label={label} hint={hint} required>
        {(field) => (
          <TextArea
            {...field}
            rows={3}
            maxLength={1000}
            value={values.words}
            onChange={({ target }) => onChange({ words: target.value })}
          />
        )}
      </FormField>
      {labelEn && (
        <FormField label={labelEn} required={needsEnglish}>
          {(field) => (
            <TextArea
              {...field}
              lang="en"
              rows={2}
              maxLength={1000}
              value={values.wordsEn}
              onChange={({ target }) => onChange({ wordsEn: target.value })}
            />
          )}
        </FormField>
      )}
    </>
  )
}

type CorrectProps = { needsEnglish: boolean; values: Values; onChange: (change: Partial<Values>) => void }

/** Minor or substantive: whether readers are told. */
export function CorrectFields({ needsEnglish, values, onChange }: CorrectProps) {
  const t = useTranslations('bulletins.moves.correct')
  return (
    <>
      <Choices legend={t('kind')}>
        {(['substantive', 'minor'] as const).map((kind) => (
          <Choice
            key={kind}
            name="correction"
            label={t(`kinds.${kind}`)}
            hint={t(`hints.${kind}`)}
            checked={values.kind === kind}
            onChoose={() => onChange({ kind })}
          />
        ))}
      </Choices>
      {values.kind === 'substantive' && (
        <ReaderWords
          label={t('words')}
          hint={t('wordsHint')}
          labelEn={t('wordsEn')}
          needsEnglish={needsEnglish}
          values={values}
          onChange={onChange}
        />
      )}
    </>
  )
}

type RemoveProps = {
  move: 'withdraw' | 'unpublish'
  offered: Record<'withdraw' | 'unpublish', boolean>
  needsEnglish: boolean
  values: Values
  /** Whether the bulletin is in force as an alert. */
  isAlerting: boolean
  onMove: (move: 'withdraw' | 'unpublish') => void
  onChange: (change: Partial<Values>) => void
}

/** Why an alert in force ends: only where the danger is over is it an all-clear. */
export function EndingChoices({
  value,
  onChange,
}: {
  value: AlertEnding | null
  onChange: (ending: AlertEnding) => void
}) {
  const t = useTranslations('bulletins.alertPanel.ending')
  return (
    <Choices legend={t('legend')}>
      {alertEndings.map((ending) => (
        <Choice
          key={ending}
          name="ending"
          label={t(ending)}
          hint={t(`${ending}Hint`)}
          checked={value === ending}
          onChoose={() => onChange(ending)}
        />
      ))}
    </Choices>
  )
}

/** To withdraw is not to take down: the dialog says what readers will find. */
export function RemoveFields({ move, offered, needsEnglish, values, isAlerting, onMove, onChange }: RemoveProps) {
  const t = useTranslations('bulletins.moves')
  return (
    <>
      <Choices legend={t('remove.legend')}>
        {(['withdraw', 'unpublish'] as const).map((each) => (
          <Choice
            key={each}
            name="remove"
            label={t(`remove.${each}`)}
            hint={t(`remove.${each}Hint`)}
            checked={move === each}
            disabled={!offered[each]}
            onChoose={() => onMove(each)}
          />
        ))}
      </Choices>
      {isAlerting && move === 'withdraw' && (
        <EndingChoices value={values.alertEnding} onChange={(alertEnding) => onChange({ alertEnding })} />
      )}
      <ReaderWords
        label={t(`${move}.words`)}
        hint={t(`${move}.wordsHint`)}
        labelEn={move === 'withdraw' ? t('withdraw.wordsEn') : null}
        needsEnglish={needsEnglish}
        values={values}
        onChange={onChange}
      />
    </>
  )
}
