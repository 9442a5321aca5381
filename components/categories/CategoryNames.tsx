'use client'

import { useLocale } from 'next-intl'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { CategoryName } from '#server/categories/queries.ts'

type Named = { name: string; parent: string | null }

const NamesContext = createContext<ReadonlyMap<string, Named>>(new Map())

/**
 * The names of all categories in the language of the page, sent once with the first page: the rows of lists carry only
 * the code.
 */
export function CategoryNames({ categories, children }: { categories: readonly CategoryName[]; children: ReactNode }) {
  const isEnglish = useLocale() === 'en'
  const names = useMemo(() => {
    const own = new Map(categories.map(({ code, name, nameEn }) => [code, isEnglish ? nameEn : name]))
    return new Map(
      categories.map(({ code, parentCode }) => [
        code,
        { name: own.get(code) ?? code, parent: own.get(parentCode ?? '') ?? null },
      ]),
    )
  }, [categories, isEnglish])
  return <NamesContext value={names}>{children}</NamesContext>
}

/** A category that was added after the page was loaded is named by its code. */
export function useCategoryNames(): (code: string) => Named {
  const names = useContext(NamesContext)
  return (code) => names.get(code) ?? { name: code, parent: null }
}
