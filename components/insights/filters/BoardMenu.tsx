'use client'

import {
  CloudLightning,
  Ellipsis,
  FileClock,
  FileText,
  Goal,
  type LucideIcon,
  Mail,
  MessageSquareText,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { type BoardRoom, boardRoomRules, boardRooms } from '../board-rooms.ts'

type Props = {
  /** The incident the board is narrowed to. */
  incident: string | null
  maySetTargets: boolean
  mayMail: boolean
}

const icons: Readonly<Record<BoardRoom, LucideIcon>> = {
  storm: CloudLightning,
  weekly: FileText,
  issued: FileClock,
  annotations: MessageSquareText,
  mailings: Mail,
  targets: Goal,
}

/** The pages behind the board: the course of a storm, the report to the leadership, annotations and targets. */
export function BoardMenu({ incident, maySetTargets, mayMail }: Props) {
  const t = useTranslations('board.more')
  const may = (room: BoardRoom) => (room === 'mailings' ? mayMail : room !== 'targets' || maySetTargets)
  const entries = boardRooms.filter(may).map((room): MenuEntry => {
    const { href } = boardRoomRules[room]
    const Icon = icons[room]
    return {
      id: room,
      label: t(room),
      icon: <Icon size={16} />,
      href: room === 'storm' && incident !== null ? `${href}/${incident}` : href,
    }
  })
  return (
    <ActionMenu
      label={t('label')}
      entries={entries}
      trigger={(props) => (
        <IconButton {...props} label={t('label')}>
          <Ellipsis />
        </IconButton>
      )}
    />
  )
}
