/** What is said of something that waits takes the place of what was said of it before. */
export const toastOf = ({ id }: { id: string }): string => `outbox-${id}`
