import type { Notification } from '#server/notifications/queries/notifications.ts'

export type Group = { kind: Notification['kind']; items: Notification[] }

/** Milliseconds. Consecutive entries of a kind within this span form a group. */
const together = 3_600_000

/** Groups consecutive entries of one kind within an hour, the newest first, so that a flood becomes few entries. */
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
