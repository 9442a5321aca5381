'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useReportCache } from '#components/reports/report/use-report.ts'
import { endSession } from '#components/trpc/session-end.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import type { PhotoView, ReportView } from '#server/reports/queries/report.ts'

type Kind = PhotoView['kind']

/** Hands photos in one after the other and hangs each on the report; what fails is named and the rest goes on. */
export function usePhotoUpload(report: Pick<ReportView, 'id' | 'code'>) {
  const t = useTranslations('report.photos')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const format = useFormat()
  const { refresh } = useReportCache()
  const [uploading, setUploading] = useState<string | null>(null)

  const add = async (files: readonly File[], kind: Kind) => {
    let added = 0
    for (const file of files) {
      setUploading(file.name)
      try {
        if (file.size > photoLimits.bytes) throw new TooLarge()
        const fileId = await handIn(file)
        await client.reports.addPhoto.mutate({ reportId: report.id, fileId, kind })
        added += 1
      } catch (error) {
        const text =
          error instanceof TooLarge
            ? t('tooLarge', { name: file.name, size: format.fileSize(photoLimits.bytes) })
            : t('failed', {
                name: file.name,
                reason: error instanceof TypeError ? t('cannot') : textOf(asRefusal(error)),
              })
        toast({ text, tone: 'failure' })
      }
    }
    // At work until it is there to be seen.
    if (added > 0) await refresh(report.code).catch(() => undefined)
    setUploading(null)
    if (added > 0) toast({ text: t('added', { count: added }), tone: 'success' })
  }

  const remove = async (photo: PhotoView) => {
    try {
      await client.reports.removePhoto.mutate({ reportId: report.id, fileId: photo.fileId })
      await refresh(report.code).catch(() => undefined)
      toast({
        text: t('removed'),
        undo: () => {
          void client.reports.addPhoto
            .mutate({ reportId: report.id, fileId: photo.fileId, kind: photo.kind })
            .then(() => refresh(report.code))
            .catch((error: unknown) => toast({ text: textOf(error), tone: 'failure' }))
        },
      })
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    }
  }

  return { add, remove, uploading }
}

class TooLarge extends Error {}
class Refused extends Error {
  readonly refusal: { code: string; details: Record<string, unknown> }
  constructor(refusal: Refused['refusal']) {
    super(refusal.code)
    this.refusal = refusal
  }
}

const asRefusal = (error: unknown) => (error instanceof Refused ? error.refusal : error)

async function handIn(file: File): Promise<string> {
  const answer = await fetch('/api/photos', { method: 'POST', body: file })
  const said = (await answer.json()) as { fileId: string; code: string; details?: Record<string, unknown> }
  if (isSessionRefusal(said.code)) endSession(said.code)
  if (!answer.ok) throw new Refused({ code: said.code ?? 'defect', details: said.details ?? {} })
  return said.fileId
}
