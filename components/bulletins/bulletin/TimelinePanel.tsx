'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Pin } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { useEventName } from '#components/events/use-event-name.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { restAfter } from '#components/ui/rest-after.ts'
import { TextArea } from '#components/ui/TextInput.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinView, TimelineEntry } from '#server/bulletins/queries/bulletin.ts'
import styles from './Panels.module.css'

type Props = { view: BulletinView; mayRemark: boolean; remarkId: string }

/** Consecutive autosaves by one person become one line. */
function collapsed(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries.filter((entry, at) => {
    const next = entries[at + 1]
    return !(isSave(entry) && next && isSave(next) && next.by === entry.by)
  })
}
const isSave = ({ event }: TimelineEntry): boolean => event === 'bulletin.saved'

/**
 * Everything that happened and every remark, the newest first; one remark may be pinned on top until it is resolved.
 */
export function TimelinePanel({ view, mayRemark, remarkId }: Props) {
  const t = useTranslations('bulletins.timeline')
  const trpc = useTRPC()
  const nameOf = useEventName()
  const format = useFormat()
  const { data: entries } = useQuery(trpc.bulletins.timeline.queryOptions(view.id))
  const remarks = new Map(view.remarks.map((remark) => [remark.id, remark]))
  return (
    <div className={styles.form}>
      <PinnedRemark view={view} mayRemark={mayRemark} />
      {mayRemark && <RemarkForm id={view.id} fieldId={remarkId} />}
      <ol className={styles.list} aria-label={t('label')}>
        {collapsed(entries ?? [])
          .reverse()
          .map((entry) => {
            const remark = remarks.get(String(entry.details.remarkId ?? ''))
            const said = wordsOf(entry.details)
            return (
              <li key={entry.id} className={styles.entry} data-remark={remark !== undefined || undefined}>
                <span className={styles.head}>
                  <span className={styles.who}>{entry.by ?? t('robot')}</span>
                  <TimeText at={entry.at} />
                </span>
                <span>
                  {nameOf(entry.event)}
                  {typeof entry.details.dueAt === 'string' && `: ${format.dateTime(new Date(entry.details.dueAt))}`}
                  {entry.event === 'bulletin.saved' &&
                    ` (${t('revision', { number: Number(entry.details.revision) })})`}
                </span>
                {said && <blockquote className={styles.words}>{said}</blockquote>}
              </li>
            )
          })}
      </ol>
    </div>
  )
}

function wordsOf(details: Readonly<Record<string, unknown>>): string | null {
  for (const key of ['body', 'remarks', 'note', 'reason', 'notice']) {
    const said = details[key]
    if (typeof said === 'string' && said !== '') return said
  }
  return null
}

function PinnedRemark({ view, mayRemark }: { view: BulletinView; mayRemark: boolean }) {
  const t = useTranslations('bulletins.timeline')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const resolve = useMutation(
    trpc.bulletins.resolveRemark.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.bulletins.pathFilter()),
      onError: (error) => toast({ text: textOf(error), tone: 'failure' }),
    }),
  )
  return view.remarks
    .filter(({ important, resolvedAt }) => important && resolvedAt === null)
    .map((remark) => (
      <div key={remark.id} className={styles.pinned}>
        <span className={styles.head}>
          <Pin size={14} aria-hidden="true" />
          <b>{t('important', { name: remark.author.name })}</b>
        </span>
        <span>{remark.body}</span>
        {mayRemark && (
          <span className={styles.actions}>
            <Button
              size="small"
              busy={resolve.isPending}
              onClick={() => resolve.mutate({ bulletinId: view.id, remarkId: remark.id })}
            >
              {t('resolve')}
            </Button>
          </span>
        )}
      </div>
    ))
}

function RemarkForm({ id, fieldId }: { id: string; fieldId: string }) {
  const t = useTranslations('bulletins.timeline')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const [body, setBody] = useState('')
  const [important, setImportant] = useState(false)
  // The same remark keeps one id, however often it is sent; another text gets another id.
  const remark = useRef<{ id: string; body: string; important: boolean } | null>(null)
  const add = useMutation(
    trpc.bulletins.addRemark.mutationOptions({
      onSuccess: (_, sent) => {
        setBody((typed) => restAfter(typed, sent.body))
        setImportant(false)
        remark.current = null
        return queries.invalidateQueries(trpc.bulletins.pathFilter())
      },
      onError: (error) => toast({ text: textOf(error), tone: 'failure' }),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (body.trim() === '' || add.isPending) return
    const isSame = remark.current?.body === body && remark.current.important === important
    if (!remark.current || !isSame) remark.current = { id: crypto.randomUUID(), body, important }
    add.mutate({ bulletinId: id, ...remark.current })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <FormField label={t('remark')}>
        {(field) => (
          <TextArea
            {...field}
            id={fieldId}
            aria-label={t('remark')}
            rows={2}
            maxLength={4000}
            value={body}
            onChange={({ target }) => setBody(target.value)}
          />
        )}
      </FormField>
      <div className={styles.actions}>
        <Button type="submit" size="small" busy={add.isPending} reason={body.trim() === '' ? t('empty') : undefined}>
          {t('add')}
        </Button>
        <CheckField label={t('pin')} checked={important} onChange={setImportant} />
      </div>
    </form>
  )
}
