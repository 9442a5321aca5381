'use client'

import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { AgencyField } from '#components/agencies/AgencyField.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { actorKinds } from '#server/events/rules/event.ts'
import { type EventFilter, eventFilters, noEventFilter } from '#server/events/rules/filters.ts'
import { rangeBetween } from '#server/platform/rules/filters/day-range.ts'
import { isAnySet } from '#server/platform/rules/filters/filters.ts'
import styles from './EventFilters.module.css'
import { useEventName } from './use-event-name.ts'

type Props = { filter: EventFilter; names: readonly string[]; onChange: (filter: EventFilter) => void }

/** All conditions at once: the log is queried when the form is submitted, not with every letter. */
export function EventFilters({ filter, names, onChange }: Props) {
  const t = useTranslations('events.filters')
  const actors = useTranslations('events.actors')
  const agencies = useTranslations('agencies')
  const [typed, setTyped] = useState<EventFilter>(filter)
  const put = (change: Partial<EventFilter>) => setTyped((before) => ({ ...before, ...change }))
  const { from, to } = typed.day ?? { from: null, to: null }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange(typed)
  }
  const isNarrowed = isAnySet(eventFilters, filter)
  const [isOpen, setOpen] = useState(isNarrowed)
  return (
    <search>
      <Button
        className={styles.open ?? ''}
        icon={<ListFilter />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('apply')}
      </Button>
      <form className={styles.form} data-open={isOpen || undefined} onSubmit={submit}>
        <DateField label={t('from')} value={from} onChange={(day) => put({ day: rangeBetween(day, to) })} />
        <DateField label={t('to')} value={to} onChange={(day) => put({ day: rangeBetween(from, day) })} />
        <EventSelect names={names} value={typed.event} onChange={(event) => put({ event })} />
        <FormField label={t('subject')}>
          {(field) => (
            <TextInput
              {...field}
              type="search"
              placeholder={t('subjectHint')}
              value={typed.subject}
              onChange={(event) => put({ subject: event.target.value })}
            />
          )}
        </FormField>
        <FormField label={t('actorKind')}>
          {(field) => (
            <SelectInput
              {...field}
              value={typed.actorKind ?? ''}
              onChange={(event) => put({ actorKind: actorKinds.find((kind) => kind === event.target.value) ?? null })}
            >
              <option value="">{t('anyActor')}</option>
              {actorKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {actors(kind)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        <AgencyField
          label={t('agency')}
          value={typed.agencyId}
          placeholder={agencies('any')}
          onChange={(agencyId) => put({ agencyId })}
        />
        <div className={styles.foot}>
          <CheckField
            label={t('personal')}
            checked={typed.personal === true}
            onChange={(checked) => put({ personal: checked || null })}
          />
          <span className={styles.buttons}>
            {isNarrowed && (
              <Button variant="quiet" onClick={() => onChange(noEventFilter)}>
                {t('clear')}
              </Button>
            )}
            <Button type="submit" variant="primary">
              {t('apply')}
            </Button>
          </span>
        </div>
      </form>
    </search>
  )
}

type SelectProps = {
  names: readonly string[]
  value: string | null
  onChange: (event: string | null) => void
}

/** The events that occur, grouped by subject; "everything about reports" as well. */
function EventSelect({ names, value, onChange }: SelectProps) {
  const t = useTranslations('events')
  const format = useFormat()
  const nameOf = useEventName()
  const families = Map.groupBy(names, (name) => name.slice(0, name.indexOf('.')))
  const familyOf = (family: string) => {
    const key = `families.${family}` as Parameters<typeof t>[0]
    return t.has(key) ? t(key) : family
  }
  return (
    <FormField label={t('filters.event')}>
      {(field) => (
        <SelectInput {...field} value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
          <option value="">{t('filters.anyEvent')}</option>
          {[...families].map(([family, events]) => (
            <optgroup key={family} label={familyOf(family)}>
              <option value={`${family}.`}>{t('allOf', { family: familyOf(family).toLocaleLowerCase() })}</option>
              {[...events]
                .sort((a, b) => format.compare(nameOf(a), nameOf(b)))
                .map((event) => (
                  <option key={event} value={event}>
                    {nameOf(event)}
                  </option>
                ))}
            </optgroup>
          ))}
        </SelectInput>
      )}
    </FormField>
  )
}
