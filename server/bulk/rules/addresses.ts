/** The address from which the list of reports without the intended outcome is downloaded. */
export const failuresPath = '/api/bulk/failures'

export const failuresForm = (runId: string, locale: string) => ({ id: runId, locale })
