'use client'

import styles from './FilterFields.module.css'

type Props<Value extends string> = {
  label: string
  options: readonly { value: Value; label: string }[]
  chosen: readonly Value[]
  onChange: (chosen: Value[]) => void
  autoFocus?: boolean
}

/** Several of a few options, all visible. */
export function Toggles<Value extends string>({ label, options, chosen, onChange, autoFocus = false }: Props<Value>) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.options}>
        {options.map(({ value, label: words }, i) => (
          <label key={value} className={styles.option}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              // biome-ignore lint/a11y/noAutofocus: the first choice of a sheet that was just opened by a key
              autoFocus={autoFocus && i === 0}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
            />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
