import type { Waiting } from './outbox.ts'

/**
 * What is said of something that waits takes the place of what was said of it before; of several photos it is said
 * once.
 */
export const toastOf = ({ kind, id, reportId }: Pick<Waiting, 'kind' | 'id' | 'reportId'>): string =>
  kind === 'photo' ? `outbox-photos-${reportId}` : `outbox-${id}`
