import { z } from 'zod'

/** A user's preferences, stored on the server so that they apply on every device. */
export const preferencesSchema = z.object({
  locale: z.enum(['vi', 'en']),
  /** Off: no single letter triggers a command (WCAG 2.1.4). */
  singleKeys: z.boolean(),
  density: z.enum(['compact', 'comfortable']),
  afterSave: z.enum(['stay', 'next', 'back', 'next_if_closed']),
  /** Mail with the unread notifications, at most once a quarter of an hour. */
  mailNotifications: z.boolean(),
  /** Mail with the page of the morning on working days, for accounts whose home it is. */
  mailToday: z.boolean(),
  /** Recent searches, the last first; changed by separate commands. */
  recentSearches: z.array(z.string()),
  /** Columns of the queue by view: order, visibility and width. */
  columns: z.record(
    z.string().max(40),
    z.object({
      order: z.array(z.string().max(40)).max(40),
      /** Null: the usual ones, as far as the list has space for them. */
      hidden: z.array(z.string().max(40)).max(40).nullable(),
      widths: z.record(z.string().max(40), z.number().int().min(40).max(1200)),
    }),
  ),
})
export type Preferences = z.infer<typeof preferencesSchema>

export const defaultPreferences: Preferences = {
  locale: 'vi',
  singleKeys: true,
  density: 'compact',
  afterSave: 'stay',
  mailNotifications: false,
  mailToday: true,
  recentSearches: [],
  columns: {},
}
