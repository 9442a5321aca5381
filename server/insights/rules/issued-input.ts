import { z } from 'zod'

const cursor = z.object({ issuedAt: z.date(), id: z.uuid() })
export const issuedInput = z.object({ cursor: cursor.nullish() })
export type IssuedCursor = z.output<typeof cursor>
