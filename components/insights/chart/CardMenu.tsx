'use client'

import { Download, Image } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { use, useState } from 'react'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { PictureContext } from './picture-words.ts'

type Props = {
  /** The chart's name in the names of files. */
  id: string
  title: string
  unit: string
  /** Brings the chart in sight where its table stands, and gives it. */
  onChart: () => Promise<HTMLElement | null>
}

/** What can be taken away from a card. */
export function CardMenu({ id, title, unit, onChart }: Props) {
  const t = useTranslations('board.take')
  const toast = useToast()
  const words = use(PictureContext)
  const [isDrawing, setDrawing] = useState(false)
  if (!words) return null

  const savePicture = async () => {
    setDrawing(true)
    try {
      const [chart, { drawPicture }] = await Promise.all([onChart(), import('./draw-picture.ts')])
      if (!chart) return
      const { lines, asOf, day } = words
      save(await drawPicture(chart, { title, unit, lines, foot: `${asOf} · ${t('source')}` }), `${id}-${day}.png`)
    } catch {
      toast({ key: 'picture', tone: 'failure', text: t('failed') })
    } finally {
      setDrawing(false)
    }
  }
  const entries: MenuEntry[] = [
    { id: 'png', label: t('png'), note: t('pngNote'), icon: <Image size={16} />, onSelect: () => void savePicture() },
  ]
  return (
    <ActionMenu
      label={t('label', { title })}
      entries={entries}
      trigger={(props) => (
        <IconButton {...props} size="small" label={t('label', { title })} aria-busy={isDrawing || undefined}>
          <Download />
        </IconButton>
      )}
    />
  )
}

function save(picture: Blob, name: string): void {
  const address = URL.createObjectURL(picture)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
