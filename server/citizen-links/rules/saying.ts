import type { CitizenInformation, CitizenRating, CitizenReopening } from './schemas.ts'

/** What the reporter says, as a program forwards it. */
export type Saying =
  | { is: 'rating'; input: CitizenRating }
  | { is: 'information'; input: CitizenInformation }
  | { is: 'reopening'; input: CitizenReopening }
