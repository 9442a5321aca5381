/** The address of the citizen's page of a report. */
export const pagePath = (code: string): string => `/phan-anh/${code}`

/** The citizen link. The first request moves the token from the address into a cookie. */
export const linkPath = (code: string, token: string): string => `${pagePath(code)}?t=${token}`

/** Whether a text has the form of a token; other texts are not looked up. */
export const isToken = (text: string): boolean => /^[\w-]{24}$/.test(text)
