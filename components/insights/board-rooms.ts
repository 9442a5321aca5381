import type { Permission } from '#server/accounts/rules/permissions.ts'

export const boardRooms = ['storm', 'weekly', 'annotations', 'mailings', 'targets'] as const
export type BoardRoom = (typeof boardRooms)[number]

/** What stands behind the board, where it is and what it asks for beyond the board itself. */
export const boardRoomRules: Readonly<Record<BoardRoom, { permission: Permission; href: string }>> = {
  storm: { permission: 'insights.read', href: '/insights/storm' },
  weekly: { permission: 'insights.read', href: '/insights/weekly' },
  annotations: { permission: 'insights.read', href: '/insights/annotations' },
  mailings: { permission: 'insights.mail', href: '/insights/mailings' },
  targets: { permission: 'insights.targets', href: '/insights/targets' },
}
