/**
 * What the base map of this installation is: a style of the operator's own, else the file with the streets, else our
 * drawing.
 */
export type MapSettings = { styleUrl: string | null; streetsUrl: string | null }
