/**
 * How long a suggestion stays fresh, in milliseconds. It has a separate file because the list needs it before any
 * dialog is opened.
 */
export const suggestionFreshness = 60_000
