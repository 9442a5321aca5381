'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { PublicCopyForm } from './PublicCopyForm.tsx'
import type { PublicCopySheetProps } from './PublicCopySheet.tsx'
import { sheetWidth } from './sheet-width.ts'

/** The report and its copy for the public side by side, to mend and publish. */
export function PublicCopySheetPanel({ report, onClose }: PublicCopySheetProps) {
  const t = useTranslations('report.publicCopy')
  const trpc = useTRPC()
  const { data, error, refetch } = useQuery({
    ...trpc.publication.copy.queryOptions({ reportId: report.id }),
    // What is reviewed is the report as it is now, and does not change under the reviewer's hands.
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
  if (data) return <PublicCopyForm copy={data} onReload={async () => void (await refetch())} onClose={onClose} />
  return (
    <Sheet open title={`${t('title')}: ${report.code}`} width={sheetWidth} onClose={onClose}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={3} rowHeight={120} columns={['1fr', '1fr']} />
      )}
    </Sheet>
  )
}
