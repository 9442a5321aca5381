'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useMyself } from '#components/reports/report/use-report.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { usualAgencies } from './usual-agencies.ts'

const hour = 3_600_000

/** The lists behind the pickers: loaded when a dialog first needs them, and cached for the working day. */
export function useAgencyOptions(wanted = true): PickerOption[] | undefined {
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.agencies.valid.queryOptions(), staleTime: hour, enabled: wanted })
  return useMemo(() => data?.map(({ id, name, shortName }) => ({ id, label: name, note: shortName, also: id })), [data])
}

/** The same with the account's usual choices first, as they were when the picker was opened. */
export function useUsualAgencyOptions(): PickerOption[] | undefined {
  const options = useAgencyOptions()
  const accountId = useMyself()?.id
  const uses = useMemo(() => accountId && usualAgencies(accountId), [accountId])
  return useMemo(
    () => options?.map((each) => ({ ...each, uses: uses ? uses.get(each.id) : undefined })),
    [options, uses],
  )
}

export function useCategoryOptions(): PickerOption[] | undefined {
  const trpc = useTRPC()
  const english = useLocale() === 'en'
  const { data } = useQuery({ ...trpc.categories.active.queryOptions(), staleTime: hour })
  return useMemo(
    () =>
      data?.map(({ code, name, nameEn, groupName, groupNameEn }) => ({
        id: code,
        label: english ? nameEn : name,
        group: english ? groupNameEn : groupName,
        note: code,
        also: english ? name : nameEn,
      })),
    [data, english],
  )
}

export function useIncidentOptions(): PickerOption[] | undefined {
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.incidents.choices.queryOptions(), staleTime: hour })
  const english = useLocale() === 'en'
  return useMemo(
    () => data?.map((incident) => ({ id: incident.id, label: nameIn(incident, english) })),
    [data, english],
  )
}

/** Colleagues who may be assigned the report: the user first. */
export function useColleagueOptions(reportId: number): PickerOption[] | undefined {
  const trpc = useTRPC()
  const t = useTranslations('report.dialogs')
  const myself = useMyself()
  const { data } = useQuery(trpc.reports.colleagues.queryOptions(reportId))
  return useMemo(
    () =>
      data
        ?.map(({ id, name, position, openReports }) => ({
          id,
          label: id === myself?.id ? `${name} (${t('me')})` : name,
          note: t('workload', { count: openReports }),
          also: position,
        }))
        .sort((a, b) => Number(b.id === myself?.id) - Number(a.id === myself?.id)),
    [data, myself, t],
  )
}
