import { CheckField } from './CheckField.tsx'
import styles from './CheckGroup.module.css'

type Props<Choice extends string> = {
  legend: string
  choices: readonly Choice[]
  labelOf: (choice: Choice) => string
  value: readonly Choice[]
  /** Receives the chosen values in the order of the choices. */
  onChange: (chosen: Choice[]) => void
  error?: string | undefined
}

/** Multiple choice among a few options that are all visible. */
export function CheckGroup<Choice extends string>(props: Props<Choice>) {
  const { legend, choices, labelOf, value, onChange, error } = props
  const chosenWith = (choice: Choice, isOn: boolean) =>
    choices.filter((each) => (each === choice ? isOn : value.includes(each)))
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <CheckField
          key={choice}
          label={labelOf(choice)}
          checked={value.includes(choice)}
          onChange={(isOn) => onChange(chosenWith(choice, isOn))}
        />
      ))}
      {error && <p className={styles.error}>{error}</p>}
    </fieldset>
  )
}
