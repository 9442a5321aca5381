'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pencil, Pin, PinOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { IconButton } from '#components/ui/IconButton.tsx'
import { OrderButtons } from '#components/ui/OrderButtons.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { Queue } from '#server/reports/rules/queue.ts'
import { mostPins } from '#server/reports/rules/saved-views.ts'
import { addressOf } from '../use-queue-address.ts'
import styles from './SavedViewsSheet.module.css'
import type { SavedViews, ShownView } from './use-saved-views.ts'

type Props = {
  saved: SavedViews
  onQueue: (queue: Queue) => void
  onEdit: (view: ShownView) => void
  onClose: () => void
}

/** Every saved view of the account: which are at the side and in which order, with editing of its own ones. */
export function SavedViewsSheet({ saved, onQueue, onEdit, onClose }: Props) {
  const t = useTranslations('reports.queue.saved')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refusalOf = useRefusalText()
  const pin = useMutation(
    trpc.savedViews.pin.mutationOptions({
      // The new order shows at once; the server's follows.
      onMutate: ({ ids }) =>
        queries.setQueryData(trpc.savedViews.list.queryKey(), (views) =>
          views?.map((view) => ({ ...view, pin: ids.includes(view.id) ? ids.indexOf(view.id) : null })),
        ),
      onError: (error) => toast({ text: refusalOf(error), tone: 'failure' }),
      onSettled: () => queries.invalidateQueries(trpc.savedViews.pathFilter()),
    }),
  )
  const ids = saved.pinned.map(({ id }) => id)
  const others = saved.all.filter((view) => view.pin === null)
  const move = (at: number, by: number) => {
    const next = ids.filter((_, i) => i !== at)
    next.splice(at + by, 0, ids[at] as string)
    pin.mutate({ ids: next })
  }
  const audienceOf = ({ audience, agency, role, isMine, owner }: ShownView) => {
    if (audience === 'mine') return t('audiences.mine')
    const whose = audience === 'agency' ? (agency?.name ?? '') : role ? t(`roles.${role}`) : ''
    return isMine ? t('sharedWith', { whose }) : t('sharedBy', { whose, name: owner.name })
  }
  const entry = (view: ShownView, at: number | null) => (
    <li key={view.id} className={styles.view}>
      <a
        className={styles.name}
        href={addressOf(view.queue)}
        aria-current={view.id === saved.current?.id ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          onClose()
          onQueue(view.queue)
        }}
      >
        {view.name}
        <span className={styles.quiet}>{audienceOf(view)}</span>
      </a>
      <span className={styles.actions}>
        {at !== null && (
          <OrderButtons
            name={view.name}
            isFirst={at === 0}
            isLast={at === ids.length - 1}
            onUp={() => move(at, -1)}
            onDown={() => move(at, 1)}
          />
        )}
        <IconButton
          size="small"
          label={t(at === null ? 'pin' : 'unpin', { name: view.name })}
          disabled={at === null && ids.length >= mostPins}
          onClick={() => pin.mutate({ ids: at === null ? [...ids, view.id] : ids.filter((id) => id !== view.id) })}
        >
          {at === null ? <Pin /> : <PinOff />}
        </IconButton>
        {view.mayChange && (
          <IconButton size="small" label={t('edit', { name: view.name })} onClick={() => onEdit(view)}>
            <Pencil />
          </IconButton>
        )}
      </span>
    </li>
  )
  return (
    <Sheet open title={t('title')} width={420} onClose={onClose}>
      <SectionLabel>{t('pinned')}</SectionLabel>
      {ids.length === 0 ? (
        <p className={styles.nothing}>{t('nonePinned')}</p>
      ) : (
        <ul className={styles.list}>{saved.pinned.map(entry)}</ul>
      )}
      {others.length > 0 && (
        <>
          <SectionLabel>{t('others')}</SectionLabel>
          <ul className={styles.list}>{others.map((view) => entry(view, null))}</ul>
        </>
      )}
    </Sheet>
  )
}
