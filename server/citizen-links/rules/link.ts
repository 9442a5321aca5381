/** The address of the citizen's page of a report. */
export const pagePath = (code: string): string => `/phan-anh/${code}`

/** The link that opens it: the page takes the token out of the address at once. */
export const linkPath = (code: string, token: string): string => `${pagePath(code)}?t=${token}`

/** Whether a text may be a token: nothing else is looked up. */
export const isToken = (text: string): boolean => /^[\w-]{24}$/.test(text)
