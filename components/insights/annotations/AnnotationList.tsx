'use client'

import { useQuery } from '@tanstack/react-query'
import { MessageSquarePlus, Pencil } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Annotation } from '#server/insights/queries/annotations.ts'
import { AnnotationForm } from './AnnotationForm.tsx'

type Props = { initial: Annotation[]; mayAdd: boolean }

/** The annotations of managers on the time charts, the newest first. */
export function AnnotationList({ initial, mayAdd }: Props) {
  const t = useTranslations('board.annotations')
  const trpc = useTRPC()
  const format = useFormat()
  const { data: annotations } = useQuery({ ...trpc.insights.annotations.queryOptions(), initialData: initial })
  const [editing, setEditing] = useState<{ annotation: Annotation | null } | null>(null)
  const columns = [
    { key: 'when', label: t('columns.when'), width: '22%' },
    { key: 'words', label: t('columns.words'), width: '38%' },
    { key: 'tag', label: t('columns.tag') },
    { key: 'agency', label: t('columns.agency') },
    { key: 'actions', label: t('columns.actions'), quiet: true },
  ]
  return (
    <>
      <PageHeader
        above={<BackLink href="/insights">{t('back')}</BackLink>}
        title={t('title')}
        aside={t('count', { count: annotations.length })}
        sentence={t('sentence')}
        actions={
          mayAdd && (
            <Button variant="primary" icon={<MessageSquarePlus />} onClick={() => setEditing({ annotation: null })}>
              {t('add')}
            </Button>
          )
        }
      />
      {annotations.length === 0 ? (
        <EmptyState icon={MessageSquarePlus} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {annotations.map((annotation) => {
            const { id, startsAt, endsAt, words, tag, agency, mayEdit } = annotation
            return (
              <tr key={id}>
                <Cell label={t('columns.when')}>
                  {endsAt === null
                    ? format.dateTime(startsAt)
                    : t('span', { from: format.dateTime(startsAt), to: format.dateTime(endsAt) })}
                </Cell>
                <Cell heading>{words}</Cell>
                <Cell label={t('columns.tag')}>{t(`tags.${tag}`)}</Cell>
                <Cell label={t('columns.agency')}>{agency?.name ?? t('city')}</Cell>
                <Cell actions>
                  {mayEdit && (
                    <IconButton size="small" label={t('edit', { words })} onClick={() => setEditing({ annotation })}>
                      <Pencil />
                    </IconButton>
                  )}
                </Cell>
              </tr>
            )
          })}
        </Table>
      )}
      {editing && <AnnotationForm annotation={editing.annotation} onClose={() => setEditing(null)} />}
    </>
  )
}
