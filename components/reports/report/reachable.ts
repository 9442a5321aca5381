/**
 * Whether a part of the page can be used now: a list below an open report is still there, but its keys are not its own.
 */
export const isReachable = (element: Element | null): boolean => element !== null && element.closest('[inert]') === null
