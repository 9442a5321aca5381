'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { NotebookPen, Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useRef, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { restAfter } from '#components/ui/rest-after.ts'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import styles from './IncidentLog.module.css'
import { LogList } from './LogList.tsx'
import rows from './Rows.module.css'
import { useRefreshIncident } from './use-refresh-incident.ts'

/** What was decided and noted, hour by hour, with what the desk did; append-only and printable. */
export function IncidentLog({ incidentId, mayNote }: { incidentId: string; mayNote: boolean }) {
  const t = useTranslations('incidents.log')
  const trpc = useTRPC()
  const id = useId()
  const log = useQuery(trpc.afterAction.log.queryOptions(incidentId))
  return (
    <section aria-labelledby={id} className={styles.log}>
      <header className={rows.header}>
        <div>
          <h2 id={id} className={rows.heading}>
            {t('title')}
          </h2>
          <p className={rows.sentence}>{t('sentence')}</p>
        </div>
        <Button size="small" variant="quiet" icon={<Printer />} className={styles.print} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </header>
      {mayNote && <NoteForm incidentId={incidentId} />}
      {log.isPending && <SkeletonRows rows={6} rowHeight={42} columns={[120, '4fr', '1fr']} />}
      {log.isError && <ErrorState error={log.error} onRetry={() => log.refetch()} />}
      {log.data?.length === 0 && (
        <EmptyState icon={NotebookPen} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      )}
      {log.data && log.data.length > 0 && <LogList entries={log.data.toReversed()} />}
    </section>
  )
}

function NoteForm({ incidentId }: { incidentId: string }) {
  const t = useTranslations('incidents.log')
  const trpc = useTRPC()
  const refresh = useRefreshIncident()
  const textOf = useRefusalText()
  const toast = useToast()
  const [body, setBody] = useState('')
  // The same text keeps one id, however often it is sent; another text is another note.
  const note = useRef<{ id: string; body: string } | null>(null)
  const add = useMutation(
    trpc.incidents.addNote.mutationOptions({
      onSuccess: (_, sent) => {
        setBody((typed) => restAfter(typed, sent.body))
        note.current = null
        toast({ text: t('added'), tone: 'success' })
        void refresh()
      },
      onError: (error) => toast({ text: textOf(error), tone: 'failure' }),
    }),
  )
  const send = () => {
    if (body.trim() === '' || add.isPending) return
    if (note.current?.body !== body) note.current = { id: crypto.randomUUID(), body }
    add.mutate({ incidentId, ...note.current })
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <FormField label={t('note')}>
        {(field) => (
          <TextArea
            {...field}
            rows={2}
            value={body}
            placeholder={t('notePlaceholder')}
            onChange={(event) => setBody(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
            }}
          />
        )}
      </FormField>
      <Button type="submit" busy={add.isPending}>
        {t('add')}
      </Button>
    </form>
  )
}
