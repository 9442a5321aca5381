import { z } from 'zod'
import { loudspeakerLimits } from '#server/platform/rules/limits.ts'
import { normalise, typedLines } from '#server/platform/rules/text.ts'

/** Paragraphs are kept, since the announcer breathes there; several empty lines become one. */
const lines = (value: string): string =>
  typedLines(value)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')

/** A manually written text for the loudspeakers, and what the bulletin said at that time. */
export const loudspeakerText = z.object({
  text: z.string().overwrite(lines).trim().min(1, 'required').max(loudspeakerLimits.characters, 'too_long'),
  basis: z.array(z.string().overwrite(normalise).max(250_000, 'too_long')).max(20),
})
