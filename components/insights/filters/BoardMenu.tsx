'use client'

import {
  CloudLightning,
  Ellipsis,
  FileClock,
  FileText,
  FlaskConical,
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
  mayAskWhatIf: boolean
}

const icons: Readonly<Record<BoardRoom, LucideIcon>> = {
  storm: CloudLightning,
  weekly: FileText,
  issued: FileClock,
  annotations: MessageSquareText,
  mailings: Mail,
  targets: Goal,
  whatIf: FlaskConical,
}

/** The pages behind the board: a storm, the report to the leadership, annotations, targets, what-if. */
export function BoardMenu({ incident, maySetTargets, mayMail, mayAskWhatIf }: Props) {
  const t = useTranslations('board.more')
  const allowed: Partial<Record<BoardRoom, boolean>> = {
    mailings: mayMail,
    targets: maySetTargets,
    whatIf: mayAskWhatIf,
  }
  const may = (room: BoardRoom) => allowed[room] ?? true
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
