'use client'

import { FileSpreadsheet, FileText } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { use, useState } from 'react'
import type { Refusal } from '#components/trpc/refusal.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import type { MenuEntry } from '#components/ui/ActionMenu.tsx'
import { saveFile } from '#components/ui/save-file.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import {
  boardExportAddress,
  type Explaining,
  type ExportCard,
  type ExportFormat,
  usuallyExplained,
} from '#server/insights/rules/board-export.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { BoardContext } from '../board-context.ts'

type Words = { label: string; note?: string }

/**
 * The figures on the screen as files: fetched, and not linked to, so that a refusal or a torn line is told in words and
 * leaves no half of a file behind. Outside a board there is nothing to take.
 */
export function useTables() {
  const t = useTranslations('board.take')
  const locale = useLocale()
  const toast = useToast()
  const refusalText = useRefusalText()
  const board = use(BoardContext)
  const [isFetching, setFetching] = useState(false)

  const fetchFile = async (card: ExportCard | null, format: ExportFormat, explaining: Explaining) => {
    if (!board || isFetching) return
    const { filters, asOf } = board.header
    setFetching(true)
    try {
      const answer = await fetch(boardExportAddress({ card, format, filters, asOf, explaining }, locale))
      if (answer.ok) return saveFile(await answer.blob(), `${card ?? 'board'}-${localDayOf(asOf)}.${format}`)
      toast({ key: 'tables', tone: 'failure', text: refusalText((await answer.json()) as Refusal) })
    } catch {
      toast({ key: 'tables', tone: 'failure', text: t('tableFailed') })
    } finally {
      setFetching(false)
    }
  }
  return {
    isFetching,
    /** An entry of a menu; none where there is no board. */
    entryOf(card: ExportCard | null, format: ExportFormat, words: Words, explaining = usuallyExplained): MenuEntry[] {
      if (!board) return []
      const Icon = format === 'xlsx' ? FileSpreadsheet : FileText
      return [
        {
          id: `${card ?? 'board'}-${format}`,
          ...words,
          icon: <Icon size={16} />,
          onSelect: () => void fetchFile(card, format, explaining),
        },
      ]
    },
  }
}
