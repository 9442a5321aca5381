'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FilePen, Share2, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { RefusedAnywhere } from '#components/reports/outbox/OutboxCards.tsx'
import { ReportLink } from '#components/reports/ReportLink.tsx'
import { draftKey, dropDraft } from '#components/reports/report/drafts.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { Page } from '#components/ui/Page.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import type { MyDraft } from '#server/reports/queries/drafts.ts'
import { draftDays } from '#server/reports/rules/draft-days.ts'
import styles from './MyDrafts.module.css'

/** The account's unsent drafts, the latest first, and until when each is kept. */
export function MyDrafts({ first, accountId }: { first: MyDraft[]; accountId: string }) {
  const t = useTranslations('drafts')
  const states = useTranslations('reports.states')
  const format = useFormat()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const [asked, setAsked] = useState<MyDraft | null>(null)
  const { data: drafts } = useQuery({ ...trpc.drafts.mine.queryOptions(), initialData: first, staleTime: 0 })

  const discard = async ({ reportId, kind }: MyDraft) => {
    setAsked(null)
    try {
      await client.drafts.drop.mutate({ reportId, kind })
      dropDraft(draftKey(accountId, reportId, kind))
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    }
    await queries.invalidateQueries({ queryKey: trpc.drafts.pathKey() })
  }

  const columns = [
    { key: 'report', label: t('report') },
    { key: 'words', label: t('words') },
    { key: 'state', label: t('state'), width: 170 },
    { key: 'saved', label: t('saved'), width: 170 },
    { key: 'actions', label: t('actions'), quiet: true, width: 48 },
  ]
  return (
    <Page>
      <PageHeader
        title={t('title')}
        aside={drafts.length > 0 ? format.number(drafts.length) : undefined}
        sentence={t('sentence', { days: draftDays })}
      />
      <RefusedAnywhere accountId={accountId} />
      {drafts.length === 0 ? (
        <EmptyState icon={FilePen} title={t('none')} action={<Link href="/reports">{t('toQueue')}</Link>}>
          {t('noneSentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {drafts.map((draft) => (
            <tr key={`${draft.reportId} ${draft.kind}`}>
              <Cell heading>
                <ReportLink code={draft.code} title={draft.title} />
              </Cell>
              <Cell label={t('words')}>
                <span className={styles.kind}>{t(`kinds.${draft.kind}`)}</span>
                {draft.sharedAt && (
                  <span className={styles.shared}>
                    <Share2 size={13} aria-hidden="true" />
                    {t('shared')}
                  </span>
                )}
                <span className={styles.words} lang="vi">
                  {draft.excerpt || t('noWords')}
                </span>
              </Cell>
              <Cell label={t('state')}>
                <StatusChip status={draft.state} variant="plain">
                  {states(draft.state)}
                </StatusChip>
              </Cell>
              <Cell label={t('saved')}>
                <TimeText at={draft.savedAt} />
                <span className={styles.goes}>{t('goes', { date: format.date(draft.goesAt) })}</span>
              </Cell>
              <Cell actions>
                <IconButton label={t('discard', { code: draft.code })} onClick={() => setAsked(draft)}>
                  <Trash2 />
                </IconButton>
              </Cell>
            </tr>
          ))}
        </Table>
      )}
      <ConfirmDialog
        open={asked !== null}
        title={t('askTitle')}
        confirmLabel={t('confirm')}
        tone="danger"
        onConfirm={() => asked && void discard(asked)}
        onClose={() => setAsked(null)}
      >
        <WholeCodes>{t('askWords', { code: asked?.code ?? '' })}</WholeCodes>
      </ConfirmDialog>
    </Page>
  )
}
