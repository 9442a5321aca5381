/** Room for two texts side by side. */
export const sheetWidth = 1040
