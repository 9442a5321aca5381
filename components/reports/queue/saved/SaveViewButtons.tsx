'use client'

import { BookmarkPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Asleep } from '#components/ui/Asleep.tsx'
import { Button } from '#components/ui/Button.tsx'
import type { SavedViews } from './use-saved-views.ts'

type Props = { saved: SavedViews; onSave: (to: 'new' | 'basis') => void }

/** Offered where the list has filters or an order without a saved view. */
export function SaveViewButtons({ saved, onSave }: Props) {
  const t = useTranslations('reports.queue.saved')
  if (saved.current) return null
  return (
    <>
      {saved.basis?.mayChange && (
        <Button variant="quiet" size="small" onClick={() => onSave('basis')}>
          {t('update', { name: saved.basis.name })}
        </Button>
      )}
      <Button variant="quiet" size="small" icon={<BookmarkPlus />} onClick={() => onSave('new')}>
        {t('save')}
      </Button>
      <Asleep />
    </>
  )
}
