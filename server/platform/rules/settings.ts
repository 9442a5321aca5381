import { z } from 'zod'

/** What a city may set for itself, with the defaults of the project (docs/domain.md, settings). */
export const settingsSchema = z.object({
  /** Days within which a citizen may rate; then the report closes by itself. */
  ratingWindowDays: z.number().int().min(1).max(60).default(7),
  /** Days after closing within which a dissatisfied citizen may have the report reopened. */
  reopenWindowDays: z.number().int().min(1).max(90).default(7),
  /** Working days without a reply after which whoever asked the citizen is told. */
  citizenReplyDays: z.number().int().min(1).max(30).default(5),
  /** Seconds an answer waits before it leaves, so that it can be taken back. */
  undoSeconds: z.number().int().min(5).max(30).default(15),
  /** Whether the only account of an agency may approve its own answers. */
  soleAccountMayApprove: z.boolean().default(true),
  /** Names of the roles whose accounts must show a second factor. */
  secondFactorRoles: z.array(z.string().max(40)).max(40).default([]),
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = settingsSchema.parse({})
