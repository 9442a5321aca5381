'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { FormField } from '#components/ui/FormField.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { CheckBox, RadioButton } from '#components/ui/Ticks.tsx'
import { type AlertEnding, alertEndings } from '#server/bulletins/rules/alert.ts'
import { alertAfterRemoval, type RemovalWay, removalWays } from '#server/bulletins/rules/cleaning.ts'
import type { CorrectionKind } from '#server/bulletins/rules/lifecycle.ts'
import styles from './MoveDialog.module.css'

export type Values = {
  words: string
  wordsEn: string
  kind: CorrectionKind
  at: Date | null
  redirectToId: string | null
  alertEnding: AlertEnding | null
  endsAlert: boolean
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

/** One of a few options, with its meaning. */
export function Choice({ name, label, hint, checked, disabled = false, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <label className={styles.choice}>
      <RadioButton name={name} checked={checked} disabled={disabled} aria-describedby={id} onChange={onChoose} />
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
  /** Null: the text is not shown to English readers. */
  labelEn: string | null
  /** The bulletin is public in English too. */
  needsEnglish: boolean
  values: Pick<Values, 'words' | 'wordsEn'>
  onChange: (change: Partial<Values>) => void
}

/** The text that readers see about a change to a bulletin they may have read. */
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

/** Whether readers see a notice, and whether the earlier version stays public. */
export function CorrectFields({ needsEnglish, values, onChange }: CorrectProps) {
  const t = useTranslations('bulletins.moves.correct')
  return (
    <>
      <Choices legend={t('kind')}>
        {(['substantive', 'minor', 'personal_data'] as const).map((kind) => (
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
      {values.kind === 'personal_data' && <Reason values={values} onChange={onChange} />}
    </>
  )
}

/** Why something must no longer be readable: for the log only. */
function Reason({ values, onChange }: Pick<CorrectProps, 'values' | 'onChange'>) {
  const t = useTranslations('bulletins.moves.unpublish')
  return (
    <ReaderWords
      label={t('words')}
      hint={t('wordsHint')}
      labelEn={null}
      needsEnglish={false}
      values={values}
      onChange={onChange}
    />
  )
}

type RemoveProps = {
  way: RemovalWay
  offered: Record<RemovalWay, boolean>
  needsEnglish: boolean
  values: Values
  /** Whether the bulletin is in force as an alert. */
  isAlerting: boolean
  onWay: (way: RemovalWay) => void
  onChange: (change: Partial<Values>) => void
}

/** Why an alert in force ends: only the end of the danger makes it an all-clear. */
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

/** Withdrawing, taking down and removing data are three different moves: the dialog says what readers will find. */
export function RemoveFields({ way, offered, needsEnglish, values, isAlerting, onWay, onChange }: RemoveProps) {
  const t = useTranslations('bulletins.moves')
  const alert = isAlerting ? alertAfterRemoval[way] : null
  return (
    <>
      <Choices legend={t('remove.legend')}>
        {removalWays.map((each) => (
          <Choice
            key={each}
            name="remove"
            label={t(`remove.${each}`)}
            hint={t(`remove.${each}Hint`)}
            checked={way === each}
            disabled={!offered[each]}
            onChoose={() => onWay(each)}
          />
        ))}
      </Choices>
      {alert === 'ends_as_said' && (
        <EndingChoices value={values.alertEnding} onChange={(alertEnding) => onChange({ alertEnding })} />
      )}
      {alert === 'ends' && (
        <label className={styles.tick}>
          <CheckBox checked={values.endsAlert} onChange={({ target }) => onChange({ endsAlert: target.checked })} />
          <span>{t('unpublish.endsAlert')}</span>
        </label>
      )}
      {way === 'withdraw' ? (
        <ReaderWords
          label={t('withdraw.words')}
          hint={t('withdraw.wordsHint')}
          labelEn={t('withdraw.wordsEn')}
          needsEnglish={needsEnglish}
          values={values}
          onChange={onChange}
        />
      ) : (
        <Reason values={values} onChange={onChange} />
      )}
    </>
  )
}
