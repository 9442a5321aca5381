import { z } from 'zod'

/** The longest time for undo that a city may set. */
export const longestUndoSeconds = 30

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** The settings that a city may change, with the defaults of the project (docs/domain.md, settings). */
export const settingsSchema = z.object({
  /** Days within which a citizen may rate; then the report closes automatically. */
  ratingWindowDays: z.number().int().min(1).max(60).default(7),
  /** Days after closing within which a dissatisfied citizen may have the report reopened. */
  reopenWindowDays: z.number().int().min(1).max(90).default(7),
  /** Working days without a reply after which the account that asked the citizen is notified. */
  citizenReplyDays: z.number().int().min(1).max(30).default(5),
  /** Seconds within which a decision can be taken back: an agency sees it, and an answer is sent, after them. */
  undoSeconds: z.number().int().min(5).max(longestUndoSeconds).default(15),
  /** Whether the only account of an agency may approve its own answers. */
  soleAccountMayApprove: z.boolean().default(true),
  /** Days between the delivery of an answer and the single reminder to rate; 0: no reminder. */
  remindRatingDays: z.number().int().min(0).max(60).default(3),
  /** Quiet hours for messages by app, SMS and Zalo; two equal times mean no quiet hours. */
  quietFrom: timeOfDay.default('21:00'),
  quietTo: timeOfDay.default('07:00'),
  /** Whether messages about urgent reports are also sent during quiet hours. */
  quietSparesUrgent: z.boolean().default(false),
  /** Names of the roles whose accounts must show a second factor. */
  secondFactorRoles: z.array(z.string().max(40)).max(40).default([]),
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = settingsSchema.parse({})
