import type { Waiting } from './outbox.ts'

/** Toasts about one waiting action replace each other; several photos of a report share one toast. */
export const toastOf = ({ kind, id, reportId }: Pick<Waiting, 'kind' | 'id' | 'reportId'>): string =>
  kind === 'photo' ? `outbox-photos-${reportId}` : `outbox-${id}`
