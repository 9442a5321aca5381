/** Where the list of what did not go as it was meant to is taken away. */
export const failuresPath = '/api/bulk/failures'

export const failuresForm = (runId: string, locale: string) => ({ id: runId, locale })
