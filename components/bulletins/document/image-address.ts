/** Where an image of a bulletin is fetched by staff. */
export const imageAddress = (fileId: string): string => `/api/bulletins/images/${fileId}/public`
