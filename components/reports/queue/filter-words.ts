'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { openStates } from '#server/reports/rules/lifecycle.ts'
import { type DayRange, noFilters, type Queue, type QueueFilters } from '#server/reports/rules/queue.ts'

export type FilterChipWords = {
  key: string
  label: string
  value: string
  /** The queue without this condition. */
  without: Partial<QueueFilters>
}

/** Each condition of a queue in words, with the way to drop it. */
export function useFilterWords() {
  const t = useTranslations('reports.queue.filters')
  const reports = useTranslations('reports')
  const english = useLocale() === 'en'
  const format = useFormat()

  const several = (names: readonly string[]): string => {
    const [first = '', ...others] = names
    return others.length <= 1 ? names.join(', ') : t('several', { first, count: others.length })
  }
  const dayOf = (day: string) => format.date(new Date(`${day}T12:00:00+07:00`))
  const rangeOf = ({ from, to }: DayRange): string => {
    if (from && to)
      return from === to ? t('on', { from: dayOf(from) }) : t('range', { from: dayOf(from), to: dayOf(to) })
    return from ? t('since', { from: dayOf(from) }) : t('until', { to: dayOf(to ?? '') })
  }
  const isOpenStates = (states: readonly string[]) =>
    states.length === openStates.length && openStates.every((state) => states.includes(state))

  return (queue: Queue, choices: Choices | undefined): FilterChipWords[] => {
    const named = <T extends { id: string | number; name: string }>(
      items: readonly T[] | undefined,
      id: string | number,
    ) => items?.find((item) => item.id === id)
    const categoryOf = (code: string): string => {
      const leaf = choices?.categories.find((each) => each.code === code)
      if (leaf) return english ? leaf.nameEn : leaf.name
      const inGroup = choices?.categories.find((each) => each.groupCode === code)
      return inGroup ? (english ? inGroup.groupNameEn : inGroup.groupName) : code
    }
    const assigneeOf = (assignee: string) =>
      assignee === 'me'
        ? t('me')
        : assignee === 'none'
          ? t('none')
          : (named(choices?.colleagues, assignee)?.name ?? t('unknown'))
    const tags = [...queue.tags, ...queue.withoutTags.map((tag) => t('withoutTag', { tag }))]

    const chips: (FilterChipWords | false)[] = [
      queue.words !== '' && chip('words', t('words'), `“${queue.words}”`),
      queue.states.length > 0 &&
        chip(
          'states',
          t('state'),
          isOpenStates(queue.states) ? t('open') : several(queue.states.map((state) => reports(`states.${state}`))),
        ),
      queue.deadlines.length > 0 &&
        chip('deadlines', t('deadline'), several(queue.deadlines.map((kind) => t(`deadlines.${kind}`)))),
      queue.severities.length > 0 &&
        chip('severities', t('severity'), several(queue.severities.map((each) => reports(`severities.${each}`)))),
      queue.categories.length > 0 && chip('categories', t('category'), several(queue.categories.map(categoryOf))),
      queue.areas.length > 0 &&
        chip(
          'areas',
          t('area'),
          several(queue.areas.map((id) => named(choices?.areas, id)?.shortName ?? t('unknown'))),
        ),
      queue.agencies.length > 0 &&
        chip(
          'agencies',
          t('agency'),
          several(queue.agencies.map((id) => named(choices?.agencies, id)?.shortName ?? id)),
        ),
      queue.assignee !== null && chip('assignee', t('assignee'), assigneeOf(queue.assignee)),
      queue.channels.length > 0 &&
        chip('channels', t('channel'), several(queue.channels.map((each) => reports(`channels.${each}`)))),
      queue.incident !== null &&
        chip('incident', t('incident'), named(choices?.incidents, queue.incident)?.name ?? t('unknown')),
      tags.length > 0 && { ...chip('tags', t('tags'), several(tags)), without: { tags: [], withoutTags: [] } },
      queue.received !== null && chip('received', t('received'), rangeOf(queue.received)),
      queue.due !== null && chip('due', t('due'), rangeOf(queue.due)),
      queue.photo !== null && chip('photo', t('photo'), t(queue.photo ? 'withPhoto' : 'withoutPhoto')),
    ]
    return chips.filter((each) => each !== false)
  }
}

const chip = (key: keyof QueueFilters, label: string, value: string): FilterChipWords => ({
  key,
  label,
  value,
  without: { [key]: noFilters[key] },
})
