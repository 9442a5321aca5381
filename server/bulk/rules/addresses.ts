/** Where the list of what did not go as it was meant to is taken away. */
export const failuresPath = '/api/bulk/failures'

export const failuresAddress = (runId: string, locale: string): string =>
  `${failuresPath}?${new URLSearchParams({ id: runId, locale })}`
