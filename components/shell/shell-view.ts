import type { Refusal } from '#components/trpc/refusal.ts'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import type { Room } from '#server/accounts/rules/rooms.ts'
import type { QueueView } from '#server/reports/rules/queue.ts'

/** The sections of the rail. An account gets those it may use; a section that is not built yet is given to no one. */
export const doors = ['today', 'reports', 'map', 'incidents', 'bulletins', 'insights', 'admin', 'events'] as const
export type Door = (typeof doors)[number]

/** What the shell shows around every staff page. */
export type ShellView = {
  account: {
    id: string
    name: string
    username: string
    /** As text, most important first: "Điều phối". */
    roleLabels: readonly string[]
    agencyName: string
    preferences: Preferences
    hasPassword: boolean
  }
  /** The name of the city's own sign-in, where there is one. */
  city: string | null
  /** The colleagues for whom the account acts now. */
  standsInFor: readonly string[]
  /** The incidents in emergency mode now, the newest first. */
  storms: readonly { name: string; href: string; since: Date }[]
  /** Where the account starts its day. */
  home: Room
  nav: readonly Door[]
  /** The views of the queue that the account has, in its language. */
  views: readonly { id: QueueView; name: string }[]
  /** The pages of the sections that the account may open, in its language. */
  rooms: readonly { door: Door; href: string; name: string }[]
  /** Whether the account may record a report for a citizen. */
  mayReceive: boolean
  /** Whether the account may search for the reports of a phone number. */
  mayFindByPhone: boolean
  /** Whether the account does the intake for the whole city. */
  mayTriage: boolean
  /** The rail as it was left: open with labels, or icons only. */
  railOpen: boolean
  /** Minutes without input at the machine after which the desk locks itself. */
  idleMinutes: number
}

/** What the shell needs from the application around it. */
export type ShellActions = {
  savePreferences: (chosen: Partial<Preferences>) => Promise<unknown>
  /** Both return the recent searches after the change. */
  rememberSearch: (words: string) => Promise<readonly string[]>
  forgetSearch: (words: string) => Promise<readonly string[]>
  /** Why the password was refused, or null if it was accepted. */
  unlock: (password: string) => Promise<Refusal | null>
  /** Under the lock nothing is required any more. */
  goOn: () => Promise<void>
  /** Navigates to the city's own sign-in and from there back to this page. */
  unlockThroughCity: () => unknown
  /** Asks for confirmation while waiting actions of the account are stored on this machine. */
  signOut: () => unknown
  /** Under the lock, where no confirmation can be shown. */
  signOutAtOnce: () => unknown
  /** Called at most once a minute while the user is active. */
  touch: () => unknown
}
