'use client'

import { Download, Image } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { use, useState } from 'react'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { saveFile } from '#components/ui/save-file.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { Explaining } from '#server/insights/rules/board-export.ts'
import { PictureContext } from './picture-words.ts'
import { useTables } from './use-tables.tsx'

type Props = {
  /** The chart's name in file names. */
  id: string
  title: string
  /** Above the picture. */
  heading: string
  unit: string
  /** For the card of contributions: which change it explains. */
  explaining?: Explaining | undefined
  /** Shows the chart in place of its table, and returns its element. */
  onChart: () => Promise<HTMLElement | null>
}

/** What can be exported from a card. */
export function CardMenu({ id, title, heading, unit, explaining, onChart }: Props) {
  const t = useTranslations('board.take')
  const toast = useToast()
  const words = use(PictureContext)
  const [isDrawing, setDrawing] = useState(false)
  const { isFetching, entryOf } = useTables()
  if (!words) return null

  const savePicture = async () => {
    setDrawing(true)
    try {
      const [chart, { drawPicture }] = await Promise.all([onChart(), import('./draw-picture.ts')])
      if (!chart) return
      const { lines, asOf, day } = words
      saveFile(
        await drawPicture(chart, { title: heading, unit, lines, foot: `${asOf} · ${t('source')}` }),
        `${id}-${day}.png`,
      )
    } catch {
      toast({ key: 'picture', tone: 'failure', text: t('failed') })
    } finally {
      setDrawing(false)
    }
  }
  const entries: MenuEntry[] = [
    { id: 'png', label: t('png'), note: t('pngNote'), icon: <Image size={16} />, onSelect: () => void savePicture() },
    ...entryOf(id, 'csv', { label: t('csv') }, explaining),
    ...entryOf(id, 'csv_excel', { label: t('csvExcel'), note: t('csvExcelNote') }, explaining),
    ...entryOf(id, 'xlsx', { label: t('xlsx'), note: t('xlsxNote') }, explaining),
  ]
  return (
    <ActionMenu
      label={t('label', { title })}
      entries={entries}
      trigger={(props) => (
        <IconButton
          {...props}
          size="small"
          label={t('label', { title })}
          aria-busy={isDrawing || isFetching || undefined}
        >
          <Download />
        </IconButton>
      )}
    />
  )
}
