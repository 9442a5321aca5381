'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useCategoryOptions } from '#components/reports/moves/use-options.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { suggestCategories } from '#server/reports/rules/suggest-category.ts'
import styles from './NewReport.module.css'

type Props = { title: string; body: string; chosen: string; onChoose: (code: string) => void }

const most = 3

/** The categories that the text suggests, one press away. */
export function CategorySuggestions({ title, body, chosen, onChoose }: Props) {
  const t = useTranslations('report.new')
  const trpc = useTRPC()
  const options = useCategoryOptions()
  const { data: candidates } = useQuery({
    ...trpc.reports.categoryKeywords.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const decode = useDecoding()
  const [heading, text] = [useDeferredValue(title), useDeferredValue(body)]
  const found = useMemo(
    () => suggestCategories(decode(heading), decode(text), candidates ?? []).slice(0, most),
    [decode, heading, text, candidates],
  )
  const shown = found.flatMap((code) => options?.filter(({ id }) => id === code) ?? [])
  if (shown.length === 0 || (shown.length === 1 && shown[0]?.id === chosen)) return null
  return (
    <div className={styles.suggestions}>
      <span className={styles.hint}>{t('suggestions')}</span>
      {shown.map(({ id, label }) => (
        <Button
          key={id}
          size="small"
          className={styles.suggestion}
          aria-pressed={id === chosen}
          onClick={() => onChoose(id)}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}

const asTyped = (text: string) => text

/** Reads Telex; its tables are fetched with the first form. */
function useDecoding(): (text: string) => string {
  const [decode, setDecode] = useState(() => asTyped)
  useEffect(() => {
    let isHere = true
    void import('#server/platform/rules/telex.ts').then(
      ({ decodeTelex }) => isHere && setDecode(() => decodeTelex),
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [])
  return decode
}
