'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { keepWaiting, keyOf } from '#components/reports/outbox/outbox.ts'
import { putIntoBox } from '#components/reports/outbox/photo-box.ts'
import { toastOf } from '#components/reports/outbox/toast-of.ts'
import { useMyself, useReportCache } from '#components/reports/report/use-report.ts'
import { isUnreachable } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import type { PhotoView, ReportView } from '#server/reports/queries/report.ts'
import { handIn, mayPass, PhotoRefused } from './hand-in.ts'

type Kind = PhotoView['kind']

/**
 * Uploads photos one after the other and attaches each to the report; a failed one is named and the rest continues.
 * Without a connection they wait on this machine.
 */
export function usePhotoUpload(report: Pick<ReportView, 'id' | 'code'>) {
  const t = useTranslations('report.photos')
  const unsent = useTranslations('outbox')
  const client = useTRPCClient()
  const myself = useMyself()
  const toast = useToast()
  const textOf = useRefusalText()
  const format = useFormat()
  const { refresh } = useReportCache()
  const [uploading, setUploading] = useState<string | null>(null)

  const wait = async (accountId: string, file: File, photoKind: Kind) => {
    const isLate = !navigator.onLine
    const own = { kind: 'photo', id: crypto.randomUUID(), accountId, reportId: report.id, code: report.code } as const
    await putIntoBox(keyOf(own), file)
    keepWaiting({ ...own, name: file.name, photoKind, stored: null, writtenAt: Date.now(), isLate, refusal: null })
    if (isLate) toast({ text: unsent('late', own), key: toastOf(own) })
  }

  const add = async (files: readonly File[], kind: Kind) => {
    let added = 0
    for (const file of files) {
      setUploading(file.name)
      try {
        if (file.size > photoLimits.bytes) throw new TooLarge()
        if (myself && !navigator.onLine) {
          await wait(myself.id, file, kind)
          continue
        }
        const { fileId } = await handIn(file, myself?.id)
        await client.reports.addPhoto.mutate({ reportId: report.id, fileId, kind, name: file.name })
        added += 1
      } catch (error) {
        const isLost = error instanceof TypeError || isUnreachable(error) || mayPass(error)
        if (myself && isLost) {
          await wait(myself.id, file, kind)
          continue
        }
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
    // Busy until the report shows them.
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
          void client.undo.photo
            .mutate({ reportId: report.id, fileId: photo.fileId, name: photo.name })
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

const asRefusal = (error: unknown) => (error instanceof PhotoRefused ? error.refusal : error)
