'use client'

import { useTranslations } from 'next-intl'
import { useReportCache } from '#components/reports/report/use-report.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'

type Done = { ok: true } | { ok: false; reason: string }
type Linked = Pick<ReportView, 'id' | 'code' | 'version'>

/** Links two reports as one matter, with undo, and removes such a link. */
export function useLink() {
  const t = useTranslations('report.duplicates')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { refresh, noteChange } = useReportCache()

  const told = async (work: () => Promise<void>, ...codes: string[]): Promise<Done> => {
    try {
      await work()
      await Promise.all(codes.map((code) => refresh(code).catch(() => undefined)))
      noteChange()
      return { ok: true }
    } catch (error) {
      return { ok: false, reason: textOf(error) }
    }
  }

  const unlink = async (report: Linked, canonicalCode: string): Promise<void> => {
    const done = await told(
      async () => {
        await client.reports.unlink.mutate({ reportId: report.id, version: report.version })
        toast({ text: t('unlinked', { code: report.code }), tone: 'success', key: `link-${report.id}` })
      },
      report.code,
      canonicalCode,
    )
    if (!done.ok) toast({ text: done.reason, tone: 'failure' })
  }

  const link = (report: Linked, canonical: Pick<ReportView, 'id' | 'code'>): Promise<Done> =>
    told(
      async () => {
        const { version } = await client.reports.link.mutate({
          reportId: report.id,
          version: report.version,
          toReportId: canonical.id,
        })
        toast({
          text: t('linked', { code: report.code, canonical: canonical.code }),
          tone: 'success',
          key: `link-${report.id}`,
          undo: () => void unlink({ ...report, version }, canonical.code),
        })
      },
      report.code,
      canonical.code,
    )
  return { link, unlink }
}
