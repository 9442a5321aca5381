/**
 * What was typed on while the words before it were on their way: they have arrived and go, what came since stays in the
 * field.
 */
export const restAfter = (typed: string, sent: string): string =>
  typed.startsWith(sent) ? typed.slice(sent.length).trimStart() : typed
