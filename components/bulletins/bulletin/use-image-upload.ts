'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { endSession } from '#components/trpc/session-end.ts'
import { useDrawnFor } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'

type Answer = { fileId?: string; code?: string; details?: Record<string, unknown> }

/** Uploads an image to the bulletin endpoint; a refusal is shown, and nothing is inserted into the text. */
export function useImageUpload(): (file: File) => Promise<string | null> {
  const t = useTranslations('bulletins.editor.image')
  const toast = useToast()
  const textOf = useRefusalText()
  const format = useFormat()
  const headers = useDrawnFor()
  return useCallback(
    async (file: File) => {
      const fail = (text: string) => {
        toast({ text, tone: 'failure' })
        return null
      }
      if (file.size > photoLimits.bytes) {
        return fail(t('tooLarge', { name: file.name, size: format.fileSize(photoLimits.bytes) }))
      }
      try {
        const answer = await fetch('/api/bulletins/images', { method: 'POST', body: file, headers })
        const { fileId, code = 'defect', details = {} } = (await answer.json()) as Answer
        if (answer.ok && fileId) return fileId
        if (isSessionRefusal(code)) endSession(code)
        return fail(t('failed', { name: file.name, reason: textOf({ code, details }) }))
      } catch {
        return fail(t('failed', { name: file.name, reason: t('offline') }))
      }
    },
    [format, t, textOf, toast, headers],
  )
}
