/** So long, in milliseconds, a suggestion is not asked for again. On its own: the list needs it before any dialog is opened. */
export const suggestionFreshness = 60_000
