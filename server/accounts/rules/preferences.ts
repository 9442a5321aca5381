import { z } from 'zod'

/** What a person chose for the desk, kept on the server so that it follows them to every machine. */
export const preferencesSchema = z.object({
  locale: z.enum(['vi', 'en']),
  /** Off: no single letter fires a command (WCAG 2.1.4). */
  singleKeys: z.boolean(),
  density: z.enum(['compact', 'comfortable']),
  afterSave: z.enum(['stay', 'next', 'back', 'next_if_closed']),
  /** A letter, at most one a quarter of an hour, with what one was told and has not read. */
  mailNotifications: z.boolean(),
  /** What was searched for lately, the last first; kept by commands of its own. */
  recentSearches: z.array(z.string()),
  /** Columns of the queue in order, with what is hidden and how wide, by view. */
  columns: z.record(
    z.string().max(40),
    z.object({
      order: z.array(z.string().max(40)).max(40),
      hidden: z.array(z.string().max(40)).max(40),
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
  recentSearches: [],
  columns: {},
}
