'use client'

import { FileSpreadsheet, FileText } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { use, useState } from 'react'
import type { Refusal } from '#components/trpc/refusal.ts'
import { useDrawnFor } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import type { MenuEntry } from '#components/ui/ActionMenu.tsx'
import { saveFile } from '#components/ui/save-file.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import {
  boardExportForm,
  type Explaining,
  type ExportFormat,
  exportCards,
  figuresPath,
  fileEndings,
  usuallyExplained,
} from '#server/insights/rules/board-export.ts'
import { stormCards, stormExportForm } from '#server/insights/rules/storm-export.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { BoardContext } from '../board-context.ts'
import { StormContext } from '../storm/storm-context.ts'

type Words = { label: string; note?: string }

/** The page whose tables can be exported, and the request of each; none where there is nothing to export. */
function useTaken() {
  const locale = useLocale()
  const board = use(BoardContext)?.header
  const storm = use(StormContext)?.storm
  if (storm) {
    const { incident, asOf } = storm
    return {
      name: 'storm',
      asOf,
      formOf(id: string | null, format: ExportFormat): URLSearchParams | null {
        const card = stormCards.find((each) => each === id) ?? null
        return id === card ? stormExportForm({ storm: incident.id, card, format, asOf }, locale) : null
      },
    }
  }
  if (!board) return null
  const { filters, asOf } = board
  return {
    name: 'board',
    asOf,
    formOf(id: string | null, format: ExportFormat, explaining: Explaining): URLSearchParams | null {
      const card = exportCards.find((each) => each === id) ?? null
      return id === card ? boardExportForm({ card, format, filters, asOf, explaining }, locale) : null
    },
  }
}

/**
 * The figures on the screen as files: fetched, and not linked to, so that a refusal or a broken connection is shown as
 * text and leaves no partial file behind.
 */
export function useTables() {
  const t = useTranslations('board.take')
  const toast = useToast()
  const refusalText = useRefusalText()
  const taken = useTaken()
  const headers = useDrawnFor()
  const [isFetching, setFetching] = useState(false)

  const fetchFile = async (form: URLSearchParams, name: string) => {
    if (isFetching) return
    setFetching(true)
    try {
      const answer = await fetch(figuresPath, { method: 'POST', headers, body: form })
      if (answer.ok) return saveFile(await answer.blob(), name)
      toast({ key: 'tables', tone: 'failure', text: refusalText((await answer.json()) as Refusal) })
    } catch {
      toast({ key: 'tables', tone: 'failure', text: t('tableFailed') })
    } finally {
      setFetching(false)
    }
  }
  return {
    isFetching,
    /** An entry of a menu, of one card or of the whole page (null); none where there is no such table. */
    entryOf(card: string | null, format: ExportFormat, words: Words, explaining = usuallyExplained): MenuEntry[] {
      const form = taken?.formOf(card, format, explaining)
      if (!taken || !form) return []
      const name = card ?? taken.name
      const Icon = format === 'xlsx' ? FileSpreadsheet : FileText
      return [
        {
          id: `${name}-${format}`,
          ...words,
          icon: <Icon size={16} />,
          onSelect: () => void fetchFile(form, `${name}-${localDayOf(taken.asOf)}.${fileEndings[format]}`),
        },
      ]
    },
  }
}
