import type { Room } from '#server/accounts/rules/rooms.ts'

export const boardRooms = ['storm', 'weekly', 'issued', 'annotations', 'mailings', 'targets', 'whatIf'] as const
export type BoardRoom = (typeof boardRooms)[number]

/** The page of each entry behind the board. */
export const boardRoomRules: Readonly<Record<BoardRoom, { href: Room }>> = {
  storm: { href: '/insights/storm' },
  weekly: { href: '/insights/weekly' },
  issued: { href: '/insights/issued' },
  annotations: { href: '/insights/annotations' },
  mailings: { href: '/insights/mailings' },
  targets: { href: '/insights/targets' },
  whatIf: { href: '/insights/what-if' },
}
