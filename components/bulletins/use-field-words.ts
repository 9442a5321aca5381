'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useFormat } from '#components/ui/use-format.ts'

const hour = 3_600_000

/** Names and values of the fields of a bulletin as text: for differences and conflicts. */
export function useFieldWords() {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const format = useFormat()
  const { data: areas } = useQuery({ ...trpc.areas.valid.queryOptions(), staleTime: hour })

  const labelOf = (path: string): string => {
    const [head = '', tail] = path.split('.')
    if (tail) return `${t(`fields.${tail as 'title'}`)} (${t(`languages.${head as 'vi'}`)})`
    const key = `fields.${head}` as 'fields.kind'
    return t.has(key) ? t(key) : head
  }
  const sayValue = (path: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('fields.none')
    if (path === 'kind') return t(`kinds.${value as 'news'}`)
    if (path === 'severity') return t(`severities.${value as 'info'}`)
    if (path === 'audience') return (value as string[]).map((each) => t(`audiences.${each as 'everyone'}`)).join(', ')
    if (path === 'areaIds') {
      const ids = value as number[]
      if (ids.length === 0) return t('fields.none')
      return ids.map((id) => areas?.find((area) => area.id === id)?.name ?? String(id)).join(', ')
    }
    if (path === 'wholeCity') return t(value ? 'fields.some' : 'fields.none')
    if (path === 'validFrom' || path === 'validTo') return format.dateTime(new Date(value as string))
    if (path === 'loudspeaker') return (value as { text: string }).text
    if (path === 'alert') return alertWords(value as Record<string, string | null>)
    if (typeof value === 'object') return String((value as { title?: string }).title ?? t('fields.some'))
    return String(value)
  }
  const alertWords = (alert: Record<string, string | null>): string =>
    ['event', 'urgency', 'severity', 'certainty', 'expires']
      .map((key) => alert[key])
      .filter(Boolean)
      .join(' · ')
  return { labelOf, sayValue }
}
