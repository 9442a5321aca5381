import { z } from 'zod'

/** Having a report open, or writing an answer to the citizen on it. */
export const doings = ['viewing', 'writing'] as const
type Doing = (typeof doings)[number]

/** As many reports as a list shows at once, with some margin. */
const mostRows = 100

export const heartbeatInput = z.object({
  /** Made by the tab, once. */
  tabId: z.uuid(),
  /** The report open in the tab; null once it is closed. */
  open: z
    .object({
      reportId: z.number().int().positive(),
      doing: z.enum(doings),
      isUnsaved: z.boolean(),
      isIdle: z.boolean(),
    })
    .nullable(),
  /** The reports whose presence the tab queries: the visible ones, including the open one. */
  about: z.array(z.number().int().positive()).max(mostRows),
})
export type Heartbeat = z.output<typeof heartbeatInput>

export type Person = { accountId: string; name: string; doing: Doing; isUnsaved: boolean; isIdle: boolean }
/** Who else has the report open, and whether a colleague has shared a draft on it. */
export type Presence = { reportId: number; people: Person[]; hasSharedDraft: boolean }

/** A user with several tabs is one person: writing before viewing, and idle only where every tab is. */
export function byPerson(tabs: readonly Person[]): Person[] {
  const people = new Map<string, Person>()
  for (const tab of tabs) {
    const known = people.get(tab.accountId)
    people.set(tab.accountId, known ? both(known, tab) : tab)
  }
  const rank = ({ doing, isIdle }: Person) => (doing === 'writing' ? 0 : 1) + (isIdle ? 2 : 0)
  return [...people.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'))
}

const both = (one: Person, other: Person): Person => ({
  ...one,
  doing: one.doing === 'writing' ? 'writing' : other.doing,
  isUnsaved: one.isUnsaved || other.isUnsaved,
  isIdle: one.isIdle && other.isIdle,
})
