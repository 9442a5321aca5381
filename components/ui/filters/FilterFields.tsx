'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import type { FilterName, Filters, FilterValues } from '#server/platform/rules/filters/filters.ts'
import { type Filter, tagsIn } from '#server/platform/rules/filters/kinds.ts'
import { nameIn, type Thing, type Things } from '#server/platform/rules/filters/things.ts'
import type { FilterWords, LooseWords, Say } from '#server/platform/rules/filters/words.ts'
import { DayRangeField } from './DayRangeField.tsx'
import { Toggles } from './Toggles.tsx'

type Props<F extends Filters> = {
  filters: F
  words: FilterWords<F>
  values: FilterValues<F>
  things: Things | undefined
  /** Where not every value of a filter makes sense here; a filter with one value or none is not shown. */
  offered?: Partial<Record<FilterName<F>, readonly string[]>>
  onChange: (change: Partial<FilterValues<F>>) => void
}

/** One field for each filter that has labels, rendered by its kind, in the order of the labels. */
export function FilterFields<F extends Filters>({ filters, words, values, things, offered, onChange }: Props<F>) {
  const t = useTranslations()
  const say: Say = (key, of) => t(key as never, of as never)
  const isDrawn = (name: FilterName<F>): boolean => {
    const said = words[name] as LooseWords | null
    return said !== null && !said.isChipOnly && (offered?.[name]?.length ?? 2) > 1
  }
  const names = (Object.keys(words) as FilterName<F>[]).filter(isDrawn)
  return names.map((name, at) => (
    <FilterField
      key={name}
      filter={filters[name] as Filter}
      words={words[name] as LooseWords}
      value={values[name]}
      things={things}
      offered={offered?.[name]}
      isFirst={at === 0}
      say={say}
      onChange={(value) => onChange({ [name]: value } as Partial<FilterValues<F>>)}
    />
  ))
}

type FieldProps = {
  filter: Filter
  words: LooseWords
  value: unknown
  things: Things | undefined
  offered: readonly string[] | undefined
  isFirst: boolean
  say: Say
  onChange: (value: unknown) => void
}

function FilterField({ filter, words, value, things, offered, isFirst, say, onChange }: FieldProps) {
  const isEnglish = useLocale() === 'en'
  const label = say(words.label)
  const field = { label, ...(words.hint && { hint: say(words.hint) }) }
  const any = <option value="">{say('common.filter.any')}</option>
  switch (filter.kind) {
    case 'choice':
      return (
        <Toggles
          label={label}
          options={(offered ?? filter.values).map((each) => ({ value: each, label: say(`${words.of}.${each}`) }))}
          chosen={value as readonly string[]}
          onChange={onChange}
          autoFocus={isFirst}
        />
      )
    case 'one':
      return (
        <FormField {...field}>
          {(wiring) => (
            <SelectInput
              {...wiring}
              value={(value as string | null) ?? ''}
              onChange={(event) => onChange(event.target.value || filter.empty)}
            >
              {filter.empty === null && any}
              {(offered ?? filter.values).map((each) => (
                <option key={each} value={each}>
                  {say(`${words.of}.${each}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      )
    case 'ids':
      return (
        <FormField {...field}>
          {(wiring) => (
            <OptionPicker
              field={wiring}
              options={things?.[filter.of]?.map((thing) => optionOf(thing, isEnglish))}
              multiple
              value={(value as readonly unknown[]).map(String)}
              onChange={(ids) => onChange(ids.flatMap((id) => filter.format.read(id) ?? []))}
            />
          )}
        </FormField>
      )
    case 'id': {
      const fixed = filter.words.map((word): PickerOption => ({ id: word, label: say(words.words?.[word] ?? word) }))
      const options = things?.[filter.of]?.map((thing) => optionOf(thing, isEnglish))
      return (
        <FormField {...field}>
          {(wiring) => (
            <OptionPicker
              field={wiring}
              options={options && [...fixed, ...options]}
              value={value === null ? null : String(value)}
              onChange={(id) => onChange(id === null ? null : filter.words.includes(id) ? id : filter.format.read(id))}
            />
          )}
        </FormField>
      )
    }
    case 'dayRange':
      return <DayRangeField label={label} range={value as never} onChange={onChange} />
    case 'yesNo':
      return filter.onlyYes ? (
        <CheckField label={label} checked={value === true} onChange={(checked) => onChange(checked ? true : null)} />
      ) : (
        <FormField {...field}>
          {(wiring) => (
            <SelectInput
              {...wiring}
              value={value === null ? '' : value ? 'yes' : 'no'}
              onChange={({ target }) => onChange(target.value === '' ? null : target.value === 'yes')}
            >
              {any}
              <option value="yes">{say(words.yes ?? words.label)}</option>
              <option value="no">{say(words.no ?? words.label)}</option>
            </SelectInput>
          )}
        </FormField>
      )
    case 'instantAs':
      // Set by links: no form offers it.
      return null
    case 'tags':
      return <TagsField {...field} value={value as readonly string[]} onChange={onChange} />
    case 'text':
      return (
        <FormField {...field}>
          {(wiring) => (
            <TextInput
              {...wiring}
              type="search"
              maxLength={filter.most}
              value={value as string}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </FormField>
      )
  }
}

const optionOf = (thing: Thing, isEnglish: boolean): PickerOption => ({
  id: String(thing.id),
  label: nameIn(thing, isEnglish),
  note: thing.note ?? thing.shortName,
  group: isEnglish ? (thing.groupEn ?? thing.group) : thing.group,
  also: [thing.also, isEnglish ? thing.name : thing.nameEn].filter(Boolean).join(' '),
})

const tagsOf = (text: string): string[] => tagsIn(text.split(','))

type TagsProps = { label: string; hint?: string; value: readonly string[]; onChange: (tags: string[]) => void }

/** Typed with commas between them. The text is not reformatted, until the tags are cleared from outside. */
function TagsField({ label, hint, value, onChange }: TagsProps) {
  const [text, setText] = useState(() => value.join(', '))
  const isCleared = value.length === 0 && tagsOf(text).length > 0
  return (
    <FormField label={label} {...(hint && { hint })}>
      {(wiring) => (
        <TextInput
          {...wiring}
          autoComplete="off"
          value={isCleared ? '' : text}
          onChange={({ target }) => {
            setText(target.value)
            onChange(tagsOf(target.value))
          }}
        />
      )}
    </FormField>
  )
}
