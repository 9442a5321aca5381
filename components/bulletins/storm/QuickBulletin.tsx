'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialogPanel } from '#components/ui/ConfirmDialogPanel.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextArea, TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { type BulletinKind, bulletinKinds } from '#server/bulletins/rules/bulletin.ts'
import { hasArea } from '#server/bulletins/rules/named-areas.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { quickContent } from '#server/bulletins/rules/templates.ts'
import type { Incident } from '#server/incidents/queries.ts'
import { AreaChoice } from '../AreaChoice.tsx'
import { bulletinListKey } from '../desk/use-bulletin-list.ts'
import styles from './StormDesk.module.css'
import { subjectOf } from './use-beginning.ts'

type Props = { incident: Incident; onClose: () => void }

/** A bulletin in three fields, sent straight to review: title, summary, body. */
export function QuickBulletin({ incident, onClose }: Props) {
  const nameIn = useNameIn()
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const [kind, setKind] = useState<BulletinKind>('warning')
  const [lines, setLines] = useState({ title: '', summary: '', body: '' })
  const [source, setSource] = useState('')
  const [area, setArea] = useState<Pick<BulletinContent, 'areaIds' | 'wholeCity'>>({
    areaIds: incident.areas.map(({ id }) => id),
  })
  const set = (change: Partial<typeof lines>) => setLines((before) => ({ ...before, ...change }))
  const send = useMutation({
    mutationFn: async () => {
      const content = { ...quickContent(kind, subjectOf(incident), lines), source, ...area }
      const { id, version } = await client.bulletins.create.mutate({ content, incidentId: incident.id })
      await client.bulletins.submit.mutate({ id, version })
    },
    onSuccess: async () => {
      toast({ text: t('done.submit', { title: lines.title }), tone: 'success', key: 'bulletin' })
      onClose()
      await Promise.all([
        queries.invalidateQueries({ queryKey: [bulletinListKey] }),
        queries.invalidateQueries(trpc.bulletins.pathFilter()),
      ])
    },
  })
  const isWanting = Object.values(lines).some((line) => line.trim() === '')
  const { vi } = quickContent(kind, subjectOf(incident), lines)
  const reason = isWanting ? t('storm.quickWanting') : hasArea(area) ? undefined : t('storm.quickArea')
  return (
    <ConfirmDialogPanel
      open
      title={t('storm.quickTitle', { name: nameIn(incident) })}
      confirmLabel={t('storm.quickSend')}
      busy={send.isPending}
      reason={reason}
      onConfirm={() => send.mutate()}
      onClose={onClose}
    >
      <div className={styles.fields}>
        {send.error && (
          <p className={styles.refusal} role="alert">
            <CircleAlert size={16} aria-hidden="true" />
            {textOf(send.error)}
          </p>
        )}
        <FormField label={t('fields.kind')}>
          {(field) => (
            <SelectInput {...field} value={kind} onChange={({ target }) => setKind(target.value as BulletinKind)}>
              {bulletinKinds.map((each) => (
                <option key={each} value={each}>
                  {t(`kinds.${each}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        <FormField label={t('storm.lines.title')} required>
          {(field) => (
            <TextInput
              {...field}
              autoFocus
              maxLength={200}
              value={lines.title}
              onChange={({ target }) => set({ title: target.value })}
            />
          )}
        </FormField>
        <FormField label={t('storm.lines.summary')} required>
          {(field) => (
            <TextInput
              {...field}
              maxLength={500}
              value={lines.summary}
              onChange={({ target }) => set({ summary: target.value })}
            />
          )}
        </FormField>
        <FormField label={t('storm.lines.body')} required>
          {(field) => (
            <TextArea {...field} rows={3} value={lines.body} onChange={({ target }) => set({ body: target.value })} />
          )}
        </FormField>
        <AreaChoice content={{ ...area, vi, en: null }} onChange={setArea} />
        <FormField label={t('fields.source')}>
          {(field) => (
            <TextInput {...field} maxLength={200} value={source} onChange={({ target }) => setSource(target.value)} />
          )}
        </FormField>
      </div>
    </ConfirmDialogPanel>
  )
}
