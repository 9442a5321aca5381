'use client'

import { useTranslations } from 'next-intl'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import type { Undelivered } from '#server/deliveries/queries/undelivered.ts'
import type { DeliveryChannel } from '#server/deliveries/rules/delivery.ts'
import type { Doing } from './UndeliveredList.tsx'

type Props = {
  delivery: Undelivered
  onDo: (doing: Doing) => void
  onAgain: () => void
  onBy: (channel: DeliveryChannel) => void
  onPosted: () => void
}

export function UndeliveredActs({ delivery, onDo, onAgain, onBy, onPosted }: Props) {
  const t = useTranslations('deliveries')
  const { id, code, state, channels } = delivery
  const letter: MenuEntry[] = [
    { id: 'print', label: t('undelivered.print'), href: `/undelivered/${id}/letter` },
    { id: 'posted', label: t('undelivered.posted'), onSelect: onPosted },
  ]
  const entries: MenuEntry[] = [
    { id: 'told', label: t('undelivered.tell'), onSelect: () => onDo({ is: 'telling', delivery }) },
    { id: 'correct', label: t('undelivered.correct'), onSelect: () => onDo({ is: 'correcting', delivery }) },
    ...(state === 'failed' ? [{ id: 'again', label: t('undelivered.sendAgain'), onSelect: onAgain }] : []),
    ...channels
      .filter((channel) => channel !== 'letter')
      .map((channel) => ({
        id: channel,
        label: t('undelivered.sendBy', { channel: t(`channels.${channel}`) }),
        onSelect: () => onBy(channel),
      })),
    ...letter,
  ]
  const label = t('undelivered.actsOf', { code })
  return (
    <ActionMenu
      label={label}
      entries={entries}
      trigger={(props) => (
        <Button size="small" aria-label={label} {...props}>
          {t('undelivered.menu')}
        </Button>
      )}
    />
  )
}
