'use client'

import { useTranslations } from 'next-intl'
import { ReasonDialog } from '#components/disclosures/ReasonDialog.tsx'
import type { Refusal } from '#components/trpc/refusal.ts'
import { useDrawnFor } from '#components/trpc/TrpcProvider.tsx'
import { saveFile } from '#components/ui/save-file.ts'
import { photoAddress } from './photo-address.ts'

const usualReasons = ['detail', 'proof'] as const

/**
 * A photo as it was received, with the camera's metadata, which may identify the reporter: downloaded with a reason.
 */
export function OriginalPhoto({ fileId, onClose }: { fileId: string; onClose: () => void }) {
  const t = useTranslations('lookups.original')
  const headers = useDrawnFor()
  const take = async (reason: string) => {
    const answer = await fetch(photoAddress(fileId, 'original'), {
      method: 'POST',
      headers,
      body: new URLSearchParams({ reason }),
    })
    if (!answer.ok) throw (await answer.json()) as Refusal
    saveFile(await answer.blob(), fileId)
    onClose()
  }
  return (
    <ReasonDialog
      title={t('title')}
      sentence={t('sentence')}
      confirmLabel={t('confirm')}
      usual={usualReasons.map((each) => t(`reasons.${each}`))}
      onReason={take}
      onClose={onClose}
    />
  )
}
