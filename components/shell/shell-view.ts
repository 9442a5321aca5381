import type { Refusal } from '#components/trpc/refusal.ts'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import type { Room } from '#server/accounts/rules/rooms.ts'
import type { QueueView } from '#server/reports/rules/queue.ts'

/**
 * The doors of the rail. An account is given those it may use; a door whose room is not built yet is given to nobody.
 */
export const doors = ['reports', 'map', 'incidents', 'bulletins', 'insights', 'admin', 'events'] as const
export type Door = (typeof doors)[number]

/** What the shell shows around every staff page. */
export type ShellView = {
  account: {
    id: string
    name: string
    username: string
    /** In words, most telling first: "Điều phối". */
    roleLabels: readonly string[]
    agencyName: string
    preferences: Preferences
    hasPassword: boolean
  }
  /** The name of the city's own sign-in, where there is one. */
  city: string | null
  /** The colleagues in whose place the account may act now. */
  standsInFor: readonly string[]
  /** The incidents in storm mode now, the newest first. */
  storms: readonly { name: string; href: string; since: Date }[]
  /** Where the account begins its day. */
  home: Room
  nav: readonly Door[]
  /** The views of the queue that the account has, in its language. */
  views: readonly { id: QueueView; name: string }[]
  /** The pages behind the doors that the account may enter, in its language. */
  rooms: readonly { door: Door; href: string; name: string }[]
  /** Whether the account may record a report for a citizen. */
  mayReceive: boolean
  /** Whether the account may look for the reports of a phone number. */
  mayFindByPhone: boolean
  /** Whether the account takes in what arrives for the whole city. */
  mayTriage: boolean
  /** The rail as it was left: open with words, or icons alone. */
  railOpen: boolean
  /** After this long without a hand on the machine the desk locks itself. */
  idleMinutes: number
}

/** What the shell asks of the house around it. */
export type ShellActions = {
  savePreferences: (chosen: Partial<Preferences>) => Promise<unknown>
  /** Both give the latest searches as they are then. */
  rememberSearch: (words: string) => Promise<readonly string[]>
  forgetSearch: (words: string) => Promise<readonly string[]>
  /** Why the password was not taken, or null if it was. */
  unlock: (password: string) => Promise<Refusal | null>
  /** Under the lock nothing is owed any more. */
  goOn: () => Promise<void>
  /** Leads to the city's own sign-in and from there back to this very page. */
  unlockThroughCity: () => unknown
  /** Asks first where something of the account's still waits for a line on this machine. */
  signOut: () => unknown
  /** Under the lock, where nothing can be asked. */
  signOutAtOnce: () => unknown
  /** Told at most once a minute while the person is at work. */
  touch: () => unknown
}
