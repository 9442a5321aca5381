'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import type { Entry } from './entries.ts'
import { fieldOf } from './report-rights.ts'
import type { ActionEntry } from './use-action-entries.ts'

const hour = 3_600_000

/** The choices for a command; undefined while the list is loading. */
export function useChoices(action: ActionEntry | null): Entry[] | undefined {
  const trpc = useTRPC()
  const english = useLocale() === 'en'
  const kind = action?.choice?.kind
  const agencies = useQuery({ ...trpc.agencies.valid.queryOptions(), staleTime: hour, enabled: kind === 'agency' })
  const categories = useQuery({
    ...trpc.categories.active.queryOptions(),
    staleTime: hour,
    enabled: kind === 'category',
  })
  const incidents = useQuery({
    ...trpc.incidents.choices.queryOptions(),
    staleTime: hour,
    enabled: kind === 'incident',
  })
  const people = useQuery({
    ...trpc.reports.colleagues.queryOptions(action?.reportId ?? 0),
    enabled: kind === 'person' && action?.reportId !== undefined,
  })
  if (!action?.choice || !kind) return []
  const field = fieldOf[kind]
  const { isWhole } = action.choice
  const options = {
    agency: () => agencies.data?.map(({ id, name, shortName }) => ({ id, name, note: shortName })),
    category: () =>
      categories.data?.map(({ code, name, nameEn, groupName, groupNameEn }) => ({
        id: code,
        name: english ? nameEn : name,
        note: english ? groupNameEn : groupName,
      })),
    incident: () => incidents.data?.map((incident) => ({ id: incident.id, name: nameIn(incident, english), note: '' })),
    person: () => people.data?.map(({ id, name, position }) => ({ id, name, note: position })),
  }[kind]()
  return options?.map(({ id, name, note }) => ({
    id: `${kind}:${id}`,
    section: 'actions',
    label: name,
    note: note ?? undefined,
    run: () => action.runWith?.({ values: { [field]: id }, names: { [field]: name }, isWhole }),
  }))
}
