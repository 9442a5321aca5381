/** What is said of a note takes the place of what was said of it before. */
export const toastOf = ({ id }: { id: string }): string => `note-${id}`
