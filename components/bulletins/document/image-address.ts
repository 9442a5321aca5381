/** The address from which staff fetch an image of a bulletin. */
export const imageAddress = (fileId: string): string => `/api/bulletins/images/${fileId}/public`
