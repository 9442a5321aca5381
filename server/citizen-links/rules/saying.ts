import type { CitizenInformation, CitizenRating, CitizenReopening } from './schemas.ts'

/** What the sender of a report says, as a program hands it on. */
export type Saying =
  | { is: 'rating'; input: CitizenRating }
  | { is: 'information'; input: CitizenInformation }
  | { is: 'reopening'; input: CitizenReopening }
