/** What was typed after `sent` while that was being submitted: `sent` is removed, the rest stays in the field. */
export const restAfter = (typed: string, sent: string): string =>
  typed.startsWith(sent) ? typed.slice(sent.length).trimStart() : typed
