'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Info, Mail, Pencil, Plus, Power, ScrollText, Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CellLine } from '#components/ui/CellLine.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Mailing } from '#server/insights/queries/mailings.ts'
import { isTimed } from '#server/insights/rules/mailing.ts'
import { MailingForm } from './MailingForm.tsx'
import styles from './MailingList.module.css'
import { RunLog } from './RunLog.tsx'
import { RunState } from './RunState.tsx'
import { useRhythmWords } from './use-rhythm-words.ts'

/** No domains: there is no mail server. */
type Props = { initial: { mailings: Mailing[]; domains: readonly string[] | null }; own: string }
type Open = { what: 'form'; mailing: Mailing | null } | { what: 'runs'; mailing: Mailing }

const oftenMs = 2000

/** The reports that are sent by mail: when next, and the outcome of the last one. */
export function MailingList({ initial, own }: Props) {
  const t = useTranslations('mailings')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { data } = useQuery({
    ...trpc.insights.mailings.queryOptions(),
    initialData: initial,
    // A run in progress is polled until it has ended.
    refetchInterval: ({ state }) =>
      state.data?.mailings.some(({ lastRun }) => lastRun?.state === 'waiting' || lastRun?.state === 'running')
        ? oftenMs
        : false,
  })
  const { mailings, domains } = data
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const after = (text: string) => {
    void queries.invalidateQueries(trpc.insights.mailings.pathFilter())
    toast({ text, tone: 'success' })
  }
  const refused = (error: unknown) => {
    void queries.invalidateQueries(trpc.insights.mailings.pathFilter())
    toast({ text: textOf(error), tone: 'failure' })
  }
  const test = useMutation(
    trpc.insights.testMailing.mutationOptions({ onSuccess: () => after(t('done.tested')), onError: refused }),
  )
  const turn = useMutation(
    trpc.insights.switchMailing.mutationOptions({
      onSuccess: (_, { isActive }) => after(t(isActive ? 'done.on' : 'done.off')),
      onError: refused,
    }),
  )
  const columns = [
    { key: 'name', label: t('columns.name'), width: '26%' },
    { key: 'when', label: t('columns.when') },
    { key: 'recipients', label: t('columns.recipients') },
    { key: 'next', label: t('columns.next') },
    { key: 'last', label: t('columns.last') },
    { key: 'actions', label: t('columns.actions'), quiet: true },
  ]
  return (
    <>
      <PageHeader
        above={<BackLink href="/insights/weekly">{t('back')}</BackLink>}
        title={t('title')}
        sentence={
          <>
            {t('sentence')}
            {domains && ` ${t('domains', { domains: domains.join(', ') })}`}
          </>
        }
        actions={
          <Button variant="primary" icon={<Plus />} onClick={() => setOpen({ what: 'form', mailing: null })}>
            {t('add')}
          </Button>
        }
      />
      {!domains && (
        <p className={styles.notice} role="note">
          <Info size={16} aria-hidden="true" />
          {t('notSetUp')}
        </p>
      )}
      {mailings.length === 0 ? (
        <EmptyState icon={Mail} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {mailings.map((mailing) => (
            <Row
              key={mailing.id}
              mailing={mailing}
              isOwn={mailing.owner.id === own}
              mayTest={domains !== null}
              onOpen={setOpen}
              onTest={() => test.mutate({ id: mailing.id, version: mailing.version })}
              onTurn={() => turn.mutate({ id: mailing.id, version: mailing.version, isActive: !mailing.isActive })}
            />
          ))}
        </Table>
      )}
      {open?.what === 'form' && <MailingForm mailing={open.mailing} onClose={close} />}
      {open?.what === 'runs' && <RunLog mailing={open.mailing} hasServer={domains !== null} onClose={close} />}
    </>
  )
}

type RowProps = {
  mailing: Mailing
  isOwn: boolean
  mayTest: boolean
  onOpen: (open: Open) => void
  onTest: () => void
  onTurn: () => void
}

function Row({ mailing, isOwn, mayTest, onOpen, onTest, onTurn }: RowProps) {
  const t = useTranslations('mailings')
  const format = useFormat()
  const rhythmOf = useRhythmWords()
  const { name, isActive, nextAt, owner, recipients, lastRun, unsentSince } = mailing
  const namesOf = ([first, ...others]: Mailing['recipients']) =>
    first && others.length > 0 ? t('recipients', { first: first.name, count: others.length }) : first?.name
  const nextWords = () => {
    if (!isActive) return t('off')
    return isTimed(mailing) ? format.dateTime(nextAt) : t('atClosing')
  }
  const problems = recipients.filter(({ problem }) => problem !== null).length
  return (
    <tr>
      <Cell heading>
        {name}
        {!isOwn && <CellLine tone="quiet">{t('ownedBy', { name: owner.name })}</CellLine>}
      </Cell>
      <Cell label={t('columns.when')}>{rhythmOf(mailing)}</Cell>
      <Cell label={t('columns.recipients')}>
        {namesOf(recipients)}
        {problems > 0 && mayTest && <CellLine tone="problem">{t('withProblems', { count: problems })}</CellLine>}
      </Cell>
      <Cell label={t('columns.next')}>{nextWords()}</Cell>
      <Cell label={t('columns.last')}>
        {unsentSince && <CellLine tone="problem">{t('unsentSince', { at: format.dateTime(unsentSince) })}</CellLine>}
        {lastRun && <RunState run={lastRun} hasServer={mayTest} />}
        {!lastRun && !unsentSince && <CellLine tone="quiet">{t('never')}</CellLine>}
      </Cell>
      <Cell actions>
        <ActionMenu
          label={t('menu', { name })}
          entries={[
            {
              id: 'test',
              label: t('acts.test'),
              icon: <Send size={16} />,
              onSelect: onTest,
              reason: mayTest ? undefined : t('noServer'),
            },
            {
              id: 'runs',
              label: t('acts.runs'),
              icon: <ScrollText size={16} />,
              onSelect: () => onOpen({ what: 'runs', mailing }),
            },
            {
              id: 'edit',
              label: t('acts.edit'),
              icon: <Pencil size={16} />,
              onSelect: () => onOpen({ what: 'form', mailing }),
            },
            { id: 'turn', label: t(isActive ? 'acts.off' : 'acts.on'), icon: <Power size={16} />, onSelect: onTurn },
          ]}
          trigger={(props) => (
            <IconButton {...props} size="small" label={t('menu', { name })}>
              <Ellipsis />
            </IconButton>
          )}
        />
      </Cell>
    </tr>
  )
}
