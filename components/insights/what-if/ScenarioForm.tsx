'use client'

import { useTranslations } from 'next-intl'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SliderInput } from '#components/ui/SliderInput.tsx'
import { peopleReach, type Scenario, sliders } from '#server/insights/rules/what-if/scenario.ts'
import styles from './ScenarioForm.module.css'
import { useChanceWords } from './use-chance-words.ts'

type Props = { scenario: Scenario; present: Scenario; onChange: (scenario: Scenario) => void }

/** A slider for each thing a head of an agency can change; the arrow keys move the one in focus. */
export function ScenarioForm({ scenario, present, onChange }: Props) {
  const t = useTranslations('whatIf.sliders')
  const { hoursOf } = useChanceWords(present)
  const more = (minutes: number) =>
    minutes === 0 ? t('hoursSame') : t(minutes > 0 ? 'hoursMore' : 'hoursLess', { hours: hoursOf(minutes) })
  const rows = [
    {
      name: 'people',
      least: 1,
      most: peopleReach(present.people),
      step: 1,
      words: t('peopleValue', { count: scenario.people }),
      hint: t('peopleHint', { count: present.people }),
    },
    { name: 'limits', ...sliders.limits, words: t('limitsValue', { value: scenario.limits }), hint: t('limitsHint') },
    { name: 'hours', ...sliders.hours, words: more(scenario.hours), hint: t('hoursHint') },
  ] as const
  return (
    <div className={styles.form}>
      {rows.map(({ name, least, most, step, words, hint }) => (
        <FormField key={name} label={t(name)} hint={hint} aside={<span className={styles.value}>{words}</span>}>
          {({ id, 'aria-describedby': describedBy }) => (
            <SliderInput
              id={id}
              min={least}
              max={Math.max(most, scenario[name])}
              step={step}
              value={scenario[name]}
              aria-valuetext={words}
              aria-describedby={describedBy}
              onChange={(event) => onChange({ ...scenario, [name]: Number(event.target.value) })}
            />
          )}
        </FormField>
      ))}
      <CheckField
        look="switch"
        label={t('saturdays')}
        hint={t('saturdaysHint')}
        checked={scenario.saturdays}
        onChange={(saturdays) => onChange({ ...scenario, saturdays })}
      />
    </div>
  )
}
