import type { Notification } from '#server/notifications/queries/notifications.ts'

export type Group = { kind: Notification['kind']; items: Notification[] }

/** Several of a kind that came one after the other within so long stand together. */
const together = 3_600_000

/** A flood as few entries: neighbours of a kind and of an hour are one group, the newest first. */
export function grouped(items: readonly Notification[]): Group[] {
  const groups: Group[] = []
  for (const item of items) {
    const last = groups.at(-1)
    const first = last?.items[0]
    const isNear = first && first.shownAt.getTime() - item.shownAt.getTime() < together
    if (last?.kind === item.kind && isNear) last.items.push(item)
    else groups.push({ kind: item.kind, items: [item] })
  }
  return groups
}
